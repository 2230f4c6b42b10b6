package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    private final PublicUrl byRequest = new PublicUrl(Optional.empty(), false, "/callback");
    private final PublicUrl configured = new PublicUrl(Optional.of("https://www.example.com/shop"), false, "/callback");

    @ParameterizedTest
    @CsvSource({
        "https, app.example, 443, https://app.example",
        "https, app.example, 8443, https://app.example:8443",
        "https, app.example, 80, https://app.example:80",
        "http, app.example, 80, http://app.example",
        "http, app.example, 443, http://app.example:443",
        "HTTPS, App.Example, 443, https://app.example",
        "http, ::1, 8080, http://[::1]:8080",
        "http, [::1], 8080, http://[::1]:8080",
        "https, app.example, -1, https://app.example"
    })
    void withoutABaseUrlTheContainersWordCounts(String scheme, String host, int port, String origin) {
        HttpServletRequest request =
                Requests.in("/app", "/x").at(scheme, host, port).request();

        assertEquals(origin + "/app", byRequest.base(request));
    }

    @Test
    void forwardingHeadersAreNotBelieved() {
        HttpServletRequest request = Requests.in("/app", "/x")
                .header("Forwarded", "host=evil.example;proto=https")
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "http")
                .header("X-Forwarded-Port", "1")
                .header("X-Forwarded-Prefix", "/evil")
                .header("Host", "evil.example")
                .request();

        assertEquals("https://app.example/app", byRequest.base(request));
    }

    @Test
    void theBaseUrlWinsOverEverything() throws Exception {
        HttpServletRequest request = plainHttp().request();

        assertEquals("https://www.example.com/shop", configured.base(request));
        assertEquals("https://www.example.com/shop/callback", configured.redirectUri(request));
        assertEquals("/shop", configured.path(request));
        assertTrue(configured.isHttps(request));
    }

    @Test
    void thePathIsTheContextsOrTheBaseUrls() {
        assertEquals("/app", byRequest.path(Requests.in("/app", "/x").request()));
        assertEquals("", byRequest.path(Requests.get("/x").request()));
        assertEquals(
                "",
                new PublicUrl(Optional.of("https://www.example.com"), false, "/callback")
                        .path(Requests.in("/app", "/x").request()));
    }

    @Test
    void httpsIsToldByTheAddressThatTheBrowserSees() {
        assertTrue(byRequest.isHttps(Requests.get("/x").request()));
        assertFalse(byRequest.isHttps(plainHttp().request()));
    }

    @Test
    void aPlainHttpRedirectUriOffThisMachineIsRefused() {
        AuthFailure failure = assertThrows(
                AuthFailure.class, () -> byRequest.redirectUri(plainHttp().request()));

        assertEquals(AuthFailure.Reason.REDIRECT_URI_INSECURE, failure.reason());
        assertEquals(
                "the redirect URI would be http://app.example/app/callback, plain http; behind a proxy that speaks"
                        + " https, set baseUrl to the https address that the browser sees",
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "::1"})
    void aPlainHttpRedirectUriOnThisMachineIsFine(String host) throws Exception {
        assertTrue(byRequest
                .redirectUri(Requests.get("/x").at("http", host, 8080).request())
                .endsWith(":8080/callback"));
    }

    @Test
    void aPlainHttpRedirectUriOffThisMachineHasToBeAllowedTwice() throws Exception {
        PublicUrl bySwitchAlone = new PublicUrl(Optional.empty(), true, "/callback");
        PublicUrl openly = new PublicUrl(Optional.of("http://www.example.com"), true, "/callback");

        assertThrows(
                AuthFailure.class, () -> bySwitchAlone.redirectUri(plainHttp().request()));
        assertEquals(
                "http://www.example.com/callback",
                openly.redirectUri(plainHttp().request()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil example", "a\"b", "%", "localhost.evil.example"})
    void anOddHostHeaderMakesNoRedirectUri(String host) {
        assertThrows(
                AuthFailure.class,
                () -> byRequest.redirectUri(
                        Requests.get("/x").at("http", host, 80).request()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example, true",
        "https://app.example:443, true",
        "https://APP.EXAMPLE/any?thing#else, true",
        "HTTPS://app.example, true",
        "https://app.example:8443, false",
        "http://app.example, false",
        "https://app.example.evil.example, false",
        "https://evil.example, false",
        "https://evil.example/app.example, false",
        "https://app.example@evil.example, false",
        "https://user@app.example, false",
        "//app.example, false",
        "app.example, false",
        "null, false",
        "'', false",
        "about:srcdoc, false",
        "https://[, false"
    })
    void anOriginIsOursToTheLetter(String address, boolean same) {
        assertEquals(same, byRequest.isSameOrigin(Requests.in("/app", "/x").request(), address));
    }

    /** Two addresses that cannot be read are not the same one. */
    @ParameterizedTest
    @ValueSource(strings = {"", "null", "https://[", "about:blank"})
    void anOddHostHeaderMakesNoOriginOurs(String address) {
        for (String host : List.of("a b", "user@app.example", "[")) {
            assertFalse(
                    byRequest.isSameOrigin(
                            Requests.get("/x").at("https", host, 443).request(), address),
                    host);
        }
    }

    @Test
    void theOriginIsThatOfTheBaseUrl() {
        HttpServletRequest request = Requests.in("/app", "/x").request();

        assertTrue(configured.isSameOrigin(request, "https://www.example.com"));
        assertFalse(configured.isSameOrigin(request, "https://app.example"));
    }

    private static Requests plainHttp() {
        return Requests.in("/app", "/x").at("http", "app.example", 80);
    }
}
