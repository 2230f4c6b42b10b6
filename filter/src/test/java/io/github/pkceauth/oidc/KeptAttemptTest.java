package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptAttemptTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsKeptComesBackWhole(boolean isRestart) {
        for (int i = 0; i < 100; i++) {
            LoginAttempt attempt = attempt(isRestart);

            assertEquals(attempt, KeptAttempt.of(attempt).attempt(attempt.state()));
        }
    }

    @Test
    void itShowsNothingOfTheVerifierOrTheForm() {
        LoginAttempt attempt = attempt(false);
        KeptAttempt kept = KeptAttempt.of(attempt);

        assertFalse(kept.toString().contains(String.valueOf(kept.verifier1())));
        assertFalse(kept.toString().contains("secret"));
    }

    private static LoginAttempt attempt(boolean isRestart) {
        SentForm form = SentForm.kept("/save", "a=secret", TestClock.START);
        LoginStart start = LoginStart.to("/page").with(form);
        return LoginAttempt.of(
                Samples.provider(),
                isRestart ? start.again() : start,
                "https://app.example/callback",
                TestClock.START,
                Duration.ofMinutes(10),
                null);
    }
}
