package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Form;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What needs more than one application, an administrator, or tokens that last for seconds: Keycloak has all of it. Where
 * tokens last, no refresh is due, and what ends a login at its next request is a notice.
 */
class KeycloakIT {

    private final Browser browser = Browser.trustingLoopback();
    private final World world = World.of(Product.KEYCLOAK);
    private final Shop shop = world.shop();
    private final Shop library = world.library();
    private final Keycloak keycloak = new Keycloak(world);

    @AfterEach
    void close() {
        browser.close();
    }

    private Page signedIn(Shop application, String user) {
        Page me = World.signIn(browser, application.url("/api/me"), user);
        assertEquals(200, me.status(), me::toString);
        return me;
    }

    private static String sid(Page me) {
        return Json.string(Json.object(me.json(), "claims"), "sid");
    }

    @Test
    void aPublicClientSignsInAndRefreshes() {
        Page me = signedIn(library, "bob");

        Page refreshed = browser.fetch(library.url("/refresh"));

        assertEquals(200, refreshed.status(), refreshed::toString);
        assertEquals(me.json().get("subject"), refreshed.json().get("subject"));
    }

    @Test
    void whoIsSignedInAtOneApplicationNeedsNoPasswordAtTheOther() {
        Page first = signedIn(shop, "alice");

        Page second = browser.navigateFully(library.url("/api/me"));

        assertEquals(200, second.status(), second::toString);
        assertEquals(first.json().get("subject"), second.json().get("subject"));
        assertEquals(sid(first), sid(second));
    }

    @Test
    void aSignOutAtOneApplicationIsToldToTheOther() {
        signedIn(library, "alice");
        // By the other name of this machine: cookies know no ports, and both sessions' have one name.
        Page front = browser.navigateFully(shop.urlAt("127.0.0.1", "/login"));
        assertTrue(front.body().contains("Signed in as"), front::body);
        assertEquals(200, library.account(browser).status());

        Page out = browser.followFully(browser.submit(front));

        assertTrue(out.body().contains("Nobody is signed in"), out::body);

        assertEquals(401, library.account(browser).status(), library::log);
    }

    @Test
    void whomAnAdministratorSignsOutIsSignedOutAtOnce() {
        Page me = signedIn(library, "alice");

        keycloak.signOut(Json.string(me.json(), "subject"));

        assertEquals(401, library.account(browser).status(), library::log);
        Page form = browser.navigateFully(library.url("/me"));
        assertTrue(form.form().fields().has("password"), form::toString);
    }

    @Test
    void aSessionThatAnAdministratorEndsTakesNoOtherWithIt() {
        Page mine = signedIn(library, "alice");
        Browser elsewhere = Browser.trustingLoopback();
        Page other = World.signIn(elsewhere, library.url("/api/me"), "alice");
        assertNotEquals(sid(mine), sid(other));

        keycloak.endSession(sid(mine));

        assertEquals(401, library.account(browser).status(), library::log);
        assertEquals(200, library.account(elsewhere).status(), library::log);
    }

    /** The shop is told of no sign-outs: it finds out when it refreshes. */
    @Test
    void withoutNoticesTheNextRefreshEndsTheLogin() {
        Page me = signedIn(shop, "alice");
        keycloak.endSession(sid(me));
        assertEquals(200, shop.account(browser).status());

        Page refused = browser.fetch(shop.url("/refresh"));

        assertEquals(401, refused.status(), refused::toString);
        assertEquals("login_ended", refused.json().get("code"));
        assertEquals(401, shop.account(browser).status());
        Page form = browser.navigateFully(shop.url("/me"));
        assertTrue(form.form().fields().has("password"), form::toString);
    }

    @Test
    void aLoginOutlivesItsAccessTokens() throws Exception {
        keycloak.accessTokensLast("library", "2");
        try {
            assertOutlivesItsAccessTokens(signedIn(library, "alice"));
        } finally {
            keycloak.accessTokensLast("library", "");
        }
    }

    private void assertOutlivesItsAccessTokens(Page me) throws Exception {
        Instant expiry = Instant.parse(Json.string(me.json(), "accessTokenExpiresAt"));
        for (int life = 1; life <= 2; life++) {
            past(expiry);

            Page later = library.account(browser);

            assertEquals(200, later.status(), library::log);
            assertEquals(me.json().get("sessionId"), later.json().get("sessionId"));
            Instant next = Instant.parse(Json.string(later.json(), "accessTokenExpiresAt"));
            assertTrue(next.isAfter(expiry), () -> next + " is not after " + me);
            expiry = next;
        }
    }

    private static void past(Instant moment) throws Exception {
        long millis = Math.max(
                0, Duration.between(Instant.now(), moment.plusSeconds(1)).toMillis());
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .get(millis + 10_000, TimeUnit.MILLISECONDS);
    }

    @Test
    void whoCancelsIsToldSoAndMayTryAgain() {
        keycloak.asksForConsent("library", true);
        try {
            Page consent = World.signIn(browser, library.url("/me"), "bob");
            Form form = consent.form();
            assertTrue(consent.body().contains("name=\"cancel\""), consent::body);

            Page cancelled = browser.followFully(browser.submit(
                    consent,
                    new Form(
                            form.action(),
                            form.method(),
                            form.fields().without("accept").with("cancel", "No"))));

            assertEquals(403, cancelled.status(), cancelled::toString);
            assertTrue(cancelled.body().contains("access_denied"), cancelled::body);
            assertTrue(library.log().contains("access_denied ["), library::log);
            assertEquals(401, library.account(browser).status());
        } finally {
            keycloak.asksForConsent("library", false);
        }
        assertEquals(200, browser.navigateFully(library.url("/me")).status());
    }

    /** Where its tokens tell roles out of the box, and where they do not. */
    @Test
    void rolesStandInTheAccessTokenAlone() {
        Page me = signedIn(shop, "alice");

        assertTrue(Json.list(me.json(), "roles").contains("admin"), me::body);
        assertFalse(Json.object(me.json(), "claims").containsKey("realm_access"), me::body);
    }
}
