package io.github.pkceauth.interop.proxy;

import io.github.pkceauth.testkit.Container;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** HAProxy, which ends TLS, before nginx, before the application. */
@ParameterizedClass
@MethodSource("sites")
class TwoProxiesIT extends Proxied {

    @Parameter
    private LazySite site = new LazySite("none", () -> {
        throw new AssertionError("not set");
    });

    static Stream<LazySite> sites() {
        return Stream.of(SetUp.X_FORWARDED, SetUp.FORWARDED)
                .flatMap(setUp -> Stream.of(Container.values()).map(container -> site(setUp, container)));
    }

    private static LazySite site(SetUp setUp, Container container) {
        return new LazySite(
                setUp + " " + container,
                () -> new Site(
                        container,
                        setUp.path(),
                        setUp.parameters(),
                        List.of(
                                new Site.Layer(Proxy.HAPROXY, setUp.snippet(Proxy.HAPROXY)),
                                new Site.Layer(Proxy.NGINX, Snippet.named("nginx-inner")))));
    }

    @Override
    Site site() {
        return site.get();
    }
}
