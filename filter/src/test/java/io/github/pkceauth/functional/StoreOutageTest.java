package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.LogoutMessage;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Services;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store of the application's own that is full, or cannot be reached for a while. */
class StoreOutageTest {

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Services services = stage.kept(Services.none().with(SharedStore.class, LentStore.class));

    @BeforeEach
    void clear() {
        LentStore.isNew();
    }

    @Test
    void aStoreOfTheApplicationsOwnLetsTheFilterStartWithoutAWarning() {
        app();

        assertEquals(List.of(), Notices.alarms(stage.logs()));
    }

    @Test
    void twoApplicationsThatShareAStoreShareNotices() {
        App one = app();
        App other = app();
        Browser browser = stage.signedIn(other);

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(one)));

        Notices.assertEnded(other, browser);
    }

    @Test
    void aNoticeIsUsedUpOnAllNodes() {
        App one = app();
        App other = app();
        LogoutMessage message = provider.logoutNotice().signed();
        Notices.assertHeeded(message.sentTo(Notices.address(one)));

        Notices.assertRefused(message.sentTo(Notices.address(other)));
    }

    @Test
    void aNoticeThatCannotBeKeptIsToBeSentAgain() {
        App app = app();
        Browser browser = stage.signedIn(app);
        LogoutMessage message = provider.logoutNotice().signed();
        LentStore.isFull();

        Page page = message.sentTo(Notices.address(app));

        Notices.assertRefused(page, 503, "temporarily_unavailable");
        assertEquals("5", page.header("Retry-After"));
        Notices.assertStillSignedIn(app, browser, "alice");
    }

    @Test
    void theSameNoticeIsHeededWhenThereIsRoomAgain() {
        App app = app();
        Browser browser = stage.signedIn(app);
        LogoutMessage message = provider.logoutNotice().signed();
        LentStore.isFull();
        message.sentTo(Notices.address(app));
        LentStore.isBack();

        Notices.assertHeeded(message.sentTo(Notices.address(app)));

        Notices.assertEnded(app, browser);
    }

    @Test
    void aFullStoreForgetsNothing() {
        App app = app();
        Browser browser = stage.signedIn(app);
        provider.sendsLogoutToken(Notices.address(app));
        LentStore.isFull();
        provider.logoutNotice().aboutSession("another").sentTo(Notices.address(app));

        Notices.assertEnded(app, browser);
    }

    @Test
    void whereItCannotBeToldWhoIsSignedInAPageSaysSo() {
        App app = app();
        Browser browser = stage.signedIn(app);
        int calls = app.probe().calls();
        LentStore.isAway();

        Page page = browser.navigate(app.url("/home"));

        assertEquals(503, page.status());
        assertEquals("5", page.header("Retry-After"));
        assertEquals("no-store", page.header("Cache-Control"));
        assertTrue(page.body().contains("Sign-ins cannot be checked right now."), page::body);
        assertTrue(page.body().contains("store_unavailable"), page::body);
        assertEquals(calls, app.probe().calls());
    }

    @Test
    void whereItCannotBeToldWhoIsSignedInAScriptIsToldSo() {
        App app = app();
        Browser browser = stage.signedIn(app);
        LentStore.isAway();

        Page page = browser.fetch(app.url("/api/things"));

        assertEquals(503, page.status());
        assertEquals("5", page.header("Retry-After"));
        assertEquals("application/problem+json", page.header("Content-Type").replaceFirst(";.*", ""));
        assertEquals("store_unavailable", page.json().get("code"));
    }

    @Test
    void publicPagesAreShownToNobodyInParticular() {
        App app = stage.start(described().filterParam("publicPaths", "/open"));
        Browser browser = stage.signedIn(app);
        LentStore.isAway();

        Page page = browser.navigate(app.url("/open"));

        assertEquals(200, page.status());
        assertTrue(page.seen().isAnonymous(), page::toString);
    }

    @Test
    void theSessionIsNotLost() {
        App app = app();
        Browser browser = stage.signedIn(app);
        LentStore.isAway();
        browser.navigate(app.url("/home"));
        browser.fetch(app.url("/api/things"));
        LentStore.isBack();

        Notices.assertStillSignedIn(app, browser, "alice");
        assertEquals(1, app.sessions().count());
    }

    @Test
    void aLogoutWorksAllTheSame() {
        App app = app();
        Browser browser = stage.signedIn(app);
        LentStore.isAway();

        Page page = browser.navigate(app.url("/logout"));

        assertTrue(page.isRedirect(), page::toString);
        assertEquals(0, app.sessions().count());
    }

    @Test
    void aNewLoginHasToWait() {
        App app = app();
        LentStore.isAway();

        Page page = stage.browser().navigateFully(app.url("/home"));

        assertEquals(503, page.status());
        assertTrue(page.body().contains("store_unavailable"), page::body);
    }

    @Test
    void theLogSaysWhatIsWrongWithTheStore() {
        App app = app();
        Browser browser = stage.signedIn(app);
        LentStore.isAway();

        browser.navigate(app.url("/home"));

        List<String> alarms = Notices.alarms(stage.logs());
        assertEquals(1, alarms.size(), alarms::toString);
        assertTrue(
                alarms.get(0)
                        .matches(
                                "WARNING io.github.pkceauth store_unavailable \\[\\w+] the store of ended logins cannot"
                                        + " be used: nobody answers \\(GET /home\\)"),
                alarms::toString);
    }

    private App app() {
        return stage.start(described());
    }

    private AppBuilder described() {
        return Notices.jetty().classLoader(services);
    }
}
