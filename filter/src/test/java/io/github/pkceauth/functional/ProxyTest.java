package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Headers;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a proxy: what the deployment says counts, and what anybody can write into a header does not. */
class ProxyTest {
    private static final String SHOP = "https://www.example.com/shop";
    private static final String[] SPOOFS = {
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Port: 443",
        "X-Forwarded-Prefix: /evil",
        "X-Forwarded-Server: evil.example",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Ssl: on",
        "X-Forwarded-Context: /evil",
        "X-Original-Host: evil.example",
        "X-Original-URL: /evil",
        "X-Rewrite-URL: /evil",
        "X-Host: evil.example",
        "X-HTTP-Host-Override: evil.example",
        "Front-End-Https: on",
        "Forwarded: for=127.0.0.1;host=evil.example;proto=https"
    };

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    // The base address

    @ParameterizedTest
    @EnumSource
    void theBaseUrlTakesThePlaceOfOriginAndContextPath(Container container) {
        FrontDoor door = shop(App.on(container).contextPath("/app"));

        assertEquals(SHOP + "/callback", redirectUri(door.navigate(browser, door.url("/reports"))));
    }

    @Test
    void aPrefixOfTheProxysIsNeitherLostNorDoubledOnTheWayBack() {
        FrontDoor door = shop(App.jetty().contextPath("/app"));

        assertEquals(SHOP + "/shop/app?a=b", door.signIn(browser, "/shop/app?a=b"));
    }

    @ParameterizedTest
    @CsvSource({"https://www.example.com", "https://www.example.com/", "https://www.example.com:8443/a/b/"})
    void aBaseUrlMayStandForTheRootAndMayEndWithASlash(String baseUrl) {
        App app = stage.start(App.jetty().contextPath("/app").filterParam("baseUrl", baseUrl));

        assertEquals(baseUrl.replaceFirst("/$", "") + "/callback", redirectUri(browser.navigate(app.url("/reports"))));
    }

    @Test
    void theTokenEndpointGetsTheVerySameRedirectUri() {
        FrontDoor door = shop(App.jetty().contextPath("/app"));

        door.signIn(browser, "/reports");

        assertEquals(
                SHOP + "/callback",
                provider.request(ScriptedProvider.TOKEN).form().get("redirect_uri"));
    }

    @Test
    void theHintOfAProblemDocumentIsBehindTheBaseUrlToo() {
        FrontDoor door = shop(App.jetty().contextPath("/app"));

        assertEquals(
                SHOP + "/login", browser.fetch(door.app().url("/api")).json().get("login"));
    }

    @Test
    void aFormsPageBehindTheBaseUrlIsFoundByItsReferer() {
        FrontDoor door = shop(App.jetty().contextPath("/app"));
        Page atProvider = browser.request(door.app().url("/save"))
                .method("POST")
                .header("Sec-Fetch-Dest", "document")
                .header("Referer", SHOP + "/edit?id=7")
                .send();

        assertEquals(SHOP + "/edit?id=7", door.finish(browser, atProvider));
    }

    @ParameterizedTest
    @CsvSource({"/me, /me", "/shop/me, /me", "/app/me, /me", "https://www.example.com/shop/me, /"})
    void returnToIsUnderstoodAsTheBrowserOrTheApplicationSeesIt(String returnTo, String path) {
        FrontDoor door = shop(App.jetty().contextPath("/app"));

        assertEquals(door.url(path), door.signIn(browser, "/login?returnTo=" + returnTo));
    }

    @Test
    void theRestartOfALoginIsBehindTheBaseUrlToo() {
        FrontDoor door = shop(App.jetty().contextPath("/app"));

        Page page = door.navigate(browser, door.url("/callback?code=a&state=b"));

        assertEquals(SHOP + "/callback", redirectUri(page));
        assertEquals(SHOP + "/", door.finish(browser, page));
    }

    // Headers that anybody can write

    @ParameterizedTest
    @EnumSource
    void R14_forwardingHeadersChangeNothing(Container container) {
        App app = stage.start(App.on(container).contextPath("/app"));

        Page page = request(app.url("/reports"), SPOOFS)
                .header("Accept", "text/html")
                .send();

        assertEquals(app.url("/callback"), redirectUri(page));
    }

    @Test
    void R14_forwardingHeadersChangeNoAddressThatTheFilterNames() {
        App app = stage.app();

        Page page = request(app.url("/api"), SPOOFS).send();

        assertEquals(app.url("/login"), page.json().get("login"));
        assertFalse(page.text().contains("evil"), page::toString);
    }

    @Test
    void R14_forwardingHeadersChangeNoReturn() {
        App app = stage.app();
        Page answer = browser.follow(browser.navigate(app.url("/reports")));

        Page page = request(answer.location(), SPOOFS).send();

        assertEquals(app.url("/reports"), page.location());
    }

    @Test
    void R14_forwardingHeadersMakeNoOriginOurs() {
        App app = stage.app();
        browser.navigateFully(app.url("/home"));

        Page page = request(app.url("/logout"), SPOOFS)
                .method("POST")
                .header("Origin", "https://evil.example")
                .send();

        assertEquals(403, page.status());
    }

    @Test
    void R14_theBaseUrlWinsOverEveryHeader() {
        FrontDoor door = shop(App.jetty().contextPath("/app"));

        Page page = request(door.app().url("/reports"), SPOOFS)
                .header("Host", "evil.example")
                .header("Accept", "text/html")
                .send();

        assertEquals(SHOP + "/callback", redirectUri(page));
    }

    @Test
    void whatTheContainerIsToldToBelieveCounts() {
        Filter trusted = (request, response, chain) -> chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public String getScheme() {
                        return "https";
                    }

                    @Override
                    public String getServerName() {
                        return "WWW.Example.com";
                    }

                    @Override
                    public int getServerPort() {
                        return 443;
                    }
                },
                response);
        App app = stage.start(App.jetty().contextPath("/app").filterBefore("trusted proxy", trusted));

        assertEquals("https://www.example.com/app/callback", redirectUri(browser.navigate(app.url("/reports"))));
    }

    // Plain http

    @ParameterizedTest
    @ValueSource(
            strings = {
                "intranet.example",
                "intranet.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "127.evil.example",
                "192.0.2.1",
                "0.0.0.0",
                "[2001:db8::1]"
            })
    void R13_plainHttpOffThisMachineIsRefused(String host) {
        App app = stage.app();

        Page page = withHost(app, host);

        assertEquals(500, page.status());
        assertTrue(page.body().contains("redirect_uri_insecure"), page::body);
        assertEquals(0, app.sessions().created());
        assertEquals(0, provider.calls(ScriptedProvider.AUTHORIZE));
    }

    @Test
    void R13_theLogSaysHowToMendIt() {
        withHost(stage.app(), "intranet.example");

        assertTrue(stage.logs().text().contains("http://intranet.example/callback"), stage.logs()::text);
        assertTrue(stage.logs().text().contains("set baseUrl to the https address"), stage.logs()::text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.1.2.3:99", "[::1]", "[::1]:8080"})
    void R13_plainHttpOnThisMachineIsAllowed(String host) {
        Page page = withHost(stage.app(), host);

        assertEquals("http://" + host.toLowerCase(Locale.ROOT) + "/callback", redirectUri(page));
    }

    @Test
    void R13_allowInsecureHttpAloneDoesNotAllowIt() {
        App app = stage.start(App.jetty().filterParam("allowInsecureHttp", "true"));

        Page page = withHost(app, "intranet.example");

        assertEquals(500, page.status());
        assertTrue(page.body().contains("redirect_uri_insecure"), page::body);
    }

    @Test
    void R13_withAnHttpBaseUrlAsWellItIsAllowed() {
        App app = stage.start(App.jetty()
                .filterParam("allowInsecureHttp", "true")
                .filterParam("baseUrl", "http://intranet.example/app"));

        assertEquals("http://intranet.example/app/callback", redirectUri(withHost(app, "intranet.example")));
    }

    @Test
    void R13_anHttpBaseUrlWithoutAllowInsecureHttpIsAMistake() {
        String message = App.jetty()
                .against(provider)
                .filterParam("baseUrl", "http://intranet.example/app")
                .startFailing()
                .getMessage();

        assertTrue(message.contains("baseUrl"), message);
        assertTrue(message.contains("allowInsecureHttp=true"), message);
    }

    @Test
    void anHttpBaseUrlOnThisMachineIsFine() {
        App app = stage.start(App.jetty().filterParam("baseUrl", "http://localhost:8080/app"));

        assertEquals("http://localhost:8080/app/callback", redirectUri(browser.navigate(app.url("/reports"))));
    }

    private FrontDoor shop(AppBuilder app) {
        return new FrontDoor(SHOP, stage.start(app.filterParam("baseUrl", SHOP)));
    }

    private Page withHost(App app, String host) {
        return request(app.url("/reports"), "Host: " + host, "Accept: text/html")
                .send();
    }

    private BrowserRequest request(String url, String... headerLines) {
        BrowserRequest request = browser.request(url);
        for (Map.Entry<String, String> field : Headers.of(headerLines).fields()) {
            request = request.header(field.getKey(), field.getValue());
        }
        return request;
    }

    private static String redirectUri(Page page) {
        return page.redirectTarget().parameters().get("redirect_uri");
    }
}
