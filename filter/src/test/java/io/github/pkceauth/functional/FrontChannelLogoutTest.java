package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider has browsers load in a frame, beyond R90. */
class FrontChannelLogoutTest {

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final App app = Frames.app(stage);

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "HEAD", "DELETE"})
    void otherMethodsThanGetEndNothing(String method) {
        Browser browser = stage.signedIn(app);

        Page page = browser.request(frame()).method(method).send();

        assertEquals(405, page.status());
        assertEquals("GET", page.header("Allow"));
        Notices.assertStillSignedIn(app, browser, "alice");
    }

    @ParameterizedTest
    @CsvSource({"Sec-Purpose, prefetch", "Purpose, prefetch"})
    void aPrefetchEndsNothing(String name, String value) {
        Browser browser = stage.signedIn(app);

        Page page = browser.request(frame()).header(name, value).send();

        assertEquals(503, page.status());
        Notices.assertStillSignedIn(app, browser, "alice");
    }

    /** The frame of another site comes without the cookie, unless the deployment says SameSite=None. */
    @Test
    void aBrowserWithoutASessionIsShownTheSame() {
        Page page = stage.browser().navigate(frame());

        Frames.assertShown(page);
        assertEquals(0, app.sessions().created());
        assertTrue(page.cookiesSet().isEmpty(), page::toString);
    }

    @Test
    void anotherSiteThatDoesNotKnowTheSessionIdSignsNobodyOut() {
        Browser browser = stage.signedIn(app);

        Page page =
                browser.clickFrom("https://evil.example/", app.url("/frame?iss=" + provider.issuer() + "&sid=a-guess"));

        assertEquals(400, page.status());
        Notices.assertStillSignedIn(app, browser, "alice");
        assertEquals(List.of(), Notices.alarms(stage.logs()));
    }

    @Test
    void aFrameIsLoadedTwiceWithoutHarm() {
        Browser browser = stage.signedIn(app);
        browser.navigate(frame());

        Frames.assertShown(browser.navigate(frame()));
    }

    @Test
    void withoutTheParameterThePathIsTheApplications() {
        App ordinary = stage.app();
        Browser browser = stage.signedIn(ordinary);

        Page page = browser.navigate(provider.frontChannelLogout(ordinary.url("/frame")));

        assertEquals("alice", page.seen().remoteUser());
    }

    private String frame() {
        return provider.frontChannelLogout(app.url("/frame"));
    }
}
