package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider, an application that signs its users in there, a browser and the log: and how a refusal
 * looks from outside.
 */
final class Scene implements AutoCloseable {

    private static final Pattern CODE = Pattern.compile("Error code: <code>([^<]*)</code>");
    private static final Pattern REFERENCE = Pattern.compile("Reference: <code>([^<]*)</code>");

    /** A shorter one may stand in a page by chance. */
    private static final int SHORTEST_SECRET = 8;

    final ScriptedProvider provider;
    final App app;
    final Logs logs;
    private Browser browser = Browser.open();
    private int tokenCallsBefore;

    private Scene(ScriptedProvider provider, App app) {
        this.provider = provider;
        this.app = app;
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

    private static Scene on(Container container, ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        return new Scene(
                provider, more.apply(App.on(container).against(provider)).start());
    }

    /** As if it had just been opened: an honest provider, a fresh browser, an empty log. */
    void reset() {
        provider.behaves();
        browser = Browser.open();
        logs.clear();
        tokenCallsBefore = provider.calls(ScriptedProvider.TOKEN);
    }

    Browser browser() {
        return browser;
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

    void assertSignedOut(Browser some) {
        assertEquals(401, some.fetch(url("/protected")).status());
    }

    /** A login that goes wrong is told so, comes to nothing, and does not stand in the way of the next. */
    void assertLoginRefused(int status, String code, int tokenCalls) {
        Page page = logIn("/wanted");
        assertRefused(page, status, code);
        assertEquals(tokenCalls, tokenCalls(), "calls of the token endpoint");
        assertSignedOut();
        assertNextLoginWorks();
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

    /** The provider is honest again, and the same browser signs in. */
    void assertNextLoginWorks() {
        provider.behaves();
        assertSignedIn(logIn("/next"));
    }

    /** No login can even begin: told so, nobody is sent anywhere, and nothing is kept of it. */
    void assertNoLoginBegins(int status, String code) {
        Page page = browser.navigate(url("/wanted"));
        assertRefused(page, status, code);
        assertFalse(page.headers().has("Location"), page::toString);
        assertEquals(0, tokenCalls());
        assertEquals(0, app.sessions().created());
    }

    /** After a failure there is a pause; then a login works again. */
    void assertLoginWorksBeforeLong() {
        Instant deadline = Instant.now().plusSeconds(30);
        Page page = logIn("/next");
        while (page.status() >= 500 && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            page = logIn("/next");
        }
        assertSignedIn(page);
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
