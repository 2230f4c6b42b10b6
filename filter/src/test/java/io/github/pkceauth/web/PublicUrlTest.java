package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.config.BadValue;
import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.config.TrustedProxies;
import io.github.pkceauth.testkit.Logs;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    /** One of the two trusted addresses. */
    private static final String PROXY = "10.0.0.1";

    private final PublicUrl byRequest = new PublicUrl(Optional.empty(), Forwarding.NONE, false, "/callback");
    private final PublicUrl configured =
            new PublicUrl(Optional.of("https://www.example.com/shop"), Forwarding.NONE, false, "/callback");

    private final PublicUrl byUsualHeaders = behind(Forwarding.Headers.X_FORWARDED, Optional.empty());
    private final PublicUrl byStandardHeader = behind(Forwarding.Headers.FORWARDED, Optional.empty());

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
                new PublicUrl(Optional.of("https://www.example.com"), Forwarding.NONE, false, "/callback")
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

    @Test
    void whatOneRequestWasSentToIsNotWhereTheNextIsAnswered() throws Exception {
        HttpServletRequest one =
                Requests.get("/x").at("https", "one.example", 443).request();
        HttpServletRequest other =
                Requests.get("/x").at("https", "other.example", 443).request();

        assertEquals("https://one.example/callback", byRequest.redirectUri(one));
        assertEquals("https://other.example/callback", byRequest.redirectUri(other));
        assertThrows(AuthFailure.class, () -> byRequest.redirectUri(plainHttp().request()));
        assertThrows(AuthFailure.class, () -> byRequest.redirectUri(plainHttp().request()));
        assertEquals("https://one.example/callback", byRequest.redirectUri(one));
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
        PublicUrl bySwitchAlone = new PublicUrl(Optional.empty(), Forwarding.NONE, true, "/callback");
        PublicUrl openly = new PublicUrl(Optional.of("http://www.example.com"), Forwarding.NONE, true, "/callback");

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

    // Behind proxies

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, -, http://app.example/app",
                "https, -, -, -, https://app.example/app",
                "HTTPS, WWW.Example.com, -, -, https://www.example.com/app",
                "https, www.example.com:8443, -, -, https://www.example.com:8443/app",
                "https, www.example.com:8443, 9443, -, https://www.example.com:8443/app",
                "https, www.example.com, 9443, -, https://www.example.com:9443/app",
                "https, www.example.com, 443, -, https://www.example.com/app",
                "https, www.example.com, 80, -, https://www.example.com:80/app",
                "https, -, 9443, -, https://app.example:9443/app",
                "https, [2001:db8::1]:8443, -, -, https://[2001:db8::1]:8443/app",
                "-, www.example.com, -, -, http://www.example.com/app",
                "https, -, -, /shop, https://app.example/shop/app",
                "https, -, -, /shop/, https://app.example/shop/app",
                "https, -, -, /, https://app.example/app",
                "'http, https', 'evil.example , www.example.com', '1,443', '/evil,/shop', https://www.example.com/shop/app"
            })
    void aTrustedProxysOwnHeadersCount(String proto, String host, String port, String prefix, String base) {
        Requests request = plainHttp().from(PROXY);
        usual(request, proto, host, port, prefix);

        assertEquals(base, byUsualHeaders.base(request.request()));
    }

    @Test
    void ofSeveralLinesTheLastIsTheWordOfTheProxyThatCalledUs() {
        Requests request = plainHttp().from(PROXY);
        usual(request, "http", "evil.example", "1", "/evil");
        usual(request, "https", "www.example.com", "8443", "/shop");

        assertEquals("https://www.example.com:8443/shop/app", byUsualHeaders.base(request.request()));
    }

    @Test
    void aPortThatTheBrowserAskedForIsKeptWhereTheProxyTellsTheSchemeAlone() {
        HttpServletRequest request = Requests.in("/app", "/x")
                .at("http", "app.example", 8443)
                .from(PROXY)
                .header("X-Forwarded-Proto", "https")
                .request();

        assertEquals("https://app.example:8443/app", byUsualHeaders.base(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.2", "::1", "localhost", ""})
    void theHeadersOfAnybodyElseAreNotLookedAt(String sender) {
        Requests request = plainHttp().from(sender).header("Forwarded", "host=evil.example;proto=https;for=10.0.0.1");
        usual(request, "https", "evil.example", "1", "/evil");

        assertEquals("http://app.example/app", byUsualHeaders.base(request.request()));
        assertEquals("http://app.example/app", byStandardHeader.base(request.request()));
    }

    @Test
    void onlyTheKindOfHeadersCountsThatTheDeploymentNames() {
        Requests request = plainHttp().from(PROXY).header("Forwarded", "host=one.example;proto=https");
        usual(request, "https", "two.example", null, "/two");

        assertEquals("https://two.example/two/app", byUsualHeaders.base(request.request()));
        assertEquals("https://one.example/app", byStandardHeader.base(request.request()));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "ftp, www.example.com, -, -",
                "https, evil.example/, -, -",
                "https, evil@www.example.com, -, -",
                "https, www.example.com, 65536, -",
                "https, www.example.com, -, //evil.example",
                "'https,', www.example.com, -, -"
            })
    void oneMalformedHeaderMakesAllCountAsAbsent(String proto, String host, String port, String prefix) {
        Requests request = plainHttp().from(PROXY);
        usual(request, proto, host, port, prefix);

        assertEquals("http://app.example/app", byUsualHeaders.base(request.request()));
        assertThrows(AuthFailure.class, () -> byUsualHeaders.redirectUri(request.request()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proto=https;host=www.example.com | https://www.example.com",
                "for=192.0.2.7;proto=https;host=\"www.example.com:8443\" | https://www.example.com:8443",
                "for=192.0.2.7;proto=https | https://app.example",
                "for=192.0.2.7;host=www.example.com | http://www.example.com",
                "for=192.0.2.7 | http://app.example",
                "'' | http://app.example",
                // What stands to the left is whatever the client wrote.
                "proto=https;host=evil.example, for=192.0.2.7 | http://app.example",
                "for=10.0.0.1;proto=https;host=evil.example, for=192.0.2.7;proto=https;host=www.example.com | https://www.example.com",
                "for=10.0.0.1;host=evil.example, for=unknown;host=www.example.com | http://www.example.com",
                "for=10.0.0.1;host=evil.example, for=_proxy;host=www.example.com | http://www.example.com",
                "for=10.0.0.1;host=evil.example, host=www.example.com | http://www.example.com",
                "host=evil.example, | http://app.example",
                "host=evil.example;for=oddly, for=192.0.2.7;host=www.example.com | http://www.example.com",
                // Called by another trusted proxy: its word counts, and nobody's before.
                "for=192.0.2.7;proto=https;host=www.example.com, for=10.0.0.1 | https://www.example.com",
                "for=192.0.2.7;proto=https;host=www.example.com, for=\"10.0.0.1:4711\" | https://www.example.com",
                "proto=https;host=www.example.com, for=10.0.0.1;proto=http;host=inner | https://www.example.com",
                "host=evil.example, for=192.0.2.7;proto=https;host=www.example.com, for=\"[2001:db8::1]\", for=10.0.0.1 | https://www.example.com",
                "for=10.0.0.1;proto=https;host=www.example.com, for=10.0.0.1 | https://www.example.com",
                // Nothing that can be read.
                "for=192.0.2.7;proto=https;host=evil.example/ | http://app.example",
                "host=\"www.example.com;proto=https | http://app.example",
                "for=999.0.0.1;proto=https;host=www.example.com | http://app.example",
                "proto=https;host=\"www.example.com:70000\" | http://app.example"
            })
    void theElementOfTheOutermostTrustedProxyCounts(String header, String origin) {
        HttpServletRequest request =
                plainHttp().from(PROXY).header("Forwarded", header).request();

        assertEquals(origin + "/app", byStandardHeader.base(request));
    }

    @Test
    void severalLinesAreOneList() {
        HttpServletRequest request = plainHttp()
                .from(PROXY)
                .header("Forwarded", "host=evil.example, for=192.0.2.7;host=www.example.com;proto=https")
                .header("forwarded", "for=10.0.0.1")
                .request();

        assertEquals("https://www.example.com/app", byStandardHeader.base(request));
    }

    @Test
    void noQuotesReachFromOneLineIntoTheNext() {
        HttpServletRequest request = plainHttp()
                .from(PROXY)
                .header("Forwarded", "a=\"")
                .header("Forwarded", "\";proto=https;host=evil.example")
                .request();

        assertEquals("http://app.example/app", byStandardHeader.base(request));
    }

    @Test
    void theBaseUrlWinsOverATrustedProxyToo() {
        PublicUrl both = behind(Forwarding.Headers.X_FORWARDED, Optional.of("https://www.example.com/shop"));
        Requests request = plainHttp().from(PROXY);
        usual(request, "http", "other.example", "1", "/other");

        assertEquals("https://www.example.com/shop", both.base(request.request()));
        assertEquals("/shop", both.path(request.request()));
    }

    @Test
    void everyQuestionIsAnsweredFromWhatTheProxySays() throws Exception {
        Requests plain = plainHttp().from(PROXY);
        usual(plain, "https", "www.example.com", null, "/shop");
        HttpServletRequest request = plain.request();

        assertEquals("/shop/app", byUsualHeaders.path(request));
        assertTrue(byUsualHeaders.isHttps(request));
        assertTrue(byUsualHeaders.isSameOrigin(request, "https://www.example.com"));
        assertFalse(byUsualHeaders.isSameOrigin(request, "http://app.example"));
        assertEquals("https://www.example.com/shop/app/callback", byUsualHeaders.redirectUri(request));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "192.0.2.1 | https | the request came from 192.0.2.1, which trustedProxies does not name",
                "10.0.0.1 | - | no header of the kind x-forwarded came with the request",
                "10.0.0.1 | ftp | a proxy told a scheme that is neither https nor http: 'ftp'"
            })
    void theRefusalSaysWhyNoProxyWasHeard(String sender, String proto, String why) {
        Requests request = plainHttp().from(sender);
        usual(request, proto, null, null, null);

        AuthFailure failure = assertThrows(AuthFailure.class, () -> byUsualHeaders.redirectUri(request.request()));

        assertEquals(
                "the redirect URI would be http://app.example/app/callback, plain http; " + why
                        + ": mend that, or set baseUrl to the https address that the browser sees",
                failure.getMessage());
    }

    @Test
    void aProxyThatSpeaksPlainHttpItselfIsRefusedAsWell() {
        HttpServletRequest request =
                plainHttp().from(PROXY).header("X-Forwarded-Proto", "http").request();

        AuthFailure failure = assertThrows(AuthFailure.class, () -> byUsualHeaders.redirectUri(request));

        assertTrue(failure.getMessage().contains("behind a proxy that speaks https"), failure.getMessage());
    }

    @Test
    void whatCountsAsAbsentIsToldToWhoeverLooksForIt() {
        try (Logs logs = Logs.open()) {
            byUsualHeaders.base(plainHttp()
                    .from(PROXY)
                    .header("X-Forwarded-Host", "a b\u0085")
                    .request());

            assertEquals(
                    List.of(
                            "FINE io.github.pkceauth a request's forwarding headers count as absent: no address can have"
                                    + " the host that a proxy told: 'a b\uFFFD'"),
                    logs.lines());
        }
    }

    private static PublicUrl behind(Forwarding.Headers headers, Optional<String> baseUrl) {
        try {
            TrustedProxies proxies = TrustedProxies.parse(PROXY + " 2001:db8::1");
            return new PublicUrl(baseUrl, new Forwarding(headers, proxies), false, "/callback");
        } catch (BadValue e) {
            throw new AssertionError(e);
        }
    }

    private static void usual(Requests request, String proto, String host, String port, String prefix) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("X-Forwarded-Proto", proto);
        told.put("X-Forwarded-Host", host);
        told.put("X-Forwarded-Port", port);
        told.put("X-Forwarded-Prefix", prefix);
        told.forEach((name, value) -> {
            if (value != null) {
                request.header(name, value);
            }
        });
    }

    private static Requests plainHttp() {
        return Requests.in("/app", "/x").at("http", "app.example", 80);
    }
}
