package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When logins are refreshed, and what of them changes by it. */
class RefreshTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static Login loginOf(Scene scene) {
        return (Login) scene.app.sessions().of(scene.browser()).getAttribute("io.github.pkceauth.login.login");
    }

    // When

    @Test
    void aLoginThatIsNotDueIsNotRefreshed() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.NOT_DUE);
            Refreshes.assertGoesOn(scene, 0);
        }
    }

    @Test
    void aLoginIsRefreshedAheadOfItsExpiryAndThenNotForLong() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.DUE);
            Refreshes.assertGoesOn(scene, 1);
            Refreshes.assertGoesOn(scene, 1);

            scene.pass(Refreshes.NOT_DUE);
            Refreshes.assertGoesOn(scene, 1);
            scene.pass(Duration.ofSeconds(40));
            Refreshes.assertGoesOn(scene, 2);
        }
    }

    @Test
    void whereTheProviderNamesNoExpiryTheIdTokensCounts() {
        try (Scene scene =
                Scene.clocked(ScriptedProvider.start().withIdTokensFor(Duration.ofMinutes(10)), app -> app)) {
            scene.provider.token().without("expires_in");
            Refreshes.signedInSince(scene, Duration.ofMinutes(9));
            Refreshes.assertGoesOn(scene, 0);

            scene.pass(Duration.ofSeconds(50));

            Refreshes.assertGoesOn(scene, 1);
        }
    }

    @Test
    void anIdTokenFromBeforeTheRefreshDoesNotMakeTheNewAccessTokenExpired() {
        try (Scene scene = Scene.clocked(
                ScriptedProvider.start().withIdTokensFor(Duration.ofMinutes(10)).withoutIdTokenAtRefresh(),
                app -> app)) {
            scene.provider.token().without("expires_in");
            scene.provider.refresh().without("expires_in");
            Refreshes.signedInSince(scene, Duration.ofMinutes(11));

            Refreshes.assertGoesOn(scene, 1);
            Refreshes.assertGoesOn(scene, 1);
        }
    }

    @Test
    void aTokenThatIsExpiredFromTheStartIsRefreshedOncePerRequest() {
        try (Scene scene = Refreshes.scene()) {
            scene.signedIn();
            int before = scene.provider.refreshCalls();
            scene.provider.withAccessTokensFor(Duration.ZERO);
            scene.pass(Refreshes.EXPIRED);

            Refreshes.assertGoesOn(scene, before + 1);
            Refreshes.assertGoesOn(scene, before + 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoComesWhileTheTokenIsDueAndGoodDoesNotWaitForTheRefresh(Container container) throws Exception {
        try (Scene scene = Refreshes.scene(container)) {
            Refreshes.signedInSince(scene, Refreshes.DUE);
            Gate gate = scene.provider.refresh().waits();
            Future<Page> first = Refreshes.asked(scene, threads, "/first");
            gate.awaitArrival();

            Refreshes.assertGoesOn(scene, 1);
            assertFalse(first.isDone());

            gate.open();
            assertEquals(200, Refreshes.answer(first).status());
            Refreshes.assertGoesOn(scene, 1);
        }
    }

    // What changes, and what does not

    @ParameterizedTest
    @ValueSource(strings = {"honest", "without rotation", "without ID token"})
    void aLoginStaysTheSameByARefresh(String way) {
        ScriptedProvider provider = Refreshes.provider();
        switch (way) {
            case "without rotation" -> provider.withoutRotation();
            case "without ID token" -> provider.withoutIdTokenAtRefresh();
            default -> {}
        }
        try (Scene scene = Scene.clocked(provider, app -> app)) {
            scene.signedIn();
            Login before = loginOf(scene);
            String session = scene.browser().cookies().get("JSESSIONID");
            int renamed = scene.app.sessions().renamed();
            scene.pass(Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 1);
            scene.pass(Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 2);

            Login after = loginOf(scene);
            assertEquals(before.user().loginTime(), after.user().loginTime());
            assertEquals(before.user().sid(), after.user().sid());
            assertEquals(
                    before.user().claims().get("name"), after.user().claims().get("name"));
            assertEquals(before.id(), after.id());
            assertEquals(session, scene.browser().cookies().get("JSESSIONID"));
            assertEquals(renamed, scene.app.sessions().renamed(), "ids changed besides the login's");
            assertFalse(before.tokens().accessToken().equals(after.tokens().accessToken()));
            assertEquals(
                    way.equals("without rotation"),
                    after.tokens().refreshToken().equals(before.tokens().refreshToken()));
            assertEquals(
                    way.equals("without ID token"),
                    after.tokens().idToken().equals(before.tokens().idToken()));
            assertEquals(0, scene.provider.reuses());
        }
    }

    @Test
    void rolesAreThoseOfTheRefreshedIdToken() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("rolesClaim", "roles"))) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.NOT_DUE);
            String page = scene.url("/page?role=admin&role=auditor");
            assertTrue(browser.navigate(page).seen().hasRole("admin"));
            scene.provider.refreshedIdToken().withClaim("roles", List.of("auditor"));

            scene.pass(Duration.ofMinutes(2));

            Page after = browser.navigate(page);
            assertTrue(after.seen().hasRole("auditor"));
            assertFalse(after.seen().hasRole("admin"));
        }
    }

    @Test
    void claimsOfAnyKindSurviveARefresh() {
        ScriptedProvider provider = Refreshes.provider();
        provider.signInAs(
                "alice",
                Map.of(
                        "address",
                        Map.of("street", "Main Street", "numbers", List.of(1, 2.5, true)),
                        "deep",
                        List.of(List.of(Map.of("a", List.of("b")))),
                        "big",
                        new java.math.BigInteger("123456789012345678901234567890"),
                        "exact",
                        new java.math.BigDecimal("1.0000000000000000000001"),
                        "no",
                        false));
        provider.idToken().withClaim("nothing", null);
        provider.refreshedIdToken().withClaim("nothing", null);
        try (Scene scene = Scene.clocked(provider, app -> app)) {
            scene.signedIn();
            Map<String, Object> before = loginOf(scene).user().claims();
            scene.pass(Refreshes.EXPIRED);

            Refreshes.assertGoesOn(scene, 1);

            Map<String, Object> after = loginOf(scene).user().claims();
            for (String name : List.of("address", "deep", "big", "exact", "no")) {
                assertEquals(before.get(name), after.get(name), name);
            }
        }
    }

    @Test
    void inPlainOAuthUserinfoIsAskedAgain() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("scope", "profile email")
                .filterParam("principalClaim", "preferred_username")
                .filterParam("rolesClaim", "roles"))) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.userinfo().with("roles", List.of("auditor"));

            Page page = browser.navigate(scene.url("/page?role=auditor"));

            assertTrue(page.seen().hasRole("auditor"));
            assertEquals("alice", page.seen().remoteUser());
            assertEquals(2, scene.provider.calls(ScriptedProvider.USERINFO));
            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    // Dispatches and public pages

    @Test
    void anErrorDispatchKeepsTheUserAndDoesNotRefreshOnceMore() {
        try (Scene scene = Refreshes.scene(app -> app.errorPage("/oops"))) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.withAccessTokensFor(Duration.ZERO);

            Page page = browser.navigate(scene.url("/page?do=error"));

            assertEquals("ERROR", page.seen().dispatcherType());
            assertEquals("alice", page.seen().remoteUser());
            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"async-dispatch", "async-thread"})
    void asynchronousProcessingKeepsTheUserAndDoesNotRefreshOnceMore(String deed) {
        try (Scene scene = Refreshes.scene()) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.withAccessTokensFor(Duration.ZERO);

            Page page = browser.navigate(scene.url("/page?do=" + deed));

            assertEquals("alice", page.seen().remoteUser());
            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @Test
    void aPublicPageKnowsWhoIsSignedInByARefresh() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("publicPaths", "/public"))) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);

            assertEquals("alice", browser.navigate(scene.url("/public")).seen().remoteUser());

            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @Test
    void aPublicPageIsShownToNobodyInParticularWhenTheRefreshIsRefused() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("publicPaths", "/public"))) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.endsGrants();

            assertTrue(browser.navigate(scene.url("/public")).seen().isAnonymous());

            Refreshes.assertNoLoginIsKept(scene);
        }
    }

    @Test
    void nothingIsRefreshedForVisitors() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("publicPaths", "/public"))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            Browser visitor = Browser.open();

            visitor.navigate(scene.url("/public"));
            visitor.navigate(scene.url("/page"));

            assertEquals(0, scene.provider.refreshCalls());
        }
    }

    @Test
    void aRefreshIsAskedForAsTheSpecificationHasIt() {
        try (Scene scene = Refreshes.scene()) {
            scene.signedIn();
            String refreshToken = loginOf(scene).tokens().refreshToken();
            scene.pass(Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 1);

            Map<String, String> expected =
                    Map.of("grant_type", "refresh_token", "refresh_token", refreshToken, "client_id", "the-client");
            var form = scene.provider.requests(ScriptedProvider.TOKEN).get(1).form();
            expected.forEach((name, value) -> assertEquals(value, form.get(name)));
            assertEquals(Collections.emptyList(), form.all("scope"));
        }
    }
}
