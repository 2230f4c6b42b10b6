package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Work;
import io.github.pkceauth.oidc.SealedAttempt.Place;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a visitor writes into a cookie, none opens that was not sealed here. */
class SealedAttemptFuzzTest {
    private static final Place PLACE =
            new Place("login", Samples.ISSUER, Samples.CLIENT_ID, "https://app.example/callback");
    private static final SealingKeys KEYS = new SealingKeys(List.of(Hashes.of("a key"), Hashes.of("another key")));

    @Fuzz
    void nothingOpensThatWasNotSealed(byte[] input) {
        String text = new String(input, UTF_8);
        assertNull(SealedAttempt.open(text, PLACE, "a-name", KEYS));
        assertNull(SealedAttempt.open(text, PLACE, text, KEYS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "-_", "AAAA=", "\u00e4"})
    void longCookiesCostNoMoreThanTheirLength(String part) throws Exception {
        Work.linear(size -> part.repeat(size / part.length()), text -> SealedAttempt.open(text, PLACE, "a-name", KEYS));
    }
}
