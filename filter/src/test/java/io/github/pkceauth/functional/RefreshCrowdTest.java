package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many requests of one login at once, and a login that is replaced while it is refreshed. */
class RefreshCrowdTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static void assertAllPassed(List<Page> pages) {
        assertEquals(
                List.of(), pages.stream().filter(page -> page.status() != 200).toList());
    }

    @ParameterizedTest
    @EnumSource
    void whoComesTogetherAfterAnOutageOfTheirTokensSharesOneTry(Container container) throws Exception {
        try (Scene scene = Refreshes.scene(container)) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.refresh().answers(503, "text/plain", "down");

            assertAllPassed(Refreshes.together(scene, 8, "/page"));

            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @Test
    void whoComesTogetherWhenTheProviderHasEndedTheLoginIsToldSo() throws Exception {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.endsGrants();

            List<Page> pages = Refreshes.together(scene, 8, "/page");

            assertEquals(
                    List.of(),
                    pages.stream().filter(page -> page.status() != 401).toList());
            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void aSessionStoreThatHandsOutCopiesLeadsToNoSecondRefresh(int requests) throws Exception {
        try (Scene scene = Refreshes.scene(app -> app.filterBefore("copies", new CopiedSessions(requests)))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);

            assertAllPassed(Refreshes.together(scene, requests, "/page"));

            assertEquals(1, scene.provider.refreshCalls());
            assertEquals(0, scene.provider.reuses());
        }
    }

    @Test
    void aRefreshThatIsRefusedDoesNotEndTheLoginThatTookItsPlace() throws Exception {
        try (Scene scene = twoMinutes()) {
            Url second = signedInWithAnotherPending(scene);
            Gate gate = scene.provider.refresh().waits();
            Future<Page> held = Refreshes.asked(scene, threads, "/held");
            gate.awaitArrival();
            scene.provider.endsGrants();
            scene.assertSignedIn(scene.browser().navigateFully(second.toString()));

            gate.open();

            assertEquals("alice", Refreshes.answer(held).seen().remoteUser());
            Refreshes.assertGoesOn(scene, 1);
        }
    }

    @Test
    void aRefreshThatComesLateDoesNotTouchTheLoginThatTookItsPlace() throws Exception {
        try (Scene scene = twoMinutes()) {
            Url second = signedInWithAnotherPending(scene);
            LateAnswer late = new LateAnswer();
            scene.provider.refresh().once().does(late);
            Future<Page> held = Refreshes.asked(scene, threads, "/held");
            late.await();
            scene.assertSignedIn(scene.browser().navigateFully(second.toString()));
            Object login = login(scene);

            late.send();

            assertEquals("alice", Refreshes.answer(held).seen().remoteUser());
            assertEquals(login, login(scene));
            assertEquals(0, scene.provider.calls(ScriptedProvider.REVOKE));
        }
    }

    private static Object login(Scene scene) {
        return scene.app.sessions().of(scene.browser()).getAttribute("io.github.pkceauth.login.login");
    }

    private static Scene twoMinutes() {
        return Scene.clocked(Refreshes.provider().withAccessTokensFor(Duration.ofMinutes(2)), app -> app);
    }

    /** The answer to a login that another tab has begun before the user signed in; the tokens have expired. */
    private static Url signedInWithAnotherPending(Scene scene) {
        Url first = scene.answered("/first");
        Url second = scene.answered("/second");
        Browser browser = scene.browser();
        scene.assertSignedIn(browser.navigateFully(first.toString()));
        scene.pass(Duration.ofMinutes(3));
        Refreshes.catchUp(scene);
        return second;
    }
}
