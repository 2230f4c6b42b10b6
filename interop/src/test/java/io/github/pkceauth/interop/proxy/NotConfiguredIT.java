package io.github.pkceauth.interop.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Behind a proxy that ends TLS, and the filter has not been told: refused, with the mend in the log. */
class NotConfiguredIT {

    static Stream<Arguments> everywhere() {
        return Arrays.stream(Proxy.values())
                .flatMap(proxy -> Arrays.stream(Container.values()).map(container -> Arguments.of(proxy, container)));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void withoutParametersThereIsNoPlainHttpRedirectUri(Proxy proxy, Container container) {
        try (Site site = site(proxy, container, Map.of())) {
            assertRefused(site);
            String log = site.logs().text();
            assertTrue(log.contains("the redirect URI would be http://www.example.com"), log);
            assertTrue(log.contains("set baseUrl to the https address"), log);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void headersOfTheOtherKindDoNotHelpAndTheLogSaysSo(Proxy proxy, Container container) {
        try (Site site = site(proxy, container, SetUp.X_FORWARDED.parameters())) {
            assertRefused(site);
            String log = site.logs().text();
            assertTrue(log.contains("no header of the kind x-forwarded came with the request"), log);
        }
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aProxyThatIsNotTrustedIsNamedInTheLog(Proxy proxy, Container container) {
        Map<String, String> parameters = Map.of("forwardedHeaders", "forwarded", "trustedProxies", "10.0.0.0/8");
        try (Site site = site(proxy, container, parameters)) {
            assertRefused(site);
            String log = site.logs().text();
            assertTrue(
                    log.contains("the request came from " + proxy.address() + ", which trustedProxies does not name"),
                    log);
        }
    }

    @Test
    void everySnippetThatIsCalledTriedIsTried() {
        assertEquals(
                Stream.concat(
                                Stream.of("nginx-inner"),
                                Arrays.stream(SetUp.values())
                                        .flatMap(setUp -> Stream.of(
                                                "parameters-" + setUp.word(),
                                                "nginx-" + setUp.word(),
                                                "haproxy-" + setUp.word())))
                        .sorted()
                        .toList(),
                List.copyOf(Snippet.all().keySet()));
    }

    private static void assertRefused(Site site) {
        Page page = site.browser()
                .request(site.url("/reports"))
                .header("Host", "www.example.com")
                .header("Accept", "text/html")
                .send();

        assertEquals(500, page.status());
        assertTrue(page.body().contains("redirect_uri_insecure"), page::body);
        assertFalse(page.headers().has("Location"), page::toString);
    }

    private static Site site(Proxy proxy, Container container, Map<String, String> parameters) {
        Snippet snippet = SetUp.FORWARDED.snippet(proxy);
        Snippet passing = proxy == Proxy.NGINX
                ? snippet.with("proxy_pass ", "proxy_set_header Host $http_host; proxy_pass ")
                : snippet;
        return new Site(container, "/app", parameters, List.of(new Site.Layer(proxy, passing)));
    }
}
