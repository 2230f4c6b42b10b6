package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code silentLogin}: whom the provider knows is signed in without noticing; nobody else notices anything. */
class SilentLoginTest {

    @AutoClose
    private final Scene scene = Scene.clocked(app -> app.filterParam("mode", "optional")
            .filterParam("silentLogin", "true")
            .filterParam("clockSkew", "PT5M"));

    @Test
    void theFirstPageOnlyFindsOutWhetherTheBrowserKeepsCookies() {
        Page page = scene.browser().navigate(scene.url("/one"));

        assertTrue(page.seen().isAnonymous());
        assertEquals(1, page.cookiesSet().size());
        assertTrue(page.cookiesSet().get(0).isHttpOnly());
        assertEquals("Lax", page.cookiesSet().get(0).get("SameSite"));
        assertEquals(0, scene.app.sessions().created());
    }

    @Test
    void theSecondPageIsThatOfAUserWhomTheProviderKnows() {
        scene.browser().navigate(scene.url("/one"));

        Page asked = scene.browser().navigate(scene.url("/two?x=y"));

        scene.assertSentToProvider(asked);
        assertEquals("none", Scene.asked(asked).get("prompt"));
        Page page = scene.browser().followFully(asked);
        assertEquals(scene.url("/two?x=y"), page.url().toString());
        scene.assertSignedIn(page);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login_required",
                "interaction_required",
                "consent_required",
                "account_selection_required",
                "server_error"
            })
    void whomTheProviderDoesNotKnowSeesThePageAndIsNotAskedAboutAgain(String error) {
        scene.provider.authorization().answersError(error, "nobody is signed in");
        scene.browser().navigate(scene.url("/one"));

        Page page = scene.browser().navigateFully(scene.url("/two"));

        assertEquals(scene.url("/two"), page.url().toString());
        assertTrue(page.seen().isAnonymous());
        for (int i = 0; i < 3; i++) {
            assertTrue(scene.browser().navigate(scene.url("/more")).seen().isAnonymous());
        }
        assertEquals(1, scene.provider.calls(ScriptedProvider.AUTHORIZE));
        assertEquals(0, scene.tokenCalls());
    }

    /** Such as a crawler, which would see nothing of the site. */
    @Test
    void aBrowserWithoutCookiesIsNeverSentAway() {
        try (Browser crawler = Browser.withoutCookies()) {
            for (int i = 0; i < 5; i++) {
                assertEquals(200, crawler.navigate(scene.url("/page")).status());
            }
        }
        assertEquals(0, scene.provider.calls(ScriptedProvider.AUTHORIZE));
        assertEquals(0, scene.app.sessions().created());
    }

    @Test
    void onlyNavigationsAsk() {
        scene.browser().navigate(scene.url("/one"));

        assertTrue(scene.browser().fetch(scene.url("/api")).seen().isAnonymous());
        assertTrue(scene.browser()
                .post(scene.url("/form"), Map.of("a", "b"))
                .seen()
                .isAnonymous());
        assertTrue(scene.browser()
                .request(scene.url("/page"))
                .header("Accept", "text/html")
                .header("Sec-Purpose", "prefetch")
                .send()
                .seen()
                .isAnonymous());
        scene.assertSentToProvider(scene.browser().navigate(scene.url("/two")));
    }

    @Test
    void whoSignsOutIsNotSignedInAgainUnasked() {
        signInSilently();

        scene.browser().navigateFully(scene.url("/logout"));

        for (int i = 0; i < 3; i++) {
            assertTrue(scene.browser().navigate(scene.url("/page")).seen().isAnonymous());
        }
    }

    @Test
    void whoSignsInByTheLinkAfterwardsIsKnownAgain() {
        signInSilently();
        scene.browser().navigateFully(scene.url("/logout"));

        scene.assertSignedIn(scene.browser().navigateFully(scene.url("/login?returnTo=/page")));
    }

    @Test
    void aSessionThatOnlyEndedIsFollowedByAnother() {
        signInSilently();

        scene.app.sessions().expireAll();
        scene.pass(Duration.ofMinutes(2));

        scene.assertSignedIn(scene.browser().navigateFully(scene.url("/page")));
    }

    /** Such as one that the application ends at once, because it does not know the user. */
    @Test
    void aLoginThatDoesNotLastIsNotFollowedByTheNextAtOnce() {
        for (int i = 0; i < 3; i++) {
            scene.browser().navigateFully(scene.url("/page"));
            scene.app.sessions().expireAll();
        }

        assertTrue(scene.browser().navigate(scene.url("/page")).seen().isAnonymous());
        assertEquals(1, scene.provider.calls(ScriptedProvider.AUTHORIZE));
    }

    /** A host next door can set a cookie of that name for a longer path, which comes first and which nobody can replace. */
    @Test
    void aPlantedCookieDoesNotSendAnybodyInCircles() {
        scene.provider.authorization().answersError("login_required", "nobody is signed in");
        scene.browser().navigate(scene.url("/one"));
        String own = scene.browser().cookies().names().iterator().next();
        scene.browser().navigateFully(scene.url("/two"));

        Page page = scene.browser()
                .request(scene.url("/three"))
                .header("Accept", "text/html")
                .header("Cookie", own + "=ask-from-0; " + own + "=asked")
                .send();

        assertTrue(page.seen().isAnonymous());
    }

    /** The session's cookie may have stayed away from it, and would be replaced by another. */
    @ParameterizedTest
    @ValueSource(strings = {"https://other.example/", "http://127.0.0.1:1/"})
    void whoComesFromAnotherSiteIsNotAskedAboutYet(String from) {
        scene.browser().navigate(scene.url("/one"));

        Page page = scene.browser().clickFrom(from, scene.url("/two"));

        assertTrue(page.seen().isAnonymous());
        assertEquals(0, scene.provider.calls(ScriptedProvider.AUTHORIZE));
    }

    @Test
    void whoSignsInOnPurposeInTheMeantimeStaysSignedIn() {
        scene.browser().navigate(scene.url("/one"));
        Url silent = scene.answered("/two");
        scene.provider.signInAs("bob");
        scene.browser().navigateFully(scene.url("/login?returnTo=/page"));
        int calls = scene.tokenCalls();

        Page page = scene.browser().navigateFully(silent.toString());

        assertEquals("bob", page.seen().remoteUser());
        assertEquals(calls, scene.tokenCalls());
    }

    @Test
    void noCacheHandsTheCookieToOthers() {
        assertEquals("private", scene.browser().navigate(scene.url("/one")).header("Cache-Control"));
    }

    @Test
    void aProviderThatIsDownTakesNoPageAway() {
        scene.browser().navigate(scene.url("/one"));
        scene.provider.metadata().answers(500, "text/html", "<h1>oops</h1>");

        Page page = scene.browser().navigate(scene.url("/two"));

        assertTrue(page.seen().isAnonymous());
        assertTrue(scene.logs.text().contains("could not be signed in without noticing"), scene.logs::text);
    }

    @Test
    void anAnswerThatCannotBeBelievedSignsNobodyInAndShowsNoError() {
        scene.provider.idToken().withIssuer("https://evil.example");
        scene.browser().navigate(scene.url("/one"));

        Page page = scene.browser().navigateFully(scene.url("/two"));

        assertEquals(scene.url("/two"), page.url().toString());
        assertTrue(page.seen().isAnonymous());
        assertTrue(
                scene.logs.atLeast(Level.INFO).stream()
                        .anyMatch(entry -> entry.message().contains("https://evil.example")),
                scene.logs::text);
    }

    @Test
    void anAnswerThatComesTooLateSignsNobodyInAndAsksNobody() {
        scene.browser().navigate(scene.url("/one"));
        Url callback = scene.answered("/two");

        scene.pass(Duration.ofMinutes(11));
        Page page = scene.browser().navigateFully(callback.toString());

        assertEquals(scene.url("/two"), page.url().toString());
        assertTrue(page.seen().isAnonymous());
        assertEquals(0, scene.tokenCalls());
    }

    /** Neither the session nor any cookie is there: nobody is asked to sign in for a login that nobody wanted. */
    @Test
    void anAnswerThatNobodyWaitsForLeadsToTheFrontPage() {
        scene.browser().navigate(scene.url("/one"));
        Url callback = scene.answered("/two");

        try (Browser other = Browser.open()) {
            Page page = other.navigateFully(callback.toString());

            assertEquals(scene.url("/"), page.url().toString());
            assertTrue(page.seen().isAnonymous());
        }
        assertEquals(0, scene.tokenCalls());
    }

    @Test
    void aPublicPageOfAnApplicationWithLoginAsksAsWell() {
        try (Scene required =
                Scene.open(app -> app.filterParam("publicPaths", "/ /news/*").filterParam("silentLogin", "true"))) {
            required.browser().navigate(required.url("/news/1"));

            required.assertSignedIn(required.browser().navigateFully(required.url("/news/2")));
        }
    }

    @Test
    void withoutItNobodyIsAskedAndNoCookieIsSet() {
        try (Scene without = Scene.open(app -> app.filterParam("mode", "optional"))) {
            for (int i = 0; i < 2; i++) {
                Page page = without.browser().navigate(without.url("/page"));
                assertTrue(page.seen().isAnonymous());
                assertFalse(page.headers().has("Set-Cookie"));
            }
        }
    }

    private void signInSilently() {
        scene.browser().navigate(scene.url("/one"));
        scene.assertSignedIn(scene.browser().navigateFully(scene.url("/two")));
    }
}
