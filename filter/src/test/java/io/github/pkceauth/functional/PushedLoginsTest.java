package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users notice of pushed authorization requests: nothing, unless one fails, and then no more than a page. */
class PushedLoginsTest {

    private static AppBuilder silently(AppBuilder app) {
        return app.filterParam("mode", "optional").filterParam("silentLogin", "true");
    }

    private static Scene pushing(UnaryOperator<AppBuilder> more) {
        return Scene.clocked(ScriptedProvider.start().requiringPushedRequests().withAcrs("silver", "gold"), more);
    }

    private static int pushes(Scene scene) {
        return scene.provider.calls(ScriptedProvider.PAR);
    }

    @ParameterizedTest
    @EnumSource
    void aLoginGoesThereAndBack(Container container) {
        try (Scene scene = Scene.on(container, app -> app.filterParam("pushedAuthorization", "required"))) {
            scene.provider.withPushedRequests();
            Page page = scene.logIn("/wanted?a=b");
            assertEquals(scene.url("/wanted?a=b"), page.url().toString());
            scene.assertSignedIn(page);
            assertEquals(1, pushes(scene));
        }
    }

    @Test
    void aLoginFormAtTheProviderChangesNothing() {
        try (Scene scene = pushing(app -> app)) {
            scene.provider.withLoginForm();
            Page form = scene.browser().follow(scene.begin("/wanted"));
            Page page = scene.browser().followFully(scene.browser().submit(form));
            assertEquals(scene.url("/wanted"), page.url().toString());
            scene.assertSignedIn(page);
        }
    }

    @Test
    void aStepUpIsPushedWithWhatItAsksFor() {
        try (Scene scene = pushing(app -> app.filterParam("stepUp", "/payments/* acr=gold max_age=300"))) {
            scene.signedIn();
            Page page = scene.logIn("/payments/7");
            assertEquals(scene.url("/payments/7"), page.url().toString());
            scene.assertSignedIn(page);
            assertEquals("gold", scene.provider.pushedRequest().get("acr_values"));
            assertEquals("300", scene.provider.pushedRequest().get("max_age"));
            assertEquals(2, pushes(scene));
        }
    }

    @Test
    void aStepUpThatCannotBePushedLeavesTheUserSignedInAsBefore() {
        try (Scene scene = pushing(app -> app.filterParam("stepUp", "/payments/* acr=gold max_age=300"))) {
            scene.signedIn();
            scene.provider.pushed().withStatus(500);
            Page page = scene.logIn("/payments/7");
            scene.assertRefused(page, 503, "provider_unreachable");
            assertTrue(page.body().contains("%2Fpayments%2F7"), page::body);
            scene.assertSignedIn(scene.browser().navigate(scene.url("/home")));

            scene.provider.behaves();
            scene.assertSignedIn(scene.logIn("/payments/7"));
        }
    }

    @Test
    void aSilentLoginIsPushed() {
        try (Scene scene = pushing(PushedLoginsTest::silently)) {
            scene.browser().navigate(scene.url("/one"));
            Page page = scene.logIn("/two");
            assertEquals(scene.url("/two"), page.url().toString());
            scene.assertSignedIn(page);
            assertEquals("none", scene.provider.pushedRequest().get("prompt"));
            assertFalse(scene.provider.lastAuthorizationRequest().has("prompt"));
        }
    }

    /** Nor is each page of theirs a call to a provider that is in trouble already. */
    @Test
    void visitorsDoNotNoticeThatASilentLoginCannotBePushed() {
        try (Scene scene = pushing(PushedLoginsTest::silently)) {
            scene.provider.pushed().answers(400, "application/json", "{\"error\":\"invalid_request\"}");
            scene.browser().navigate(scene.url("/one"));
            for (int i = 0; i < 3; i++) {
                Page page = scene.browser().navigate(scene.url("/two"));
                assertEquals(200, page.status());
                assertTrue(page.seen().isAnonymous());
            }
            assertEquals(1, pushes(scene));
            assertEquals(0, scene.app.sessions().created());
        }
    }

    @Test
    void aLoginThatTookTooLongIsBegunAnewByAnotherPush() {
        try (Scene scene =
                pushing(app -> app.filterParam("loginTimeout", "PT1M").filterParam("clockSkew", "PT5M"))) {
            Url callback = scene.answered("/wanted?a=b");
            scene.pass(Duration.ofMinutes(2));
            Page restarted = scene.browser().navigate(callback.toString());
            scene.assertSentToProvider(restarted);
            assertTrue(scene.provider.pushedRequest().get("state").endsWith(Scene.RESTARTED));
            Page page = scene.browser().followFully(restarted);
            assertEquals(scene.url("/wanted?a=b"), page.url().toString());
            scene.assertSignedIn(page);
            assertEquals(2, pushes(scene));
        }
    }

    @Test
    void aRestartThatCannotBePushedIsTold() {
        try (Scene scene = pushing(app -> app)) {
            Url callback = scene.answered("/wanted");
            scene.provider.pushed().withStatus(500);
            Page page = scene.browser().navigate(Scene.bent(callback, answer -> answer.with("state", "x")));
            scene.assertRefused(page, 503, "provider_unreachable");
            assertTrue(scene.isPending(callback));
            scene.provider.behaves();
            scene.assertCompletes(callback, "/wanted");
        }
    }

    @Test
    void aRefusalLeavesNeitherSessionNorCookieAndLeadsBack() {
        try (Scene scene = pushing(app -> app)) {
            scene.provider.pushed().answers(400, "application/json", "{\"error\":\"invalid_request\"}");
            Page page = scene.browser().navigate(scene.url("/wanted?a=b"));
            scene.assertRefused(page, 502, "authorization_request_refused");
            assertEquals(0, page.cookiesSet().size());
            assertEquals(Set.of(), Set.copyOf(scene.browser().cookies().names()));
            assertEquals(0, scene.app.sessions().created());
            assertEquals("no-store", page.header("Cache-Control"));
            assertTrue(page.body().contains("%2Fwanted%3Fa%3Db"), page::body);
            assertFalse(page.body().contains("invalid_request"), page::body);
            assertTrue(scene.logs.text().contains("'invalid_request'"), scene.logs::text);
        }
    }

    @Test
    void aPendingLoginOfAnotherTabOutlivesARefusal() {
        try (Scene scene = pushing(app -> app)) {
            Url first = scene.answered("/first");
            scene.provider.pushed().answers(400, "application/json", "{\"error\":\"invalid_request\"}");
            scene.assertRefused(scene.browser().navigate(scene.url("/second")), 502, "authorization_request_refused");
            scene.provider.behaves();
            scene.assertCompletes(first, "/first");
        }
    }

    @Test
    void aFormIsKeptForALoginThatIsPushed() {
        try (Scene scene = pushing(app -> app.filterParam("replayPost", "true"))) {
            Page begun = scene.browser().post(scene.url("/form"), Map.of("a", "b"));
            scene.assertSentToProvider(begun);
            assertFalse(scene.provider.pushedRequest().has("a"));
            Page page = scene.browser().followFully(begun);
            assertEquals("POST", page.seen().method());
            assertEquals(scene.url("/form"), page.url().toString());
        }
    }

    @Test
    void hintsOfALinkArePushed() {
        try (Scene scene = pushing(app -> app.filterParam("forwardedParameters", "login_hint"))) {
            Page begun = scene.browser().navigate(scene.url("/login?login_hint=alice%40example.com"));
            scene.assertSentToProvider(begun);
            assertFalse(begun.location().contains("alice"), begun::location);
            assertEquals("alice@example.com", scene.provider.pushedRequest().get("login_hint"));
        }
    }

    @Test
    void twoTabsLogInIndependently() {
        try (Scene scene = pushing(app -> app)) {
            Url one = scene.answered("/one");
            Url two = scene.answered("/two");
            scene.assertCompletes(one, "/one");
            Page page = scene.browser().navigateFully(two.toString());
            assertEquals(scene.url("/two"), page.url().toString());
            scene.assertSignedIn(page);
        }
    }

    /** Whoever has the reference has no browser that waits for its answer. */
    @Test
    void aRequestUriOfSomebodyElseSignsNobodyIn() {
        try (Scene scene = pushing(app -> app);
                Browser mallory = Browser.open()) {
            scene.provider.signInAs("mallory");
            Parameters trap = Scene.asked(scene.begin(mallory, "/wanted"));
            Page page =
                    scene.browser().navigateFully(trap.appendTo(scene.provider.address(ScriptedProvider.AUTHORIZE)));
            assertFalse(page.url().toString().endsWith("/wanted"), page::toString);
            assertEquals(
                    2,
                    scene.provider.requests(ScriptedProvider.AUTHORIZE).size(),
                    "the trap, and a fresh start of the user's own");
        }
    }
}
