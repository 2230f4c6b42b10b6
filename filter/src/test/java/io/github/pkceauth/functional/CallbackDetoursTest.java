package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The callback where it does not go straight: reloads, bookmarks, forgeries, missing cookies, failures. */
class CallbackDetoursTest {
    private static final Pattern LINK = Pattern.compile("href=\"([^\"]*)\"");

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final App app = stage.app();
    private final Browser browser = stage.browser();

    @Test
    void aReloadedCallbackLeadsTheSignedInUserToTheFrontPage() {
        String callback = signInAt("/reports").url().toString();

        Page reloaded = browser.navigate(callback);

        assertEquals(302, reloaded.status());
        assertEquals(app.url("/"), reloaded.location());
    }

    @Test
    void aReloadedCallbackIsNotRedeemedAgain() {
        String callback = signInAt("/reports").url().toString();

        browser.navigateFully(callback);

        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void whoGoesBackToTheProvidersFormAndSendsItAgainIsSignedInStill() {
        provider.withLoginForm();
        Page form = browser.follow(browser.navigate(app.url("/reports")));
        browser.followFully(browser.submit(form));

        Page again = browser.followFully(browser.submit(form));

        assertEquals(app.url("/"), again.url().toString());
        assertEquals("alice", again.seen().remoteUser());
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?code=a-code&state=a-state", "?code=a-code", "?state=a-state", "?state="})
    void aBookmarkedCallbackLeadsThroughANewLoginToTheFrontPage(String query) {
        Page page = browser.navigateFully(app.url("/callback" + query));

        assertEquals(app.url("/"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    void aBookmarkedProviderPageLeadsThroughANewLoginToTheFrontPage() {
        String bookmark = browser.navigate(app.url("/reports")).location();

        Page page = stage.browser().navigateFully(bookmark);

        assertEquals(app.url("/"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    void theCodeOfAForgedCallbackReachesNobody() {
        browser.navigateFully(app.url("/callback?code=forged-code&state=forged-state"));

        assertEquals(
                List.of(),
                provider.requests(ScriptedProvider.TOKEN).stream()
                        .map(RecordedRequest::body)
                        .filter(body -> body.contains("forged"))
                        .toList());
    }

    @Test
    void aForgedCallbackLeavesThePendingLoginAlone() {
        Page atProvider = browser.navigate(app.url("/reports"));
        browser.navigate(app.url("/callback?code=forged-code&state=forged-state"));

        assertEquals(app.url("/reports"), browser.followFully(atProvider).url().toString());
    }

    @Test
    void theAnswerToOneBrowsersLoginIsWorthNothingInAnother() {
        Page answer = browser.follow(browser.navigate(app.url("/reports")));
        Browser victim = stage.browser();
        victim.navigate(app.url("/other"));

        Page page = victim.navigate(answer.location());

        assertTrue(page.location().startsWith(provider.address(ScriptedProvider.AUTHORIZE)), page::toString);
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aRestartSaysSoInItsState() {
        browser.navigate(app.url("/reports"));
        browser.followFully(browser.navigate(app.url("/callback?code=forged-code&state=forged-state")));

        assertTrue(provider.lastAuthorizationRequest().get("state").endsWith(".again"));
    }

    @Test
    void aForgedCallbackWithTheMarkOfARestartIsRefusedAtOnce() {
        Page page = browser.navigate(app.url("/callback?code=forged-code&state=forged-state.again"));

        assertEquals(400, page.status());
        assertTrue(page.body().contains("login_not_found"), page::body);
    }

    @Test
    void aBrowserWithoutCookiesIsRestartedOnceAndThenTold() {
        Browser forgetful = stage.kept(Browser.withoutCookies());

        Page page = forgetful.navigateFully(app.url("/reports"));

        assertEquals(400, page.status());
        assertTrue(page.body().contains("login_not_found"), page::body);
        assertTrue(page.body().contains("cookies"), page::body);
        assertEquals(2, provider.calls(ScriptedProvider.AUTHORIZE));
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aProviderThatLosesTheStateDoesNotCauseALoop() {
        provider.authorization().without("state");

        Page page = browser.navigateFully(app.url("/reports"));

        assertEquals(400, page.status());
        assertEquals(2, provider.calls(ScriptedProvider.AUTHORIZE));
    }

    @Test
    void aScriptThatCallsTheCallbackIsNotSentToTheProvider() {
        Page page = browser.fetch(app.url("/callback?code=a-code&state=a-state"));

        assertEquals(400, page.status());
        assertFalse(page.isRedirect());
        assertEquals(0, app.sessions().created());
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Purpose, prefetch",
        "Sec-Purpose, prefetch;prerender",
        "Sec-Purpose, 'prefetch;anonymous-client-ip'",
        "Purpose, prefetch",
        "Purpose, Prefetch"
    })
    void aPrefetchOfTheCallbackUsesNothingUp(String name, String value) {
        Page answer = browser.follow(browser.navigate(app.url("/reports")));

        Page prefetched = browser.request(answer.location())
                .header("Accept", "text/html")
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Mode", "navigate")
                .header(name, value)
                .send();

        assertEquals(503, prefetched.status());
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
        assertEquals(app.url("/reports"), browser.followFully(answer).url().toString());
    }

    @Test
    void aCallbackAfterTheLoginTimeoutIsRestartedWithItsOwnTarget() {
        ClockedFilter clock = new ClockedFilter();
        App slow = clocked(clock);
        Page answer = browser.follow(browser.navigate(slow.url("/reports?year=2026")));
        clock.pass(Duration.ofMinutes(2));

        Page page = browser.followFully(answer);

        assertEquals(slow.url("/reports?year=2026"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals(2, provider.calls(ScriptedProvider.AUTHORIZE));
    }

    @Test
    void anExpiredAnswerIsNeverRedeemed() {
        ClockedFilter clock = new ClockedFilter();
        App slow = clocked(clock);
        Page answer = browser.follow(browser.navigate(slow.url("/reports")));
        clock.pass(Duration.ofMinutes(2));

        Page page = browser.follow(answer);

        assertTrue(page.location().startsWith(provider.address(ScriptedProvider.AUTHORIZE)), page::toString);
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    /** An empty parameter is as none (RFC 6749 section 3.1), and so no way round the time limit either. */
    @Test
    void anExpiredAnswerIsNotRedeemedForAnEmptyErrorBesideItsCode() {
        ClockedFilter clock = new ClockedFilter();
        App slow = clocked(clock);
        Page answer = browser.follow(browser.navigate(slow.url("/reports")));
        clock.pass(Duration.ofMinutes(2));

        Page page = browser.navigate(answer.location() + "&error=");

        assertTrue(page.location().startsWith(provider.address(ScriptedProvider.AUTHORIZE)), page::toString);
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aCallbackJustWithinTheLoginTimeoutIsRedeemed() {
        ClockedFilter clock = new ClockedFilter();
        App slow = clocked(clock);
        Page answer = browser.follow(browser.navigate(slow.url("/reports")));
        clock.pass(Duration.ofSeconds(30));

        browser.followFully(answer);

        assertEquals(1, provider.calls(ScriptedProvider.AUTHORIZE));
    }

    @Test
    void aLoginThatExpiresTwiceIsTold() {
        ClockedFilter clock = new ClockedFilter();
        App slow = clocked(clock);
        Page answer = browser.follow(browser.navigate(slow.url("/reports")));
        clock.pass(Duration.ofMinutes(2));
        Page secondAnswer = browser.follow(browser.follow(answer));
        clock.pass(Duration.ofMinutes(2));

        Page page = browser.follow(secondAnswer);

        assertEquals(400, page.status());
        assertTrue(page.body().contains("login_expired"), page::body);
    }

    /** What a provider can answer that ends a login. */
    static Stream<Named<Consumer<ScriptedProvider>>> failures() {
        return Stream.of(
                Named.of("access_denied", p -> p.authorization().answersError("access_denied", "no")),
                Named.of("server_error", p -> p.authorization().answersError("server_error", "oops")),
                Named.of("login_required", p -> p.authorization().answersError("login_required", "prompt=none")),
                Named.of("token 400", p -> p.token().answers(400, "application/json", "{\"error\":\"invalid_grant\"}")),
                Named.of("token 500", p -> p.token().answers(500, "text/plain", "oops")),
                Named.of("no answer", p -> p.token().resets()),
                Named.of("bad token", p -> p.idToken().withAudience("someone-else")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void afterAnyAnswerOfTheProviderNothingIsTriedAgainByItself(Consumer<ScriptedProvider> failure) {
        failure.accept(provider);

        Page page = browser.navigateFully(app.url("/reports"));

        assertTrue(page.status() >= 400, page::toString);
        assertTrue(page.body().contains("Try again"), page::body);
        assertEquals(1, provider.calls(ScriptedProvider.AUTHORIZE));
        assertTrue(provider.calls(ScriptedProvider.TOKEN) <= 1);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void tryAgainLeadsToThePageThatWasWanted(Consumer<ScriptedProvider> failure) {
        failure.accept(provider);
        Page error = browser.navigateFully(app.url("/reports?year=2026&q=a%20b"));
        provider.behaves();

        Page page = browser.followFully(browser.click(error, linkIn(error)));

        assertEquals(app.url("/reports?year=2026&q=a%20b"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    void afterARefusalThePendingLoginIsUsedUp() {
        provider.authorization().answersError("access_denied", "no");
        Page answer = browser.follow(browser.navigate(app.url("/reports")));
        browser.follow(answer);

        Page again = browser.follow(answer);

        assertTrue(again.isRedirect(), again::toString);
        assertNotEquals(
                provider.lastAuthorizationRequest().get("state"),
                again.redirectTarget().parameters().get("state"));
    }

    private Page signInAt(String path) {
        Page answer = browser.follow(browser.navigate(app.url(path)));
        Page callback = browser.follow(answer);
        browser.followFully(callback);
        return callback;
    }

    private App clocked(ClockedFilter clock) {
        return stage.start(
                App.jetty().filter(clock).filterParam("loginTimeout", "PT1M").filterParam("clockSkew", "PT10M"));
    }

    private static String linkIn(Page page) {
        Matcher link = LINK.matcher(page.body());
        assertTrue(link.find(), page::body);
        return link.group(1).replace("&amp;", "&");
    }
}
