package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code mode=optional}: a site for everybody, which knows who is signed in. */
class OptionalModeTest {

    @AutoClose
    private final Scene scene = Scene.open(app -> app.filterParam("mode", "optional")
            .filterParam("roleRules", "/admin/* admin")
            .filterParam("rolesClaim", "roles"));

    @Test
    void everybodyPassesAndNothingIsKeptOfThem() {
        Page page = scene.browser().navigate(scene.url("/page?x=y"));

        assertEquals(200, page.status());
        assertTrue(page.seen().isAnonymous());
        assertFalse(page.headers().has("Set-Cookie"));
        assertFalse(page.headers().has("Cache-Control"));
        assertEquals(0, scene.app.sessions().created());
    }

    @Test
    void scriptsAndFormsPassAsWell() {
        assertEquals("GET", scene.browser().fetch(scene.url("/api")).seen().method());
        assertEquals(
                "POST",
                scene.browser()
                        .post(scene.url("/form"), Map.of("a", "b"))
                        .seen()
                        .method());
    }

    /** There is no login that it would have to be let through without. */
    @Test
    void preflightsAreTheApplications() {
        Page page = scene.browser()
                .request(scene.url("/api"))
                .method("OPTIONS")
                .header("Origin", "https://other.example")
                .header("Access-Control-Request-Method", "PUT")
                .send();

        assertEquals("OPTIONS", page.seen().method());
    }

    @Test
    void theLoginPathSignsInAndEveryPageKnowsWhoItIs() {
        Page page = scene.browser().navigateFully(scene.url("/login?returnTo=/page"));

        assertEquals(scene.url("/page"), page.url().toString());
        scene.assertSignedIn(page);
        scene.assertSignedIn(scene.browser().navigate(scene.url("/other")));
    }

    @Test
    void whatSignedInUsersSeeIsNotKeptForOthers() {
        scene.browser().navigateFully(scene.url("/login"));

        assertEquals("no-store", scene.browser().navigate(scene.url("/page")).header("Cache-Control"));
    }

    @Test
    void aPageWithARuleNeedsALoginAllTheSame() {
        scene.assertSentToProvider(scene.browser().navigate(scene.url("/admin/users")));
        assertEquals(401, Browser.open().fetch(scene.url("/admin/users")).status());
    }

    /** Whoever cannot be told from somebody else is nobody, and that is enough here. */
    @Test
    void aSessionThatHasEndedIsNobodys() {
        Browser browser = scene.browser();
        scene.assertSignedIn(browser.navigateFully(scene.url("/login?returnTo=/page")));

        scene.app.sessions().expireAll();

        assertTrue(browser.navigate(scene.url("/page")).seen().isAnonymous());
    }
}
