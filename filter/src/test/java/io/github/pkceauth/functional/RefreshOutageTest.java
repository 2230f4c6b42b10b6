package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.JsonEndpoint;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Sessions;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of logins whose tokens cannot be refreshed because the provider fails. */
class RefreshOutageTest {

    private static final Duration GRACE = Duration.ofMinutes(5);

    private static Stream<Named<Consumer<JsonEndpoint>>> outages() {
        return Stream.of(
                Named.of("503", refresh -> refresh.answers(503, "text/plain", "down")),
                Named.of("no answer in time", JsonEndpoint::hangs),
                Named.of("no end in time", JsonEndpoint::hangsWithinBody),
                Named.of("reset", JsonEndpoint::resets),
                Named.of("HTML", refresh -> refresh.answers(200, "text/html", "<p>Under repair</p>")),
                Named.of("JSON without a token", refresh -> refresh.answersJson("{\"token_type\":\"Bearer\"}")),
                Named.of("redirect", refresh -> refresh.redirectsTo("https://login.example.com/")),
                Named.of("429", refresh -> refresh.answers(429, "application/json", "{\"error\":\"slow_down\"}")),
                Named.of(
                        "invalid_client",
                        refresh -> refresh.answers(401, "application/json", "{\"error\":\"invalid_client\"}")),
                Named.of("400 without words", refresh -> refresh.answers(400, "text/plain", "no")));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void aLoginIsKeptForAWhileWhateverTheProviderFailsBy(Consumer<JsonEndpoint> outage) {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("httpTimeout", "PT1S"))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            outage.accept(scene.provider.refresh());

            Refreshes.assertGoesOn(scene, 1);
            scene.pass(Duration.ofMinutes(4));
            Refreshes.assertGoesOn(scene, 2);
            scene.pass(Duration.ofMinutes(2));
            Refreshes.assertMustSignIn(scene);
        }
    }

    @Test
    void anOutageIsWarnedOfOnceAndNamesWhatFails() {
        try (Scene scene = down(Refreshes.scene())) {
            for (int i = 1; i <= 3; i++) {
                Refreshes.assertGoesOn(scene, i);
                scene.pass(Refreshes.LONGEST_PAUSE);
            }

            assertEquals(
                    1,
                    scene.logs.atLeast(Level.WARNING).stream()
                            .map(Logs.Entry::message)
                            .filter(text -> text.contains("could not be refreshed, which is tried again")
                                    && text.contains("503"))
                            .count(),
                    scene.logs::text);
        }
    }

    @Test
    void theProviderIsAskedLessAndLessOften() {
        try (Scene scene = down(Refreshes.scene())) {
            for (int second = 0; second < 290; second++) {
                scene.assertSignedIn(scene.browser().navigate(scene.url("/page")));
                scene.pass(Duration.ofSeconds(1));
            }

            // After 0, 2, 4, 8, 16, 32 seconds, and then every 30; the test itself takes time, too.
            int calls = scene.provider.refreshCalls();
            assertTrue(12 <= calls && calls <= 15, calls + " calls");
        }
    }

    @Test
    void onceTheProviderIsBackTheNextTrySucceeds() {
        try (Scene scene = down(Refreshes.scene())) {
            Refreshes.assertGoesOn(scene, 1);
            scene.provider.behaves();
            Refreshes.assertGoesOn(scene, 1);

            scene.pass(Refreshes.FIRST_PAUSE);

            Refreshes.assertGoesOn(scene, 2);
            Refreshes.assertGoesOn(scene, 2);
        }
    }

    @Test
    void anOutageWhileTheTokenIsGoodIsNoticedByNobody() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("refreshGrace", "PT0S"))) {
            Refreshes.signedInSince(scene, Refreshes.DUE);
            scene.provider.refresh().resets();

            Refreshes.assertGoesOn(scene, 1);
            Refreshes.assertGoesOn(scene, 1);
        }
    }

    @Test
    void withoutGraceALoginDoesNotOutliveItsTokens() {
        try (Scene scene = down(Refreshes.scene(app -> app.filterParam("refreshGrace", "PT0S")))) {
            Refreshes.assertMustSignIn(scene);
            scene.provider.behaves();
            scene.pass(Refreshes.FIRST_PAUSE);

            Refreshes.assertGoesOn(scene, 2);
        }
    }

    @Test
    void afterTheGraceTheNextRequestGoesOnWithoutALoginIfTheProviderIsBack() {
        try (Scene scene = down(Refreshes.scene())) {
            HttpSession session = afterTheGrace(scene);
            scene.provider.behaves();

            scene.pass(Refreshes.LONGEST_PAUSE);

            Refreshes.assertGoesOn(scene, 3);
            assertEquals(session, scene.app.sessions().of(scene.browser()));
        }
    }

    @Test
    void afterTheGraceALoginByTheSameUserKeepsWhatTheApplicationHasInTheSession() {
        try (Scene scene = down(Refreshes.scene())) {
            afterTheGrace(scene);
            Refreshes.catchUp(scene);
            String cookie = scene.browser().cookies().get("JSESSIONID");

            scene.assertSignedIn(scene.logIn("/again"));

            assertEquals(cookie, scene.browser().cookies().get("JSESSIONID"));
            assertTrue(Sessions.attributeNames(scene.app.sessions().of(scene.browser()))
                    .contains("basket"));
            int calls = scene.provider.refreshCalls();
            Refreshes.assertGoesOn(scene, calls);
        }
    }

    @Test
    void afterTheGraceALoginByAnotherUserSeesNothingOfTheSession() {
        try (Scene scene = down(Refreshes.scene())) {
            afterTheGrace(scene);
            Refreshes.catchUp(scene);
            scene.provider.signInAs("bob");

            assertEquals("bob", scene.logIn("/again").seen().remoteUser());

            assertTrue(!scene.app.sessions().attributeNames().contains("basket"));
        }
    }

    /** The session of a user with a basket, who is asked to sign in again. */
    private static HttpSession afterTheGrace(Scene scene) {
        scene.assertSignedIn(scene.browser().navigate(scene.url("/page?do=session&name=basket")));
        scene.pass(GRACE.plusSeconds(1));
        HttpSession session = scene.app.sessions().of(scene.browser());
        Refreshes.assertMustSignIn(scene);
        assertEquals(2, scene.provider.refreshCalls());
        return session;
    }

    @Test
    void whoComesBackAfterHoursHasTheGraceFromThen() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Duration.ofHours(8));
            scene.provider.refresh().resets();

            Refreshes.assertGoesOn(scene, 1);
            scene.pass(Duration.ofMinutes(4));
            Refreshes.assertGoesOn(scene, 2);
        }
    }

    @Test
    void noGraceGoesBeyondMaxSessionAge() {
        try (Scene scene = down(Refreshes.scene(
                app -> app.filterParam("refreshGrace", "PT5H").filterParam("maxSessionAge", "PT90M")))) {
            scene.pass(Duration.ofMinutes(28));
            Refreshes.assertGoesOn(scene, 1);

            scene.pass(Duration.ofMinutes(2));

            Refreshes.assertMustSignIn(scene);
            Refreshes.assertNoLoginIsKept(scene);
        }
    }

    @Test
    void aClockThatIsSetBackFreezesNothing() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Duration.ofHours(6));
            scene.provider.refresh().resets();
            Refreshes.assertGoesOn(scene, 1);

            scene.setClock(Duration.ofHours(-2));
            Refreshes.assertGoesOn(scene, 1);
            scene.provider.behaves();
            scene.pass(Refreshes.FIRST_PAUSE);

            Refreshes.assertGoesOn(scene, 2);
        }
    }

    @Test
    void aRotatedRefreshTokenIsKeptThoughItsIdTokenCannotBeVerifiedYet() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.rotateKeys();
            scene.provider.jwks().resets();
            Refreshes.assertGoesOn(scene, 1);
            scene.provider.behaves();

            scene.pass(Refreshes.LONGEST_PAUSE);

            Refreshes.assertGoesOn(scene, 2);
            assertEquals(0, scene.provider.reuses());
            scene.pass(Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 3);
        }
    }

    @Test
    void whileNothingCanBeVerifiedThereIsNoMoreThanTheGrace() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.rotateKeys();
            scene.provider.jwks().resets();
            Refreshes.assertGoesOn(scene, 1);

            scene.pass(GRACE.plusSeconds(1));

            Refreshes.assertMustSignIn(scene);
            assertEquals(0, scene.provider.reuses());
        }
    }

    @Test
    void requestsThatMeetARefreshWhichCannotBeVerifiedHaveNoMoreThanItsOldTokens() throws Exception {
        try (Scene scene = Refreshes.scene(
                app -> app.filterParam("refreshGrace", "PT0S").filterBefore("copies", new CopiedSessions(8)))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.rotateKeys();
            scene.provider.jwks().resets();

            for (Page page : Refreshes.together(scene, 8, "/page")) {
                assertEquals(401, page.status());
            }
            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @Test
    void aProviderThatIsDownAltogetherKeepsTheLoginAfterARestart() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.restart();
            scene.provider.everywhere().resets();
            Refreshes.assertGoesOn(scene, 0);
            scene.provider.behaves();

            scene.pass(Refreshes.LONGEST_PAUSE);

            Refreshes.assertGoesOn(scene, 1);
        }
    }

    private static Scene down(Scene scene) {
        Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);
        App app = scene.app;
        assertTrue(app.sessions().of(browser) != null);
        scene.provider.refresh().answers(503, "text/plain", "down");
        return scene;
    }
}
