package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.RawHttp;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SetCookie;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a proxy whose headers are believed, and before strangers who write the same headers. */
class ForwardedHeadersTest {
    private static final String STANDARD = "forwarded";
    private static final String USUAL = "x-forwarded";

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    /** Both kinds of headers on both containers. */
    static Stream<Arguments> everywhere() {
        return Arrays.stream(Container.values())
                .flatMap(container -> Stream.of(STANDARD, USUAL).map(kind -> Arguments.of(container, kind)));
    }

    // What the proxy says counts

    @ParameterizedTest
    @MethodSource("everywhere")
    void aLoginGoesAroundByTheAddressThatTheProxyTells(Container container, String kind) {
        ProxiedApp proxied = proxied(container, kind);

        Page atProvider = proxied.page("/reports?a=b&c=%2F");

        assertEquals(proxied.seen() + "/callback", redirectUri(atProvider));
        assertEquals(
                proxied.seen() + "/reports?a=b&c=%2F",
                proxied.answered(atProvider).location());
        assertEquals(
                proxied.seen() + "/callback",
                provider.request(ScriptedProvider.TOKEN).form().get("redirect_uri"));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aLogoutGoesAroundByTheAddressThatTheProxyTells(Container container, String kind) {
        ProxiedApp proxied = proxied(container, kind);
        proxied.signIn("/home");

        Page page = proxied.request("/logout")
                .method("POST")
                .header("Origin", "https://www.example.com")
                .send();

        assertEquals(303, page.status());
        assertEquals(proxied.seen() + "/", page.redirectTarget().parameters().get("post_logout_redirect_uri"));
        SetCookie state = Logouts.stateCookie(page);
        assertTrue(state.isSecure(), state::toString);
        assertEquals(proxied.seen().substring("https://www.example.com".length()), state.get("Path"));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void theOriginThatTheContainerSeesIsForeign(Container container, String kind) {
        ProxiedApp proxied = proxied(container, kind);
        proxied.signIn("/home");

        Page page = proxied.request("/logout")
                .method("POST")
                .header("Origin", "http://localhost:" + proxied.app().port())
                .send();

        assertEquals(403, page.status());
        assertEquals("alice", proxied.page("/home").seen().remoteUser());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void theLinksOfAnErrorPageLeadToTheAddressThatTheProxyTells(Container container, String kind) {
        ProxiedApp proxied = proxied(container, kind);
        provider.authorization().answersError("access_denied", "no");

        Page page = proxied.signIn("/reports");

        assertEquals(403, page.status());
        assertTrue(page.body().contains("href=\"" + proxied.seen() + "/login?returnTo=%2Freports\""), page::body);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void theHintForScriptsIsTheAddressThatTheProxyTells(Container container, String kind) {
        ProxiedApp proxied = proxied(container, kind);

        Page page = proxied.request("/api").header("Accept", "*/*").send();

        assertEquals(proxied.seen() + "/login", page.json().get("login"));
    }

    @Test
    void aFormsPageIsFoundByItsReferer() {
        ProxiedApp proxied = proxied(Container.JETTY, USUAL);
        Page atProvider = proxied.request("/save")
                .method("POST")
                .header("Sec-Fetch-Dest", "document")
                .header("Referer", proxied.seen() + "/edit?id=7")
                .send();

        assertEquals(proxied.seen() + "/edit?id=7", proxied.answered(atProvider).location());
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void theApplicationsOwnViewOfTheRequestIsLeftAsItIs(Container container, String kind) {
        ProxiedApp proxied = proxied(container, kind);
        proxied.signIn("/home");

        Page page = proxied.page("/home");

        assertEquals(proxied.app().url("/home"), page.seen().requestUrl());
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatTellsTheSchemeAloneLeavesHostAndPortToTheContainer(Container container) {
        App app = start(container, USUAL, "127.0.0.1");

        Page page = browser.request(app.url("/reports"))
                .header("Accept", "text/html")
                .header("Host", "www.example.com:8443")
                .header("X-Forwarded-Proto", "https")
                .send();

        assertEquals("https://www.example.com:8443/app/callback", redirectUri(page));
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void withoutSuchHeadersTheContainersOwnViewCounts(Container container, String kind) {
        App app = start(container, kind, "127.0.0.1");

        assertEquals(app.url("/callback"), redirectUri(browser.navigate(app.url("/reports"))));
    }

    // Whom the headers come from

    @ParameterizedTest
    @MethodSource("everywhere")
    void whoIsNoTrustedProxyIsNotHeard(Container container, String kind) {
        App app = start(container, kind, "10.0.0.0/8 ::1 127.0.0.2");
        ProxiedApp direct = new ProxiedApp(app, browser, ProxiedApp.SHOP, evil());

        Page page = direct.page("/reports");

        assertEquals(app.url("/callback"), redirectUri(page));
        assertFalse(page.text().contains("evil"), page::text);
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void aStrangersHeadersMakeNoOriginOurs(Container container, String kind) {
        App app = start(container, kind, "10.0.0.0/8");
        Browser signedIn = stage.signedIn(app);

        Page page = new ProxiedApp(app, signedIn, ProxiedApp.SHOP, evil())
                .request("/logout")
                .method("POST")
                .header("Origin", "https://evil.example")
                .send();

        assertEquals(403, page.status());
        Logouts.assertSignedIn(app, signedIn);
    }

    @ParameterizedTest
    @EnumSource
    void whatAClientWroteBeforeTheProxyAppendedItsOwnIsNotHeard(Container container) {
        App app = start(container, STANDARD, "127.0.0.1");
        String client = "for=127.0.0.1;proto=https;host=evil.example";
        String proxy = "for=192.0.2.7;proto=https;host=www.example.com";

        assertEquals("https://www.example.com/app/callback", forwarded(app, client + ", " + proxy));
        assertEquals("https://www.example.com/app/callback", forwarded(app, client, proxy));
        assertEquals("https://www.example.com/app/callback", forwarded(app, client, client, client + "," + proxy));
        assertEquals(
                "https://www.example.com/app/callback",
                forwarded(app, "for=\"127.0.0.1:80\";proto=http;host=evil.example", proxy));
    }

    @ParameterizedTest
    @EnumSource
    void theWordOfTheProxyBeforeATrustedOneCounts(Container container) {
        App app = start(container, STANDARD, "127.0.0.1 10.0.0.0/8");

        assertEquals(
                "https://www.example.com/app/callback",
                forwarded(
                        app,
                        "for=10.0.0.9;proto=https;host=evil.example",
                        "for=\"192.0.2.7:1234\";proto=https;host=www.example.com, for=10.1.2.3;proto=http;host=inner"));
    }

    @ParameterizedTest
    @EnumSource
    void ofXForwardedHeadersTheLastValueIsTheProxys(Container container) {
        App app = start(container, USUAL, "127.0.0.1");
        String[] lines = {
            "X-Forwarded-Proto: http, https",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Host: other.evil.example, www.example.com",
            "X-Forwarded-Port: 1, 8443",
            "X-Forwarded-Prefix: //evil.example",
            "X-Forwarded-Prefix: /shop"
        };

        assertEquals("https://www.example.com:8443/shop/app/callback", redirectUri(plain(app, lines)));
    }

    // What is no use

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Prefix: //evil.example",
                "X-Forwarded-Prefix: /a/../b",
                "X-Forwarded-Prefix: /%2e%2e",
                "X-Forwarded-Host: evil.example/",
                "X-Forwarded-Host: evil@www.example.com",
                "X-Forwarded-Host: www.example.com:443@evil.example",
                "X-Forwarded-Host: www.example.com evil.example",
                "X-Forwarded-Host: www.example.com\\evil.example",
                "X-Forwarded-Host: ",
                "X-Forwarded-Port: 65536",
                "X-Forwarded-Port: 443@evil.example",
                "X-Forwarded-Proto: javascript",
                "X-Forwarded-Proto: https://evil.example/?"
            })
    void oneMalformedHeaderMakesAllCountAsAbsent(String malformed) {
        for (Container container : Container.values()) {
            App app = start(container, USUAL, "127.0.0.1");

            assertRefused(plain(
                    app,
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: www.example.com",
                    "X-Forwarded-Port: 443",
                    "X-Forwarded-Prefix: /shop",
                    malformed));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proto=https;host=evil.example/",
                "proto=https;host=\"evil.example/\"",
                "proto=https;host=\"evil@www.example.com\"",
                "proto=https;host=\"www.example.com",
                "proto=javascript;host=www.example.com",
                "proto=https;host=www.example.com;host=evil.example",
                "proto=https;host=\"www.example.com\u0001\"",
                "for=evil;proto=https;host=www.example.com"
            })
    void aMalformedForwardedHeaderCountsAsAbsent(String malformed) {
        for (Container container : Container.values()) {
            assertRefused(plain(start(container, STANDARD, "127.0.0.1"), "Forwarded: " + malformed));
        }
    }

    @Test
    void theLogSaysWhyTheHeadersDidNotHelp() {
        App app = start(Container.JETTY, USUAL, "127.0.0.1");

        plain(app, "X-Forwarded-Proto: https", "X-Forwarded-Host: evil.example/");

        String log = stage.logs().text();
        assertTrue(log.contains("no address can have the host that a proxy told: 'evil.example/': mend that"), log);
    }

    /** Neither by half a line's end, nor by a line that goes on, as lines did in HTTP once. */
    @ParameterizedTest
    @EnumSource
    void noHeaderLineIsSmuggledInAnotherOne(Container container) {
        for (String end : List.of("\r", "\r\n ", "\r\n\t", "\u0000")) {
            App app = start(container, USUAL, "127.0.0.1");

            Page page = RawHttp.to(app.port())
                    .send(
                            "GET /app/reports HTTP/1.1\r\nHost: inner.example\r\nAccept: text/html\r\nConnection: close\r\n"
                                    + "X-Forwarded-Proto: https\r\nX-Forwarded-Host: www.example.com" + end
                                    + "Set-Cookie: evil=1\r\n\r\n");

            assertTrue(page.status() == 400 || page.status() == 500, page::toString);
            assertFalse(page.headers().has("Location"), page::toString);
            assertFalse(page.headers().toString().contains("evil"), page::toString);
        }
    }

    private static void assertRefused(Page page) {
        // Containers refuse some of it themselves.
        assertTrue(page.status() == 500 || page.status() == 400, page::toString);
        assertTrue(page.status() == 400 || page.body().contains("redirect_uri_insecure"), page::toString);
        assertFalse(page.headers().has("Location"), page::toString);
        assertFalse(page.text().contains("evil"), page::toString);
    }

    /** The redirect URI that comes of these lines of the header. */
    private static String forwarded(App app, String... lines) {
        return redirectUri(plain(
                app, Arrays.stream(lines).map(line -> "Forwarded: " + line).toArray(String[]::new)));
    }

    /** A page by a name that is not this machine's, so that plain http is refused. */
    private static Page plain(App app, String... headers) {
        Stream<String> all = Stream.concat(Stream.of("Host: inner.example", "Accept: text/html"), Stream.of(headers));
        return RawHttp.to(app.port()).get("/app/reports", all.toArray(String[]::new));
    }

    private ProxiedApp proxied(Container container, String kind) {
        App app = start(container, kind, "127.0.0.1");
        return kind.equals(STANDARD)
                ? new ProxiedApp(
                        app,
                        browser,
                        "https://www.example.com/app",
                        List.of("Forwarded: for=192.0.2.7;proto=https;host=www.example.com"))
                : new ProxiedApp(
                        app,
                        browser,
                        ProxiedApp.SHOP,
                        List.of(
                                "X-Forwarded-Proto: https",
                                "X-Forwarded-Host: www.example.com",
                                "X-Forwarded-Prefix: /shop"));
    }

    private App start(Container container, String kind, String proxies) {
        AppBuilder app = App.on(container).contextPath("/app");
        return stage.start(app.filterParam("forwardedHeaders", kind).filterParam("trustedProxies", proxies));
    }

    private static List<String> evil() {
        return List.of(
                "Forwarded: for=127.0.0.1;proto=https;host=evil.example",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Port: 4711",
                "X-Forwarded-Prefix: /evil");
    }

    private static String redirectUri(Page page) {
        return page.redirectTarget().parameters().get("redirect_uri");
    }
}
