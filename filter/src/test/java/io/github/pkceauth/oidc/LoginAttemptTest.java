package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginAttemptTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    /** R4, RFC 9700 section 2.1.1. */
    @Test
    void noTwoAttemptsShareAValue() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            LoginAttempt attempt = attempt(i % 2 == 0);
            for (String value : List.of(attempt.state(), attempt.nonce(), attempt.codeVerifier())) {
                assertTrue(seen.add(value), value);
            }
        }
    }

    /** R8: the issuer is kept with each flow. */
    @Test
    void anAttemptRemembersWhomItAsked() {
        LoginAttempt attempt = attempt(false);

        assertEquals(Samples.ISSUER, attempt.issuer());
        assertTrue(attempt.issuerExpected());
        assertEquals("https://app.example/callback", attempt.redirectUri());
        assertEquals("/page?x=y", attempt.target());
    }

    @Test
    void onlyARestartIsMarked() {
        assertFalse(LoginAttempt.isRestart(attempt(false).state()));
        assertTrue(LoginAttempt.isRestart(attempt(true).state()));
        assertFalse(LoginAttempt.isRestart(""));
    }

    @Test
    void anAttemptExpiresAtItsTimeAndNotBefore() {
        LoginAttempt attempt = attempt(false);

        assertFalse(attempt.isExpired(TestClock.START));
        assertFalse(attempt.isExpired(TestClock.START.plus(TIMEOUT).minusNanos(1)));
        assertTrue(attempt.isExpired(TestClock.START.plus(TIMEOUT)));
    }

    private static LoginAttempt attempt(boolean restart) {
        return LoginAttempt.of(
                Samples.provider(),
                restart ? LoginStart.to("/page?x=y").again() : LoginStart.to("/page?x=y"),
                "https://app.example/callback",
                TestClock.START,
                TIMEOUT,
                null);
    }
}
