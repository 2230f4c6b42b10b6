package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A good ID token is accepted, and none that differs from it in a single bit, wherever that is. */
class BitFlipTest {

    private static final Set<Reason> FORGED = Set.of(
            Reason.ID_TOKEN_MALFORMED,
            Reason.ID_TOKEN_ALGORITHM,
            Reason.ID_TOKEN_KEY_UNKNOWN,
            Reason.ID_TOKEN_SIGNATURE);

    @ParameterizedTest
    @EnumSource
    void everySingleBitCounts(SignedOnce original) throws Exception {
        assertEquals("alice", verify(original, original.token()).subject());
        byte[] bytes = original.token().getBytes(ISO_8859_1);
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            int at = bit;
            bytes[at / Byte.SIZE] ^= (byte) (1 << at % Byte.SIZE);
            String forged = new String(bytes, ISO_8859_1);
            AuthFailure failure =
                    assertThrows(AuthFailure.class, () -> verify(original, forged), () -> "bit " + at + ": " + forged);
            assertTrue(FORGED.contains(failure.reason()), () -> "bit " + at + ": " + failure.reason());
            bytes[at / Byte.SIZE] ^= (byte) (1 << at % Byte.SIZE);
        }
    }

    private static IdToken verify(SignedOnce original, String token) throws AuthFailure {
        return original == SignedOnce.HS256 ? SignedOnce.verifyBySecret(token) : SignedOnce.verifyByKeys(token);
    }
}
