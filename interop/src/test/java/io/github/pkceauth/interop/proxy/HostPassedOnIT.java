package io.github.pkceauth.interop.proxy;

import io.github.pkceauth.testkit.Container;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A proxy that passes {@code Host} on and tells the scheme alone: host and port are the container's own view. */
@ParameterizedClass
@MethodSource("sites")
class HostPassedOnIT extends Proxied {

    @Parameter
    private LazySite site = new LazySite("none", () -> {
        throw new AssertionError("not set");
    });

    static Stream<LazySite> sites() {
        return Arrays.stream(Proxy.values())
                .flatMap(proxy -> Stream.of(Container.values())
                        .map(container -> new LazySite(
                                proxy + " " + container,
                                () -> new Site(
                                        container,
                                        "/app",
                                        SetUp.X_FORWARDED.parameters(),
                                        List.of(new Site.Layer(proxy, passingHostOn(proxy)))))));
    }

    private static Snippet passingHostOn(Proxy proxy) {
        Snippet snippet = SetUp.X_FORWARDED.snippet(proxy);
        return proxy == Proxy.NGINX
                ? snippet.with(
                        "proxy_set_header X-Forwarded-Host   $http_host;",
                        "proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Host \"\";")
                : snippet.with("set-header X-Forwarded-Host %[req.hdr(Host)]", "del-header X-Forwarded-Host");
    }

    @Override
    Site site() {
        return site.get();
    }
}
