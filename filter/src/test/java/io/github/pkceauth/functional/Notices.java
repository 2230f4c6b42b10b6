package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;

/** What is to be seen of the provider's notices of logouts. */
final class Notices {

    /** Where the applications of these tests take them. */
    private static final String PATH = "/notice";

    private Notices() {}

    /** An application that takes notices, on Jetty. */
    static AppBuilder jetty() {
        return on(Container.JETTY);
    }

    static AppBuilder on(Container container) {
        return App.on(container).filterParam("backchannelLogoutPath", PATH);
    }

    static App app(Stage stage) {
        return app(stage, Container.JETTY);
    }

    static App app(Stage stage, Container container) {
        App app = stage.start(on(container));
        stage.logs().clear(); // it warns of its loneliness at the start
        return app;
    }

    static String address(App app) {
        return app.url(PATH);
    }

    static void assertHeeded(Page page) {
        assertEquals(200, page.status(), page::toString);
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("", page.body());
        assertNothingIsKeptBy(page);
    }

    /** OpenID Connect Back-Channel Logout 1.0 section 2.8. */
    static void assertRefused(Page page) {
        assertRefused(page, 400, "invalid_request");
    }

    static void assertRefused(Page page, int status, String error) {
        assertEquals(status, page.status(), page::toString);
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("application/json", page.header("Content-Type").replaceFirst(";.*", ""));
        assertEquals(Set.of("error", "error_description"), page.json().keySet());
        assertEquals(error, page.json().get("error"));
        assertNothingIsKeptBy(page);
    }

    private static void assertNothingIsKeptBy(Page page) {
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
    }

    static void assertEnded(App app, Browser browser) {
        assertEquals(401, browser.fetch(app.url("/api/things")).status());
    }

    static void assertStillSignedIn(App app, Browser browser, String name) {
        assertEquals(name, browser.fetch(app.url("/api/things")).seen().remoteUser());
    }

    /** What whoever reads the log has to look at. */
    static List<String> alarms(Logs logs) {
        return logs.atLeast(Level.WARNING).stream().map(Logs.Entry::toString).toList();
    }
}
