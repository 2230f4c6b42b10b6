package io.github.pkceauth.interop.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The set-ups of {@code docs/proxies.md} with one proxy. */
enum SetUp {
    BASE_URL("/app"),
    X_FORWARDED("/app"),
    FORWARDED("/app"),
    PREFIX_BASE_URL("/prefix"),
    PREFIX_X_FORWARDED("/prefix/app");

    private final String path;

    SetUp(String path) {
        this.path = path;
    }

    /** What the browser sees in place of the context path. */
    String path() {
        return path;
    }

    /** The filter's parameters. */
    Map<String, String> parameters() {
        return Snippet.named("parameters-" + word()).parameters();
    }

    /** The proxy's part. */
    List<Site.Layer> layers(Proxy proxy) {
        return List.of(new Site.Layer(proxy, snippet(proxy)));
    }

    Snippet snippet(Proxy proxy) {
        return Snippet.named(proxy.word() + "-" + word());
    }

    /** The name in snippets. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
