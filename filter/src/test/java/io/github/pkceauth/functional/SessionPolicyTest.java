package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a login lasts within its session: sessionPolicy and maxSessionAge. */
class SessionPolicyTest {

    @Test
    void withoutARefreshTokenALoginLastsAsLongAsTheSession() {
        try (Scene scene = Scene.clocked(Refreshes.provider().withoutRefreshTokens(), app -> app)) {
            Refreshes.signedInSince(scene, Duration.ofDays(30));
            Refreshes.assertGoesOn(scene, 0);
        }
    }

    @Test
    void withARefreshTokenALoginIsRefreshed() {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 1);
        }
    }

    @Test
    void byPolicyContainerARefreshTokenIsNotUsed() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("sessionPolicy", "container"))) {
            Refreshes.signedInSince(scene, Duration.ofDays(30));
            Refreshes.assertGoesOn(scene, 0);
        }
    }

    @Test
    void byPolicyIdTokenALoginEndsWithItsIdToken() {
        try (Scene scene = Scene.clocked(
                ScriptedProvider.start().withIdTokensFor(Duration.ofHours(2)),
                app -> app.filterParam("sessionPolicy", "idToken"))) {
            Refreshes.signedInSince(scene, Duration.ofMinutes(119));
            Refreshes.assertGoesOn(scene, 0);

            scene.pass(Duration.ofMinutes(2));

            Refreshes.assertMustSignIn(scene);
            Refreshes.assertNoLoginIsKept(scene);
            assertEquals(0, scene.provider.refreshCalls());
        }
    }

    @Test
    void byPolicyRefreshALoginWithoutARefreshTokenEndsWithItsAccessToken() {
        try (Scene scene = Scene.clocked(
                Refreshes.provider().withoutRefreshTokens(), app -> app.filterParam("sessionPolicy", "refresh"))) {
            Refreshes.signedInSince(scene, Refreshes.DUE);
            Refreshes.assertGoesOn(scene, 0);

            scene.pass(Duration.ofMinutes(1));

            Refreshes.assertMustSignIn(scene);
            Refreshes.assertNoLoginIsKept(scene);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"container", "idToken", "refresh"})
    void noLoginIsOlderThanMaxSessionAge(String policy) {
        try (Scene scene =
                Refreshes.scene(app -> app.filterParam("sessionPolicy", policy).filterParam("maxSessionAge", "PT2H"))) {
            Refreshes.signedInSince(scene, Duration.ofMinutes(119));
            Refreshes.assertGoesOn(scene, policy.equals("refresh") ? 1 : 0);

            scene.pass(Duration.ofMinutes(2));

            Refreshes.assertMustSignIn(scene);
            Refreshes.assertNoLoginIsKept(scene);
        }
    }

    @Test
    void aRefreshDoesNotMakeALoginYounger() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("maxSessionAge", "PT3H"))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 1);
            scene.pass(Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 2);

            scene.pass(Refreshes.EXPIRED);

            Refreshes.assertMustSignIn(scene);
            assertEquals(2, scene.provider.refreshCalls());
        }
    }

    @Test
    void theNextLoginAfterTheEndIsAsLongAsTheFirst() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("maxSessionAge", "PT2H"))) {
            Refreshes.signedInSince(scene, Duration.ofMinutes(121));
            Refreshes.catchUp(scene);

            scene.assertSignedIn(scene.logIn("/again"));

            scene.pass(Duration.ofMinutes(50));
            Refreshes.assertGoesOn(scene, 0);
        }
    }
}
