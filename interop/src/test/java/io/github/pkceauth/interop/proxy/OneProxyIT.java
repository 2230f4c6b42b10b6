package io.github.pkceauth.interop.proxy;

import io.github.pkceauth.testkit.Container;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Each set-up with one proxy that {@code docs/proxies.md} calls tried, on each proxy before each container. */
@ParameterizedClass
@MethodSource("sites")
class OneProxyIT extends Proxied {

    @Parameter
    private LazySite site = new LazySite("none", () -> {
        throw new AssertionError("not set");
    });

    static Stream<LazySite> sites() {
        return Arrays.stream(Proxy.values())
                .flatMap(proxy -> Arrays.stream(SetUp.values())
                        .flatMap(setUp ->
                                Arrays.stream(Container.values()).map(container -> site(proxy, setUp, container))));
    }

    private static LazySite site(Proxy proxy, SetUp setUp, Container container) {
        return new LazySite(
                proxy + " " + setUp + " " + container,
                () -> new Site(container, setUp.path(), setUp.parameters(), setUp.layers(proxy)));
    }

    @Override
    Site site() {
        return site.get();
    }
}
