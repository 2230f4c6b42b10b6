package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SetCookie;
import io.github.pkceauth.testkit.Url;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A provider, an application that signs its users in there, a browser and the log: and how a refusal
 * looks from outside.
 */
final class Scene implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("Error code: <code>([^<]*)</code>");
    private static final Pattern REFERENCE = Pattern.compile("Reference: <code>([^<]*)</code>");

    /** The page that logins of these methods begin with. */
    private static final String WANTED = "/wanted";

    /** What the filter keeps in a session. */
    private static final String ATTEMPT = "io.github.pkceauth.login.attempt.";

    private static final String INTERVAL = "io.github.pkceauth.interval";

    /** The end of a state that says that its login was begun anew. */
    static final String RESTARTED = ".again";

    /** Longer than the filter waits after a few failures, shorter than clocks may differ. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** A shorter one may stand in a page by chance. */
    private static final int SHORTEST_SECRET = 8;

    final ScriptedProvider provider;
    final App app;
    final Logs logs;
    private final @Nullable ClockedFilter clock;
    private Browser browser = Browser.open();
    private int tokenCallsBefore;

    private Scene(ScriptedProvider provider, App app, @Nullable ClockedFilter clock) {
        this.provider = provider;
        this.app = app;
        this.clock = clock;
        this.logs = Logs.open();
    }

    /** An honest provider, and an application that says no more than it must. */
    static Scene open() {
        return open(app -> app);
    }

    /** An honest provider, and an application with more to say. */
    static Scene open(UnaryOperator<AppBuilder> more) {
        return against(ScriptedProvider.start(), more);
    }

    /** A provider, which is closed with the scene, and an application that says no more than it must. */
    static Scene against(ScriptedProvider provider) {
        return against(provider, app -> app);
    }

    /** A provider, which is closed with the scene, and an application with more to say. */
    static Scene against(ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        return on(Container.JETTY, provider, more);
    }

    /** An honest provider, and an application with more to say on one of the containers. */
    static Scene on(Container container, UnaryOperator<AppBuilder> more) {
        return on(container, ScriptedProvider.start(), more);
    }

    /** An honest provider, and an application that has no need to wait until a pause after a failure is over. */
    static Scene clocked(UnaryOperator<AppBuilder> more) {
        return clocked(ScriptedProvider.start(), more);
    }

    /** A provider, which is closed with the scene, and an application that has no need to wait. */
    static Scene clocked(ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        return clocked(Container.JETTY, provider, more);
    }

    /** The same on one of the containers. */
    static Scene clocked(Container container, ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        ClockedFilter clock = new ClockedFilter();
        return new Scene(
                provider,
                more.apply(App.on(container).against(provider).filter(clock)).start(),
                clock);
    }

    private static Scene on(Container container, ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        return new Scene(
                provider, more.apply(App.on(container).against(provider)).start(), null);
    }

    /** As if it had just been opened: an honest provider, a fresh browser, no sessions, an empty log. */
    void reset() {
        provider.behaves();
        app.sessions().expireAll();
        if (clock != null) {
            clock.reset();
        }
        browser = Browser.open();
        logs.clear();
        tokenCallsBefore = provider.calls(ScriptedProvider.TOKEN);
    }

    /** Goes on as a server that has been started again: sessions are there still, the provider is unknown. */
    void restart() {
        Objects.requireNonNull(clock, "only a clocked scene").restart();
    }

    /** Lets time go by for the application; the provider goes by the true time. */
    void pass(Duration time) {
        Objects.requireNonNull(clock, "only a clocked scene").pass(time);
    }

    /** The application's time. */
    Instant now() {
        return Objects.requireNonNull(clock, "only a clocked scene").instant();
    }

    /** Sets the application's clock, forward or back, while no time goes by. */
    void setClock(Duration forward) {
        Objects.requireNonNull(clock, "only a clocked scene").set(forward);
    }

    Browser browser() {
        return browser;
    }

    /** Another window of the browser, with the same session. */
    Browser window() {
        return Browser.open().copyCookiesFrom(browser);
    }

    String url(String path) {
        return app.url(path);
    }

    /** How often the token endpoint was called since the scene began. */
    int tokenCalls() {
        return provider.calls(ScriptedProvider.TOKEN) - tokenCallsBefore;
    }

    /** Asks for a page, and stops where the browser is sent to the provider. */
    Page begin(String path) {
        return begin(browser, path);
    }

    Page begin(Browser some, String path) {
        Page begun = some.navigate(url(path));
        assertSentToProvider(begun);
        return begun;
    }

    /** What the application asks of the provider at the beginning of a login. */
    static Parameters asked(Page begun) {
        return begun.redirectTarget().parameters();
    }

    /** Asks for a page and lets the provider answer, but does not go back with the answer yet. */
    Url answered(String path) {
        return answered(browser, path);
    }

    Url answered(Browser some, String path) {
        return some.follow(begin(some, path)).redirectTarget();
    }

    /** The address of a callback with other parameters. */
    static String bent(Url callback, UnaryOperator<Parameters> change) {
        return change.apply(callback.parameters()).appendTo(callback.withoutQuery());
    }

    /** The browser, whose user has signed in. */
    Browser signedIn() {
        assertSignedIn(logIn("/home"));
        return browser;
    }

    /** Goes the whole way to a page: to the provider, back, and on. */
    Page logIn(String path) {
        return browser.navigateFully(url(path));
    }

    void assertSentToProvider(Page page) {
        assertTrue(page.isRedirect(), page::toString);
        assertEquals(
                provider.address(ScriptedProvider.AUTHORIZE),
                page.redirectTarget().withoutQuery());
    }

    /** The page is the application's, and the application knows the user. */
    void assertSignedIn(Page page) {
        assertEquals(200, page.status(), page::toString);
        assertEquals("alice", page.seen().remoteUser());
    }

    void assertSignedOut() {
        assertSignedOut(browser);
    }

    /** A script that asks for something protected is told that nobody is signed in. */
    void assertSignedOut(Browser some) {
        assertEquals(401, some.fetch(url("/api/things")).status());
    }

    /**
     * A login that goes wrong on its way back is told so and comes to nothing; it is used up, and the
     * next one works.
     *
     * @return the page that tells it
     */
    Page assertLoginRefused(int status, String code, int tokenCalls) {
        Url callback = answered(WANTED);
        Page page = browser.navigate(callback.toString());
        assertRefusedAndUsedUp(callback, page, status, code, tokenCalls);
        return page;
    }

    /** An answer that is no true one is told so, and does no harm to the login that it imitates. */
    Page assertForgeryRefused(UnaryOperator<Parameters> forgery, String code) {
        Url callback = answered(WANTED);
        Page page = browser.navigate(bent(callback, forgery));
        assertRefusedAndKept(callback, page, 400, code);
        return page;
    }

    /** Told, come to nothing, and never to be redeemed again, not even by the same answer; the next login works. */
    void assertRefusedAndUsedUp(Url callback, Page page, int status, String code, int tokenCalls) {
        assertCameToNothing(page, status, code, tokenCalls);
        assertFalse(isPending(callback), "the login is pending still");
        assertNotRedeemedAgain(callback, tokenCalls);
        assertNextLoginWorks();
    }

    /** Told, come to nothing, without a call; the login is pending still, and its honest answer completes it. */
    void assertRefusedAndKept(Url callback, Page page, int status, String code) {
        assertCameToNothing(page, status, code, 0);
        assertStillCompletes(callback);
    }

    /** Begun anew without a word or a call; the login is pending still, and its honest answer completes it. */
    void assertStartedAnewAndKept(Url callback, Page page) {
        assertStartedAnew(page, 0);
        assertStillCompletes(callback);
    }

    /** Begun anew without a word, and marked so that this happens once. */
    void assertStartedAnew(Page page, int tokenCalls) {
        assertSentToProvider(page);
        assertTrue(asked(page).get("state").endsWith(RESTARTED), page::location);
        assertEquals(tokenCalls, tokenCalls(), "calls of the token endpoint");
        assertNobodySignedIn(browser);
    }

    private static boolean forgetsPendingLogin(SetCookie cookie) {
        return cookie.isRemoval() && cookie.name().matches(KeptLogin.COOKIE);
    }

    /** Told, with nothing to show for it: no redirect, no cookie, no half-made session, nobody signed in. */
    void assertCameToNothing(Page page, int status, String code, int tokenCalls) {
        assertCameToNothing(browser, page, status, code, tokenCalls);
    }

    void assertCameToNothing(Browser some, Page page, int status, String code, int tokenCalls) {
        assertRefused(page, status, code);
        assertFalse(page.headers().has("Location"), page::toString);
        assertTrue(page.cookiesSet().stream().allMatch(Scene::forgetsPendingLogin), page::toString);
        assertEquals(tokenCalls, tokenCalls(), "calls of the token endpoint");
        assertNobodySignedIn(some);
    }

    /** No login can even begin: told so, nobody is sent anywhere, and nothing is kept of it; the next one works. */
    Page assertNoLoginBegins(int status, String code) {
        int sessions = app.sessions().created();
        Page page = browser.navigate(url(WANTED));
        assertCameToNothing(page, status, code, 0);
        assertEquals(sessions, app.sessions().created(), "sessions");
        assertNextLoginWorks();
        return page;
    }

    /** By what the browser gets, and by what the container keeps: pending logins and no more. */
    private void assertNobodySignedIn(Browser some) {
        assertSignedOut(some);
        assertEquals(
                List.of(),
                app.sessions().attributeNames().stream()
                        .filter(name -> !name.startsWith(ATTEMPT) && !name.equals(INTERVAL))
                        .toList(),
                "more than pending logins is in the sessions");
    }

    /** The same answer once more: a fresh start, or told where it was one already, but no call. */
    private void assertNotRedeemedAgain(Url callback, int tokenCalls) {
        Page again = browser.navigate(callback.toString());
        if (stateOf(callback).endsWith(RESTARTED)) {
            assertRefused(again, 400, "login_not_found");
        } else {
            assertSentToProvider(again);
        }
        assertEquals(tokenCalls, tokenCalls(), "calls of the token endpoint");
    }

    private void assertStillCompletes(Url callback) {
        assertTrue(isPending(callback), "the login is no longer pending");
        provider.behaves();
        assertCompletes(callback, WANTED);
    }

    /** The answer signs the user in, who comes to the page that was asked for. */
    void assertCompletes(Url callback, String path) {
        Page page = browser.navigateFully(callback.toString());
        assertEquals(url(path), page.url().toString());
        assertSignedIn(page);
        assertEquals(1, tokenCalls(), "calls of the token endpoint");
    }

    /** Whether the login of an answer is kept for the browser, by the container or by itself. */
    boolean isPending(Url callback) {
        if (LoginState.isInCookies()) {
            String name = KeptLogin.nameOf(stateOf(callback));
            return browser.cookies().names().stream()
                    .anyMatch(cookie -> cookie.matches(KeptLogin.COOKIE) && cookie.endsWith("_" + name));
        }
        return app.sessions().attributeNames(browser).contains(attributeOf(callback));
    }

    /** The name in the session of the login that an answer belongs to. */
    static String attributeOf(Url callback) {
        return ATTEMPT + stateOf(callback);
    }

    /** The state of an answer, which may be within one that is signed. */
    static String stateOf(Url callback) {
        Parameters answer = callback.parameters();
        return answer.has("response") ? Json.string(claimsOf(answer.get("response")), "state") : answer.get("state");
    }

    /** What a JWT says, be it true or not. */
    static Map<String, Object> claimsOf(String jwt) {
        return part(jwt, 1);
    }

    /** What a JWT says of itself. */
    static Map<String, Object> headerOf(String jwt) {
        return part(jwt, 0);
    }

    private static Map<String, Object> part(String jwt, int number) {
        byte[] json = Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[number]);
        return Json.object(new String(json, StandardCharsets.UTF_8));
    }

    /** The page tells this failure, and one line of the log tells it under the same reference. */
    void assertRefused(Page page, int status, String code) {
        assertEquals(status, page.status(), page::toString);
        boolean html = page.header("Content-Type").startsWith("text/html");
        assertEquals(code, html ? found(CODE, page) : Json.string(page.json(), "code"));
        String reference = html ? found(REFERENCE, page) : Json.string(page.json(), "reference");
        List<Logs.Entry> told = logs.atLeast(Level.INFO).stream()
                .filter(entry -> entry.message().contains(reference))
                .toList();
        assertEquals(1, told.size(), logs::text);
        assertTrue(told.get(0).message().startsWith(code + " [" + reference + "] "), told.get(0)::message);
        assertFalse(told.get(0).message().contains("\n"), told.get(0)::message);
        assertNothingSecretIn(page.text());
        assertNothingSecretIn(logs.text());
    }

    private void assertNothingSecretIn(String text) {
        provider.secrets().stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .forEach(secret -> assertFalse(text.contains(secret), () -> secret + " is in " + text));
    }

    /** The provider is honest again, any pause after a failure is over, and the same browser signs in. */
    void assertNextLoginWorks() {
        provider.behaves();
        if (clock != null) {
            clock.pass(PAUSE);
        }
        assertSignedIn(logIn("/next"));
    }

    private static String found(Pattern pattern, Page page) {
        Matcher matcher = pattern.matcher(page.body());
        assertTrue(matcher.find(), page::toString);
        return matcher.group(1);
    }

    @Override
    public void close() {
        logs.close();
        app.close();
        provider.close();
        browser.close();
    }
}
