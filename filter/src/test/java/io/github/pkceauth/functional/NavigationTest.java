package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Headers;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests start a login, and what all the others are told. */
class NavigationTest {
    private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";
    private static final String DOCUMENT = "Sec-Fetch-Dest: document";
    private static final String NAVIGATE = "Sec-Fetch-Mode: navigate";

    @AutoClose
    private final Stage stage = new Stage();

    private final App app = stage.app();
    private final Browser browser = stage.browser();

    /** GET requests by which a user goes to a page. */
    static Stream<Arguments> navigations() {
        return Stream.of(
                headers(DOCUMENT, NAVIGATE, HTML),
                headers(DOCUMENT, NAVIGATE),
                headers(DOCUMENT),
                headers(NAVIGATE),
                headers(DOCUMENT, NAVIGATE, "Sec-Fetch-Site: cross-site", "Sec-Fetch-User: ?1", HTML),
                // What a service worker makes of it that passes it on, in Chromium.
                headers("Sec-Fetch-Dest: empty", NAVIGATE, "Sec-Fetch-Site: same-origin", HTML),
                headers(HTML),
                headers("Accept: TEXT/HTML"),
                headers("Accept: application/json;q=0.1, text/html"),
                headers(DOCUMENT, NAVIGATE, HTML, "Upgrade: h2c", "Connection: Upgrade, HTTP2-Settings, close"),
                headers(DOCUMENT, NAVIGATE, HTML, "Upgrade-Insecure-Requests: 1"),
                headers(HTML, "Authorization: Basic YTpi"));
    }

    @ParameterizedTest
    @MethodSource("navigations")
    void aPageNavigationIsSentToTheProvider(String[] headers) {
        Page page = request("/reports", headers).send();

        assertEquals(302, page.status());
        assertTrue(page.location().startsWith(provider().address(ScriptedProvider.AUTHORIZE)), page::toString);
    }

    /** Requests that no user makes by going to a page. */
    static Stream<Arguments> others() {
        return Stream.of(
                sent("a bare request", "GET"),
                sent("any type", "GET", "Accept: */*"),
                sent("JSON", "GET", "Accept: application/json"),
                sent("XMLHttpRequest", "GET", HTML, "X-Requested-With: XMLHttpRequest"),
                sent("fetch", "GET", HTML, "Sec-Fetch-Dest: empty", "Sec-Fetch-Mode: cors"),
                sent("fetch in same-origin mode", "GET", HTML, "Sec-Fetch-Mode: same-origin"),
                sent("an image", "GET", HTML, "Sec-Fetch-Dest: image", "Sec-Fetch-Mode: no-cors"),
                sent("a script", "GET", "Sec-Fetch-Dest: script", "Sec-Fetch-Mode: no-cors"),
                sent("a style sheet", "GET", "Sec-Fetch-Dest: style", "Sec-Fetch-Mode: no-cors"),
                sent("an iframe", "GET", HTML, "Sec-Fetch-Dest: iframe", NAVIGATE),
                sent("a frame", "GET", HTML, "Sec-Fetch-Dest: frame", NAVIGATE),
                sent("an object", "GET", HTML, "Sec-Fetch-Dest: object", NAVIGATE),
                sent("an embedded thing", "GET", HTML, "Sec-Fetch-Dest: embed", NAVIGATE),
                sent("a service worker", "GET", "Sec-Fetch-Dest: serviceworker"),
                sent("a document that is not navigated to", "GET", HTML, DOCUMENT, "Sec-Fetch-Mode: cors"),
                sent("an API client", "GET", HTML, "Authorization: Bearer a-token"),
                sent("an API client in lower case", "GET", HTML, "Authorization: bearer a-token"),
                sent("an API client like a browser", "GET", DOCUMENT, NAVIGATE, "Authorization: Bearer x"),
                sent("a prefetch", "GET", DOCUMENT, NAVIGATE, HTML, "Sec-Purpose: prefetch"),
                sent("a prerender", "GET", DOCUMENT, NAVIGATE, HTML, "Sec-Purpose: prefetch;prerender"),
                sent("an old prefetch", "GET", HTML, "Purpose: prefetch"),
                sent("a WebSocket", "GET", HTML, "Upgrade: websocket", "Connection: Upgrade"),
                sent("HEAD", "HEAD", DOCUMENT, NAVIGATE, HTML),
                sent("a plain OPTIONS", "OPTIONS", HTML),
                sent("OPTIONS from elsewhere", "OPTIONS", HTML, "Origin: https://other.example"),
                sent("OPTIONS without origin", "OPTIONS", "Access-Control-Request-Method: PUT"),
                sent("PUT", "PUT", DOCUMENT, NAVIGATE, HTML),
                sent("DELETE", "DELETE", HTML),
                sent("PATCH", "PATCH", HTML),
                sent("a method of nobody's", "FROB", HTML),
                sent("a script's POST", "POST", "Accept: application/json"),
                sent("a script's POST by Fetch", "POST", HTML, "Sec-Fetch-Mode: cors"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void anythingElseIsToldThatALoginIsNeeded(String name, String method, String[] headers) {
        Page page = request("/api/data", headers).method(method).send();

        assertEquals(401, page.status());
        assertEquals("application/problem+json", page.header("Content-Type"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void anythingElseLeavesNothingBehind(String name, String method, String[] headers) {
        Page page = request("/api/data", headers).method(method).send();

        assertFalse(page.headers().has("Location"), page::toString);
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
        assertEquals(0, app.sessions().created());
        assertEquals(0, app.probe().calls());
        assertEquals(0, provider().requests().size());
    }

    @Test
    void theProblemDocumentSaysWhatIsWrongAndWhereToSignIn() {
        Page page = request("/api/data", "Accept: application/json").send();

        assertEquals("login_required", page.json().get("code"));
        assertEquals(401, ((Number) page.json().get("status")).intValue());
        assertEquals("Please sign in to see this.", page.json().get("title"));
        assertEquals("http://localhost:" + app.port() + "/login", page.json().get("login"));
    }

    @Test
    void theLoginAddressOfTheProblemDocumentWorks() {
        Page problem = browser.fetch(app.url("/api/data"));

        Page page = browser.navigateFully(problem.json().get("login") + "?returnTo=/reports");

        assertEquals(app.url("/reports"), page.url().toString());
    }

    @Test
    void anAnswerThatNeedsALoginNamesTheAuthenticationScheme() {
        Page page = request("/api/data", "Authorization: Bearer a-token").send();

        assertEquals("Bearer", page.header("WWW-Authenticate"));
    }

    @Test
    void aFetchAfterTheSessionHasEndedDiesNoDeathByRedirect() {
        browser.navigateFully(app.url("/home"));
        app.sessions().expireAll();

        Page page = browser.fetch(app.url("/api/data"));

        assertEquals(401, page.status());
        assertFalse(page.headers().has("Location"), page::toString);
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
    }

    @Test
    void aBackgroundPollDoesNotBecomeThePageThatALoginLandsOn() {
        Page atProvider = browser.navigate(app.url("/reports"));
        browser.fetch(app.url("/poll"));
        browser.request(app.url("/favicon.ico"))
                .header("Sec-Fetch-Dest", "image")
                .header("Sec-Fetch-Mode", "no-cors")
                .send();

        assertEquals(app.url("/reports"), browser.followFully(atProvider).url().toString());
    }

    @Test
    void aTruePreflightGetsAPlainNoContent() {
        Page page = preflight("/api/data");

        assertEquals(204, page.status());
        assertEquals(
                0,
                page.headers().fields().stream()
                        .filter(f -> f.getKey().toLowerCase(Locale.ROOT).startsWith("access-control-"))
                        .count());
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
        assertEquals(0, app.sessions().created());
    }

    @Test
    void aTruePreflightIsNotPassedOn() {
        preflight("/api/data");

        assertEquals(0, app.probe().calls());
    }

    @Test
    void aTruePreflightIsNotPassedOnForASignedInUserEither() {
        browser.navigateFully(app.url("/home"));
        int before = app.probe().calls();

        assertEquals(204, preflight("/api/data").status());
        assertEquals(before, app.probe().calls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/logout", "/callback"})
    void aTruePreflightOfTheFiltersOwnPathsGetsAPlainNoContent(String path) {
        assertEquals(204, preflight(path).status());
    }

    @Test
    void aFormIsAnsweredByALoginAndNeverRepeatedAsAGet() {
        Page page = browser.postFrom(app.url("/edit?id=7"), app.url("/save"), Map.of("text", "a"));

        assertEquals(303, page.status());
        assertEquals(app.url("/edit?id=7"), browser.followFully(page).url().toString());
        assertEquals(List.of(), app.probe().reached());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/edit",
                "http://localhost:1/edit",
                "https://localhost/edit",
                "about:blank",
                ""
            })
    void aFormFromElsewhereIsFollowedByTheFrontPage(String referer) {
        Page page = request("/save", DOCUMENT, NAVIGATE, HTML)
                .header("Referer", referer)
                .form(Parameters.none().plus("text", "a"))
                .send();

        assertEquals(303, page.status());
        assertEquals(app.url("/"), browser.followFully(page).url().toString());
    }

    @Test
    void aFormWithoutRefererIsFollowedByTheFrontPage() {
        Page page = request("/save", DOCUMENT, NAVIGATE, HTML).method("POST").send();

        assertEquals(303, page.status());
        assertEquals(app.url("/"), browser.followFully(page).url().toString());
    }

    @Test
    void aFormFromThisOriginButOutsideTheApplicationIsFollowedByTheFrontPage() {
        App shop = stage.start(App.jetty().contextPath("/shop"));
        String elsewhere = "http://localhost:" + shop.port() + "/blog/post";

        Page page = browser.followFully(browser.postFrom(elsewhere, shop.url("/save"), Map.of("text", "a")));

        assertEquals(shop.url("/"), page.url().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image", "iframe", "empty"})
    void theLoginPathStartsALoginForPageNavigationsOnly(String destination) {
        Page page = request("/login", HTML, "Sec-Fetch-Dest: " + destination).send();

        assertEquals(401, page.status());
        assertEquals(0, app.sessions().created());
    }

    @Test
    void aPrefetchOfTheLoginPathStartsNothing() {
        Page page = request("/login", DOCUMENT, NAVIGATE, HTML, "Sec-Purpose: prefetch")
                .send();

        assertEquals(503, page.status());
        assertEquals(0, app.sessions().created());
        assertEquals(0, provider().requests().size());
    }

    private ScriptedProvider provider() {
        return stage.provider();
    }

    private Page preflight(String path) {
        return request(path, "Origin: https://other.example", "Access-Control-Request-Method: PUT")
                .method("OPTIONS")
                .send();
    }

    private BrowserRequest request(String path, String... headerLines) {
        BrowserRequest request = browser.request(app.url(path));
        for (Map.Entry<String, String> field : Headers.of(headerLines).fields()) {
            request = request.header(field.getKey(), field.getValue());
        }
        return request;
    }

    private static Arguments sent(String name, String method, String... headers) {
        return Arguments.of(name, method, headers);
    }

    private static Arguments headers(String... lines) {
        return Arguments.of((Object) lines);
    }
}
