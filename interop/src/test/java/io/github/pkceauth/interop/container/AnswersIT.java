package io.github.pkceauth.interop.container;

import static io.github.pkceauth.interop.container.Own.assertIsFailure;
import static io.github.pkceauth.interop.container.Own.assertTellsNothingOfTheInside;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the filter answers itself: to scripts, to other clients, and where something is wrong. */
class AnswersIT extends OnEachContainer {

    /** Queries of callbacks that no provider has sent. */
    static final List<String> MALFORMED = List.of(
            "",
            "?",
            "?code=%zz&state=x",
            "?%zz",
            "?code=%&state=%",
            "?code=a&code=b&state=x",
            "?code=a&state=x&state=y",
            "?state=%00&code=%FF%FE",
            "?code=%C0%AF&state=%ED%A0%80",
            "?error=%zz&state=x",
            "?error=access_denied",
            "?state=" + "s".repeat(6000) + "&code=x",
            "?" + "a=b&".repeat(1500),
            "?code[]=a&state[]=x");

    AnswersIT(RunningContainer container) {
        super(container);
    }

    // Whoever is no page navigation

    @Test
    void aScriptIsToldThatALoginIsNeeded() {
        Page page = browser().fetch(example("/api/me"));

        assertLoginRequired(page);
        assertEquals("application/problem+json", page.header("Content-Type"));
        assertEquals("login_required", page.json().get("code"));
        assertEquals(example("/login"), page.json().get("login"));
    }

    @Test
    void aScriptOfAnOldBrowserIsToldSo() {
        assertLoginRequired(browser()
                .request(example("/api/me"))
                .header("Accept", "text/html, */*")
                .header("X-Requested-With", "XMLHttpRequest")
                .send());
    }

    @Test
    void aHeadRequestIsToldSo() {
        Page page = raw().request("HEAD", "/me", "", "Accept: text/html");

        assertLoginRequired(page);
        assertEquals("", page.body());
    }

    @Test
    void aWebSocketIsToldSo() {
        assertLoginRequired(handshake(browser()));
    }

    @Test
    void aWebSocketOfASignedInUserIsOpened() {
        Page page = handshake(signedInToProbe());

        assertEquals(101, page.status(), page::toString);
        assertEquals("websocket", page.header("Upgrade"));
    }

    @Test
    void aClientWithATokenIsToldSo() {
        Page page = raw().get("/me", "Accept: text/html", "Authorization: Bearer abc");

        assertLoginRequired(page);
        assertEquals("Bearer", page.header("WWW-Authenticate"));
    }

    @Test
    void aPrefetchStartsNothing() {
        assertLoginRequired(raw().get("/me", "Accept: text/html", "Sec-Purpose: prefetch"));
        assertEquals(
                503,
                raw().get("/login", "Accept: text/html", "Sec-Purpose: prefetch")
                        .status());
        assertEquals(0, providerCalls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/callback", "/login", "/logout"})
    void aPreflightAllowsNothing(String path) {
        Page page = raw().request(
                        "OPTIONS",
                        path,
                        "",
                        "Origin: https://other.example",
                        "Access-Control-Request-Method: PUT",
                        "Access-Control-Request-Headers: authorization");

        assertEquals(204, page.status(), page::toString);
        assertTrue(
                page.headers().fields().stream()
                        .noneMatch(field -> field.getKey().startsWith("Access-Control")),
                page::toString);
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
    }

    @Test
    void aFormThatNeedsALoginIsNotReplayed() {
        Page first = browser().postFrom(example("/me?form"), example("/notes"), Map.of("a", "b"));

        assertEquals(303, first.status(), first::toString);
        Page page = browser().followFully(first);
        assertEquals(example("/me?form"), page.url().toString());
        assertEquals(200, page.status(), page::toString);
    }

    // Failures

    @Test
    void aFailureIsAPageWhoseReferenceStandsInTheLog() {
        provider().authorization().answersError("access_denied", "The user has <cancelled>.");

        Page page = browser().navigateFully(example("/me"));

        String reference = assertIsFailure(page, 403, "access_denied");
        assertTrue(page.body().contains("The user has &lt;cancelled&gt;."), page::toString);
        List<String> lines = container()
                .log()
                .lines()
                .filter(line -> line.contains("[" + reference + "]"))
                .toList();
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("access_denied"), lines::toString);
        assertTellsNothingOfTheInside(page);
    }

    @Test
    void theHeadersOfAFailureKeepItToItself() {
        Page page = browser().navigate(example("/callback?code=x&state=y.again"));

        assertIsFailure(page, 400, "login_not_found");
        assertEquals(
                "text/html;charset=utf-8",
                page.header("Content-Type").replace(" ", "").toLowerCase(Locale.ROOT));
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    }

    @Test
    void theApplicationMayShowFailuresItself() {
        Page page = browser().navigate(probe("/callback?code=x&state=y.again"));

        assertEquals(400, page.status(), page::toString);
        assertEquals("the application", page.json().get("shownBy"));
        assertEquals("login_not_found", page.json().get("code"));
        assertTrue(container().log().contains("[" + page.json().get("reference") + "]"));
    }

    @Test
    void aProviderThatIsDownIsToldWithATimeToTryAgain() {
        provider().token().withStatus(500);

        Page page = browser().navigateFully(example("/me"));

        assertTrue(page.status() >= 500, page::toString);
        assertTrue(page.body().contains("Reference: "), page::toString);
        assertTellsNothingOfTheInside(page);
    }

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void aMalformedCallbackIsNoLoginAndNoAccident(String query) {
        Page page = browser().navigate(example("/callback" + query));

        assertTrue(page.status() == 302 || (page.status() >= 400 && page.status() < 500), page::toString);
        assertTellsNothingOfTheInside(page);
        assertEquals(401, browser().fetch(example("/api/me")).status());
    }

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void aMalformedCallbackDoesNoHarmToALoginThatIsUnderWay(String query) {
        Page begun = browser().navigate(example("/me"));

        browser().navigate(example("/callback" + query));

        Page page = browser().followFully(begun);
        assertEquals(example("/me"), page.url().toString());
        assertEquals(200, page.status(), page::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&code=b", "&state=b", "&iss=b", "&code="})
    void anAnswerWithMoreThanTheProviderSaidIsRefused(String more) {
        Page answer = browser().follow(browser().navigate(example("/me")));

        Page page = browser().navigate(answer.redirectTarget() + more);

        assertTrue(page.status() >= 400 && page.status() < 500, page::toString);
        assertTellsNothingOfTheInside(page);
        assertEquals(401, browser().fetch(example("/api/me")).status());
    }

    /** Tomcat 10.1 leaves such a parameter out without a word, and Undertow answers 400 before it asks any filter. */
    @Test
    void aBadEscapeBesideAGoodAnswerIsRefusedOrNotSeen() {
        Page answer = browser().follow(browser().navigate(example("/me")));

        Page page = browser().navigate(answer.redirectTarget() + "&code=%zz");

        assertTrue(page.isRedirect() || (page.status() >= 400 && page.status() < 500), page::toString);
        assertTrue(!page.isRedirect() || page.location().equals(example("/me")), page::toString);
        assertTellsNothingOfTheInside(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "POST", "PROPFIND", "X"})
    void theCallbackTakesNoOtherMethod(String method) {
        Page page = raw().request(method, "/callback?code=x&state=y", "", "Accept: text/html");

        // What the container refuses itself, as Jetty does TRACE, it may say in its own way.
        assertTrue(List.of(403, 405, 501).contains(page.status()), page::toString);
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
        assertTellsNothingOfTheInside(page);
    }

    /** More than most containers take; Undertow takes a megabyte, so that it is a callback like any other. */
    @Test
    void anOversizedAddressIsAnsweredQuietly() {
        Page page = raw().get("/callback?code=x&state=" + "s".repeat(100_000), "Accept: text/html");

        assertTrue(page.status() == 302 || (page.status() >= 400 && page.status() < 500), page::toString);
        assertTellsNothingOfTheInside(page);
    }

    private Page handshake(Browser client) {
        return client.request(probe("/socket"))
                .header("Connection", "Upgrade")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
                .header("Origin", probe("/").replaceAll("/app/$", ""))
                .send();
    }

    private static void assertLoginRequired(Page page) {
        assertEquals(401, page.status(), page::toString);
        assertFalse(page.headers().has("Location"), page::toString);
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
    }
}
