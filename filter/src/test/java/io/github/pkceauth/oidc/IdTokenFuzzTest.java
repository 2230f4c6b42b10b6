package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.Base64URL;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import io.github.pkceauth.testkit.Json;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is made of good ID tokens, only what was signed is accepted. */
class IdTokenFuzzTest {

    @Fuzz
    void nothingIsAcceptedButWhatWasSigned(byte[] input) throws Exception {
        String token = new String(input, UTF_8);
        for (Verification verification : List.<Verification>of(SignedOnce::verifyByKeys, SignedOnce::verifyBySecret)) {
            Optional<IdToken> accepted = Work.bounded(input, 2_000_000, 4_000, () -> accepted(verification, token));
            if (accepted.isPresent()) {
                assertTrue(SignedOnce.isSignedOnce(token), () -> "forged: " + token);
                String payload = token.split("\\.", -1)[1];
                assertEquals(
                        Json.object(new String(Base64.getUrlDecoder().decode(payload), UTF_8)),
                        accepted.get().claims().values());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", ".", "eyJh", "\0"})
    void longTokensCostNoMoreThanTheirLength(String part) throws Exception {
        Work.linear(size -> part.repeat(size / part.length()), token -> accepted(SignedOnce::verifyByKeys, token));
        Work.linear(
                size -> SignedOnce.EDDSA.token() + part.repeat(size / part.length()),
                token -> accepted(SignedOnce::verifyByKeys, token));
        Work.linear(
                size -> "eyJhbGciOiJIUzI1NiJ9." + part.repeat(size / part.length()) + ".AAAA",
                token -> accepted(SignedOnce::verifyBySecret, token));
    }

    private interface Verification {
        IdToken of(String token) throws AuthFailure;
    }

    /** What the token's own header says is no secret: it would have to be known to whoever wrote it. */
    private static String[] secretsThatOnlyTheClientKnows(String token) {
        String header = Base64URL.from(token.split("\\.", 2)[0]).decodeToString();
        return Stream.of(SignedOnce.SECRET, SignedOnce.ACCESS_TOKEN)
                .filter(secret -> !header.contains(secret))
                .toArray(String[]::new);
    }

    private static Optional<IdToken> accepted(Verification verification, String token) {
        try {
            return Optional.of(verification.of(token));
        } catch (AuthFailure failure) {
            assertTrue(failure.reason().name().startsWith("ID_TOKEN_"), () -> "reason " + failure.reason());
            Wording.check(failure.getMessage(), secretsThatOnlyTheClientKnows(token));
            return Optional.empty();
        }
    }
}
