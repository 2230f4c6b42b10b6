package io.github.pkceauth.interop.proxy;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.FreePort;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** An application at {@code /app}, the proxies in front of it, its provider, a browser, and what the filter has logged. */
final class Site implements AutoCloseable {

    private static final String LISTENS_BY_TLS_NGINX = "listen 443 ssl;";
    private static final String LISTENS_BY_TLS_HAPROXY = "bind :443 ssl";
    private static final String LISTENS_INSIDE = "listen 127.0.0.1:8081;";
    private static final String APPLICATION = "127.0.0.1:8080";

    /** A proxy and the snippet that it runs. */
    record Layer(Proxy proxy, Snippet snippet) {}

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final String address;
    private final Logs logs;
    private final ScriptedProvider provider;
    private final App app;
    private final Browser browser;

    /**
     * Starts everything.
     *
     * @param path what the browser sees in place of the context path
     * @param parameters the filter's, as docs/proxies.md shows them
     * @param layers the proxies, the outermost first
     */
    Site(Container container, String path, Map<String, String> parameters, List<Layer> layers) {
        layers.forEach(layer -> layer.proxy().assumeInstalled());
        List<Integer> ports = new ArrayList<>();
        layers.forEach(layer -> ports.add(FreePort.next()));
        String host = "localhost:" + ports.get(0);
        address = "https://" + host + path;
        try {
            logs = kept(Logs.open());
            provider = kept(ScriptedProvider.start());
            browser = kept(Browser.open());
            app = kept(start(container, parameters, host, layers));
            ports.add(app.port());
            for (int i = layers.size() - 1; i >= 0; i--) {
                Layer layer = layers.get(i);
                kept(ProxyProcess.start(
                        layer.proxy(), here(layer.snippet(), ports.get(i), ports.get(i + 1)), ports.get(i)));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private App start(Container container, Map<String, String> parameters, String host, List<Layer> layers) {
        AppBuilder builder =
                App.on(container).contextPath("/app").secureSessionCookie().against(provider);
        List<String> proxies =
                layers.stream().map(layer -> layer.proxy().address()).toList();
        parameters.forEach((name, value) -> builder.filterParam(
                name,
                name.equals("trustedProxies") && value.equals("127.0.0.1")
                        ? String.join(" ", proxies)
                        : value.replace("www.example.com", host)));
        return builder.start();
    }

    /** The snippet with the ports and files of this machine. */
    private static Snippet here(Snippet snippet, int port, int behind) {
        return snippet.withAny(APPLICATION, "127.0.0.1:" + behind)
                .withAny(LISTENS_BY_TLS_NGINX, "listen 127.0.0.1:" + port + " ssl;")
                .withAny(LISTENS_BY_TLS_HAPROXY, "bind 127.0.0.1:" + port + " ssl")
                .withAny(LISTENS_INSIDE, "listen 127.0.0.1:" + port + ";")
                .withAny("/etc/ssl/www.example.com.pem", Identity.FILE.toString())
                .withAny("/etc/ssl/www.example.com.key", Identity.FILE.toString())
                .withAny("www.example.com", "localhost");
    }

    /** As if it had just been opened, for the next test. */
    void reset() {
        provider.behaves();
        provider.registers(url("/callback"), url("/"));
        app.sessions().expireAll();
        browser.close();
        logs.clear();
    }

    /** The address of a path of the application, as the browser sees it. */
    String url(String path) {
        return address + path;
    }

    /** The path of the application's front page, as the browser sees it. */
    String path() {
        return address.substring(address.indexOf('/', "https://".length()));
    }

    App app() {
        return app;
    }

    ScriptedProvider provider() {
        return provider;
    }

    Browser browser() {
        return browser;
    }

    Logs logs() {
        return logs;
    }

    private <T extends AutoCloseable> T kept(T resource) {
        open.push(resource);
        return resource;
    }

    @Override
    public void close() {
        List<Exception> failures = new ArrayList<>();
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("Something does not close: " + Collections.unmodifiableList(failures));
        }
    }

    /** The certificate and key of this machine. */
    private static final class Identity {
        static final Path FILE = write();

        private static Path write() {
            try {
                // Each JVM makes an identity of its own.
                Path file = Files.createDirectories(Path.of("target", "proxies"))
                        .resolve("server-" + ProcessHandle.current().pid() + ".pem");
                return Files.writeString(file, TestTls.TRUSTED.serverPem()).toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
