package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of a login, at each product alike. */
@ParameterizedClass
@EnumSource
class ProviderIT {

    private final Browser browser = Browser.trustingLoopback();

    private final World world;
    private final Shop shop;

    ProviderIT(Product product) {
        world = World.of(product);
        shop = world.shop();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private Page signedIn(String path, String user) {
        return World.signIn(browser, shop.url(path), user);
    }

    private void assertAsksForTheForm(Page page) {
        assertTrue(page.url().toString().startsWith("http://127.0.0.1:" + world.providerPort()), page::toString);
        assertTrue(page.form().fields().has("password"), page::toString);
    }

    // Signing in

    @Test
    void aliceSignsInByTheFormAndIsKnownWithHerRole() {
        Page me = signedIn("/api/me", "alice");

        assertEquals(shop.url("/api/me"), me.url().toString());
        assertEquals(world.issuer(), me.json().get("issuer"));
        assertEquals("alice", Json.object(me.json(), "claims").get("preferred_username"));
        assertTrue(Json.list(me.json(), "roles").contains("admin"), me::body);
        assertEquals(200, browser.navigate(shop.url("/admin")).status());
    }

    @Test
    void bobSignsInByTheFormAndMayNotDoWhatAliceMay() {
        Page admin = signedIn("/admin", "bob");

        assertEquals(403, admin.status());
        assertFalse(Json.list(shop.account(browser).json(), "roles").contains("admin"));
    }

    @Test
    void thePageThatWasAskedForComesBackWithItsQuery() {
        Page page = signedIn("/me?tab=1&q=a%20b%2Fc+%C3%A9&empty=&q=", "alice");

        assertEquals(
                shop.url("/me?tab=1&q=a%20b%2Fc+%C3%A9&empty=&q="), page.url().toString());
    }

    @Test
    void afterAWrongPasswordTheRightOneSignsIn() {
        Page form = browser.navigateFully(shop.url("/me"));

        Page again = World.signIn(browser, form, "alice", "a wrong one");
        assertAsksForTheForm(again);
        assertEquals(401, shop.account(browser).status());

        Page me = World.signIn(browser, again, "alice", "alice");
        assertEquals(shop.url("/me"), me.url().toString());
        assertEquals(200, me.status());
    }

    @Test
    void twoTabsEachLandOnTheirOwnPage() {
        Page one = browser.navigateFully(shop.url("/me?tab=one"));
        Page other = browser.navigateFully(shop.url("/me?tab=other"));

        assertEquals(
                shop.url("/me?tab=other"),
                World.signIn(browser, other, "alice", "alice").url().toString());
        // What the provider makes of its form in a tab whose user has signed in by now is its own affair.
        Page first = World.signIn(browser, one, "alice", "alice");
        assertEquals(200, browser.navigateFully(shop.url("/me?tab=one")).status(), first::toString);
    }

    /** Another name of the host is another session at the application, and the same one at the provider. */
    @Test
    void aSecondSessionNeedsNoPassword() {
        Page first = signedIn("/api/me", "alice");

        Page second = browser.navigateFully(shop.urlAt("127.0.0.1", "/api/me"));

        assertEquals(first.json().get("subject"), second.json().get("subject"));
        assertNotEquals(first.json().get("sessionId"), second.json().get("sessionId"));
    }

    // Refreshing

    @Test
    void refreshesAreAnsweredAgainAndAgain() {
        Page me = signedIn("/api/me", "alice");
        // Keycloak counts whole seconds to a token's end, from when it writes its answer.
        Instant before =
                Instant.parse(Json.string(me.json(), "accessTokenExpiresAt")).minusSeconds(2);

        for (int i = 0; i < 4; i++) {
            Page refreshed = browser.fetch(shop.url("/refresh"));
            assertEquals(200, refreshed.status(), refreshed::toString);
            assertEquals(me.json().get("subject"), refreshed.json().get("subject"));
            assertEquals(me.json().get("roles"), refreshed.json().get("roles"));
            assertFalse(Instant.parse(Json.string(refreshed.json(), "accessTokenExpiresAt"))
                    .isBefore(before));
        }
    }

    @Test
    void refreshesOfManyWindowsTogetherLeaveTheLoginWhole() throws Exception {
        signedIn("/me", "alice");
        ExecutorService windows = Executors.newFixedThreadPool(8);
        try {
            List<Future<Page>> asked = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                Browser window = Browser.trustingLoopback().copyCookiesFrom(browser);
                asked.add(windows.submit(() -> window.fetch(shop.url("/refresh"))));
            }
            for (Future<Page> each : asked) {
                assertEquals(200, each.get().status(), () -> shop.log());
            }
        } finally {
            windows.shutdownNow();
        }
        assertEquals(200, browser.fetch(shop.url("/refresh")).status());
    }

    // Signing out

    @Test
    void aSignOutEndsTheSessionAtTheProviderAndComesBack() {
        signedIn("/me", "alice");

        Page out = shop.signOut(browser);

        assertEquals(shop.url("/"), out.url().toString());
        assertEquals(200, out.status());
        assertTrue(out.body().contains("Nobody is signed in"), out::body);
        assertTrue(
                browser.addresses().stream().anyMatch(address -> address.startsWith(shop.url("/?state="))),
                () -> browser.addresses().toString());
        assertEquals(401, shop.account(browser).status());
        assertAsksForTheForm(browser.navigateFully(shop.url("/me")));
    }

    @Test
    void afterASignOutSomebodyElseMaySignIn() {
        signedIn("/me", "alice");
        shop.signOut(browser);

        Page me = signedIn("/api/me", "bob");

        assertEquals("bob", Json.object(me.json(), "claims").get("preferred_username"));
    }

    // What the product itself refuses

    @Test
    void aCodeIsRedeemedOnce() {
        CodeFlow flow = new CodeFlow(world);
        String code = flow.code();

        assertEquals(200, flow.redeem(code, CodeFlow.VERIFIER).statusCode());
        assertRefused(flow.redeem(code, CodeFlow.VERIFIER));
    }

    @Test
    void aCodeOfALoginThatIsDoneIsWorthNothing() {
        Page form = browser.navigateFully(shop.url("/me"));
        Page answer = World.submitted(browser, form, "alice", "alice");
        while (!answer.location().startsWith(shop.url("/callback"))) {
            answer = browser.follow(answer);
        }
        String code = answer.redirectTarget().parameters().get("code");
        String callback = answer.location();
        assertEquals(200, browser.followFully(answer).status());

        assertRefused(new CodeFlow(world).redeem(code, CodeFlow.VERIFIER));
        Page again = browser.navigateFully(callback);
        assertEquals(shop.url("/"), again.url().toString());
    }

    @Test
    void anotherVerifierIsRefused() {
        CodeFlow flow = new CodeFlow(world);

        assertRefused(flow.redeem(flow.code(), "another-verifier-than-that-of-the-challenge-0"));
    }

    @Test
    void aRequestWithoutAChallengeIsRefused() {
        assertRefusedAtTheFrontDoor(
                new CodeFlow(world).request().without("code_challenge").without("code_challenge_method"));
    }

    @Test
    void aPlainChallengeIsRefused() {
        assertRefusedAtTheFrontDoor(new CodeFlow(world)
                .request()
                .with("code_challenge", CodeFlow.VERIFIER)
                .with("code_challenge_method", "plain"));
    }

    private void assertRefusedAtTheFrontDoor(Parameters request) {
        CodeFlow flow = new CodeFlow(world);
        Page form = browser.navigateFully(flow.address(flow.request()));
        flow.untilCallback(browser, World.submitted(browser, form, "alice", "alice"));

        Parameters told = flow.untilCallback(browser, browser.navigate(flow.address(request)));

        assertEquals("invalid_request", told.get("error"));
        assertFalse(told.has("code"), told::toString);
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertEquals(400, answer.statusCode(), answer::body);
        assertEquals("invalid_grant", Json.object(answer.body()).get("error"));
    }

    // Outages

    @Test
    void aProviderThatIsGoneDisturbsNobodyAndComesBackWithOtherKeys() {
        signedIn("/me", "alice");
        Browser other = Browser.trustingLoopback();
        Page form = other.navigateFully(shop.url("/me"));
        Page answer = World.submitted(other, form, "bob", "bob");
        while (!answer.location().startsWith(shop.url("/callback"))) {
            answer = other.follow(answer);
        }
        world.stopProvider();
        try {
            assertEquals(200, shop.account(browser).status());
            Page refused = browser.fetch(shop.url("/refresh"));
            assertEquals(503, refused.status(), refused::toString);
            assertEquals("provider_unreachable", refused.json().get("code"));
            assertEquals(200, shop.account(browser).status());
            Page late = other.follow(answer);
            assertEquals(503, late.status(), late::toString);
            assertTrue(late.body().contains("provider_unreachable"), late::body);
        } finally {
            world.startProvider();
        }
        assertEquals(200, shop.account(browser).status());

        other.cookies().clear();
        Page me = World.signIn(other, shop.url("/api/me"), "bob");
        assertEquals("bob", Json.object(me.json(), "claims").get("preferred_username"));

        // The old login's refresh token is nobody's now.
        Page ended = browser.fetch(shop.url("/refresh"));
        assertEquals(401, ended.status(), ended::toString);
        assertEquals("login_ended", ended.json().get("code"));
        assertEquals(401, shop.account(browser).status());
    }
}
