package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Services;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application's listener is told of logins, logouts and failures. */
class LoginEventsTest {

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Services services = stage.kept(Services.none().with(LoginListener.class, HeardEvents.class));

    @BeforeEach
    void forget() {
        HeardEvents.forget();
    }

    @Test
    void aLoginIsTold() {
        stage.signedIn(app());

        assertEquals(
                "alice",
                assertInstanceOf(LoginEvent.SignedIn.class, only()).user().getName());
    }

    @Test
    void aLogoutIsTold() {
        assertEnds(Cause.LOGOUT, (app, browser) -> browser.navigate(app.url("/logout")));
    }

    @Test
    void aLogoutByTheApplicationIsTold() {
        assertEnds(Cause.APPLICATION, (app, browser) -> browser.navigate(app.url("/home?do=logout")));
    }

    @Test
    void aNoticeOfTheProviderIsToldWhenItEndsASession() {
        assertEnds(Cause.BACKCHANNEL_LOGOUT, (app, browser) -> {
            provider.sendsLogoutToken(Notices.address(app));
            assertEquals(List.of(), HeardEvents.all());
            browser.navigate(app.url("/home"));
            browser.navigate(app.url("/home"));
        });
    }

    @Test
    void aFrameOfTheProviderIsTold() {
        assertEnds(
                Cause.FRONTCHANNEL_LOGOUT,
                (app, browser) -> browser.navigate(provider.frontChannelLogout(app.url("/frame"))));
    }

    @Test
    void anotherUserInTheSameBrowserIsTold() {
        App app = app();
        Browser browser = stage.browser();
        Page firstTab = browser.navigate(app.url("/first"));
        Page secondTab = browser.navigate(app.url("/second"));
        browser.followFully(firstTab);
        provider.signInAs("bob");
        HeardEvents.forget();

        browser.followFully(secondTab);

        List<LoginEvent> heard = HeardEvents.all();
        assertEquals(2, heard.size(), heard::toString);
        assertSignedOut(Cause.ANOTHER_USER, heard.get(0));
        assertEquals(
                "bob",
                assertInstanceOf(LoginEvent.SignedIn.class, heard.get(1)).user().getName());
    }

    @Test
    void aLogoutOfNobodyIsNotTold() {
        App app = app();

        stage.browser().navigate(app.url("/logout"));

        assertEquals(List.of(), HeardEvents.all());
    }

    @Test
    void aLoginThatFailsIsToldUnderTheReferenceOfItsPage() {
        provider.authorization().answersError("access_denied", "no");

        Page page = stage.browser().navigateFully(app().url("/home"));

        LoginEvent.Failed failed = assertInstanceOf(LoginEvent.Failed.class, only());
        assertEquals(Reason.ACCESS_DENIED, failed.failure().reason());
        assertTrue(page.body().contains(failed.reference()), page::body);
    }

    @Test
    void aNoticeThatIsRefusedIsTold() {
        App app = app();
        provider.logoutToken().withBrokenSignature();

        provider.sendsLogoutToken(Notices.address(app));

        assertEquals(
                Reason.LOGOUT_NOTICE_INVALID,
                assertInstanceOf(LoginEvent.Failed.class, only()).failure().reason());
    }

    @Test
    void aListenerThatFailsStopsNeitherTheLoginNorTheOtherListener() {
        Services both = stage.kept(Services.none()
                .with(LoginListener.class, FailingListener.class)
                .with(LoginListener.class, HeardEvents.class));
        App app = stage.start(App.jetty().classLoader(both));

        stage.signedIn(app).navigate(app.url("/logout"));

        assertEquals(2, HeardEvents.all().size());
        List<String> alarms = Notices.alarms(stage.logs());
        assertEquals(2, alarms.size(), alarms::toString);
        assertTrue(
                alarms.get(0)
                        .startsWith("WARNING io.github.pkceauth a LoginListener has failed, and is told the next event"
                                + " all the same"),
                alarms::toString);
    }

    /** What ends the login of the application's only user. */
    @FunctionalInterface
    private interface End {
        void comesTo(App app, Browser browser);
    }

    private void assertEnds(Cause cause, End end) {
        App app = app();
        Browser browser = stage.signedIn(app);
        HeardEvents.forget();

        end.comesTo(app, browser);

        assertSignedOut(cause, only());
    }

    private static void assertSignedOut(Cause cause, LoginEvent event) {
        LoginEvent.SignedOut out = assertInstanceOf(LoginEvent.SignedOut.class, event);
        assertEquals(cause, out.cause());
        assertEquals("alice", out.user().getName());
    }

    private static LoginEvent only() {
        List<LoginEvent> heard = HeardEvents.all();
        assertEquals(1, heard.size(), heard::toString);
        return heard.get(0);
    }

    private App app() {
        AppBuilder app = Notices.jetty().filterParam("frontchannelLogoutPath", "/frame");
        return stage.start(app.classLoader(services));
    }
}
