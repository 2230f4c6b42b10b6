package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens.fresh and Tokens.refreshed, as an application calls them; the policy refreshes nothing by itself here. */
class FreshTokensTest {

    private static final String ALICE = " for PkceUser[alice of ";

    private final CallingPage page = new CallingPage();
    private final ScriptedProvider provider = Refreshes.provider();

    @AutoClose
    private final Scene scene = Scene.clocked(
            provider,
            app -> app.servlet("/call", page)
                    .servlet("/public", page)
                    .filterParam("publicPaths", "/public")
                    .filterParam("sessionPolicy", "container"));

    private String call(String asked) {
        return scene.browser().navigate(scene.url("/call?" + asked)).body();
    }

    private void assertCalled(String expected, String asked) {
        String told = call(asked);
        assertTrue(told.startsWith(expected), told);
    }

    @Test
    void goodTokensAreHandedOutAsTheyAre() {
        Refreshes.signedInSince(scene, Refreshes.NOT_DUE);

        assertCalled("tokens" + ALICE, "fresh");

        assertEquals(0, provider.refreshCalls());
    }

    @Test
    void tokensThatAreDueAreRefreshedOnDemand() {
        Refreshes.signedInSince(scene, Refreshes.DUE);

        assertCalled("tokens" + ALICE, "fresh");
        assertCalled("tokens" + ALICE, "fresh");

        assertEquals(1, provider.refreshCalls());
        assertEquals(
                1, page.tokens().stream().map(Tokens::accessToken).distinct().count());
    }

    @Test
    void expiredTokensAreRefreshedOnDemand() {
        Refreshes.signedInSince(scene, Refreshes.EXPIRED);

        assertCalled("tokens" + ALICE, "fresh");

        assertEquals(1, provider.refreshCalls());
    }

    @Test
    void refreshedMeansAtOnceAndEachTime() {
        scene.signedIn();

        assertCalled("tokens" + ALICE, "refreshed");
        assertCalled("tokens" + ALICE, "refreshed");

        assertEquals(2, provider.refreshCalls());
        assertEquals(
                2, page.tokens().stream().map(Tokens::accessToken).distinct().count());
        assertEquals(0, provider.reuses());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fresh", "refreshed"})
    void withoutARefreshTokenTheFailureSaysWhatToDo(String asked) {
        provider.withoutRefreshTokens();
        Refreshes.signedInSince(scene, Refreshes.EXPIRED);

        assertCalled("REFRESH_IMPOSSIBLE (the provider issued no refresh token: let its registration", asked);
        assertTrue(call(asked).contains("offline_access"));
        assertTrue(call(asked).contains(ALICE), "the user stays");
    }

    @Test
    void withoutARefreshTokenGoodTokensAreHandedOut() {
        provider.withoutRefreshTokens();
        Refreshes.signedInSince(scene, Refreshes.DUE);

        assertCalled("tokens" + ALICE, "fresh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fresh", "refreshed"})
    void whileTheProviderIsDownTheFailureSaysSoAndTheUserStays(String asked) {
        Refreshes.signedInSince(scene, Refreshes.EXPIRED);
        provider.refresh().answers(503, "text/plain", "down");

        assertCalled("PROVIDER_UNREACHABLE (", asked);
        assertTrue(call(asked).contains(ALICE));
        assertEquals(1, provider.refreshCalls(), "in the pause nobody is asked");

        provider.behaves();
        scene.pass(Refreshes.FIRST_PAUSE);
        assertCalled("tokens" + ALICE, asked);
    }

    @Test
    void whileTheProviderIsDownDueTokensAreHandedOutAsTheyAre() {
        Refreshes.signedInSince(scene, Refreshes.DUE);
        provider.refresh().resets();

        assertCalled("tokens" + ALICE, "fresh");
        assertCalled("tokens" + ALICE, "fresh");

        assertEquals(1, provider.refreshCalls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fresh", "refreshed"})
    void aRefusalEndsTheLoginWithinTheRequest(String asked) {
        Refreshes.signedInSince(scene, Refreshes.EXPIRED);
        provider.endsGrants();

        String told = call(asked);

        assertTrue(told.startsWith("LOGIN_ENDED ("), told);
        assertTrue(told.contains("invalid_grant"), told);
        assertTrue(told.endsWith(" for null"), told);
        Refreshes.assertNoLoginIsKept(scene);
        Refreshes.assertMustSignIn(scene);
    }

    @Test
    void twoThreadsOfOneRequestShareARefresh() {
        Refreshes.signedInSince(scene, Refreshes.EXPIRED);

        assertCalled("tokens and tokens" + ALICE, "two-threads");

        assertEquals(1, provider.refreshCalls());
        assertEquals(
                1, page.tokens().stream().map(Tokens::accessToken).distinct().count());
    }

    @Test
    void requestsThatAskTogetherShareARefresh() throws Exception {
        Refreshes.signedInSince(scene, Refreshes.EXPIRED);

        List<Page> pages = Refreshes.together(scene, 8, "/call?fresh");

        assertTrue(pages.stream().allMatch(each -> each.body().startsWith("tokens" + ALICE)), pages::toString);
        assertEquals(1, provider.refreshCalls());
        assertEquals(
                1,
                page.tokens().stream()
                        .map(Tokens::accessToken)
                        .collect(Collectors.toSet())
                        .size());
    }

    @Test
    void dueTokensAreHandedOutWhileAnotherRequestRefreshesThem() throws Exception {
        Refreshes.signedInSince(scene, Refreshes.DUE);
        Gate gate = provider.refresh().waits();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Page> first = Refreshes.asked(scene, threads, "/call?fresh");
            gate.awaitArrival();

            assertCalled("tokens" + ALICE, "fresh");

            gate.open();
            assertTrue(Refreshes.answer(first).body().startsWith("tokens" + ALICE));
            assertEquals(1, provider.refreshCalls());
        } finally {
            threads.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fresh", "refreshed"})
    void whereNobodyIsSignedInThereAreNoTokens(String asked) {
        String told = scene.browser().navigate(scene.url("/public?" + asked)).body();

        assertEquals("LOGIN_REQUIRED (nobody is signed in on this request, so there are no tokens) for null", told);
    }

    @Test
    void theNextRequestHasTheRefreshedTokens() {
        scene.signedIn();
        call("refreshed");
        scene.pass(Duration.ofMinutes(30));
        call("fresh");

        assertEquals(page.tokens().get(0).accessToken(), page.tokens().get(1).accessToken());
    }
}
