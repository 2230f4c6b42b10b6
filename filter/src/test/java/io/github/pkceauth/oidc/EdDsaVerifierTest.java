package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdDsaVerifierTest {

    /** RFC 8037 appendices A.2 and A.4. */
    private static final String KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    private static final String TOKEN = "eyJhbGciOiJFZERTQSJ9"
            + ".RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
            + ".hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    @Test
    void theSpecificationsExampleIsVerified() throws Exception {
        JWSObject jws = JWSObject.parse(TOKEN);

        assertTrue(jws.verify(verifier(KEY)));
        assertEquals("Example of Ed25519 signing", jws.getPayload().toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 100, 255, 256, 400, 511})
    void oneFlippedBitOfTheSignatureIsSeen(int bit) throws Exception {
        JWSObject jws = JWSObject.parse(TOKEN);
        byte[] signature = jws.getSignature().decode();
        signature[bit / 8] ^= (byte) (1 << (bit % 8));

        assertFalse(verifier(KEY).verify(jws.getHeader(), jws.getSigningInput(), Base64URL.encode(signature)));
    }

    @Test
    void oneFlippedBitOfTheContentIsSeen() throws Exception {
        JWSObject jws = JWSObject.parse(TOKEN);
        byte[] input = jws.getSigningInput().clone();
        input[30] ^= 1;

        assertFalse(verifier(KEY).verify(jws.getHeader(), input, jws.getSignature()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 65, 128})
    void aSignatureOfAWrongLengthIsNone(int length) throws Exception {
        JWSObject jws = JWSObject.parse(TOKEN);
        byte[] signature = Arrays.copyOf(jws.getSignature().decode(), length);

        assertFalse(verifier(KEY).verify(jws.getHeader(), jws.getSigningInput(), Base64URL.encode(signature)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 31, 33, 57})
    void aKeyOfAWrongLengthIsNone(int length) {
        byte[] bytes = Arrays.copyOf(new Base64URL(KEY).decode(), length);

        assertEquals(
                "an Ed25519 key has 32 bytes",
                assertThrows(
                                JOSEException.class,
                                () -> verifier(Base64URL.encode(bytes).toString()))
                        .getMessage());
    }

    @Test
    void anotherKeyVerifiesNothing() throws Exception {
        OctetKeyPair other = jwk(generator().generateKeyPair());

        assertFalse(JWSObject.parse(TOKEN).verify(new EdDsaVerifier(other)));
    }

    /** RFC 8032 section 5.1.2: the topmost bit of a key is the sign of x. */
    @Test
    void keysOfBothSignsAreRead() throws Exception {
        byte[] content = "content".getBytes(StandardCharsets.US_ASCII);
        JWSObject any = JWSObject.parse(TOKEN);
        Set<Boolean> signs = new HashSet<>();
        for (int tries = 0; signs.size() < 2 && tries < 200; tries++) {
            KeyPair pair = generator().generateKeyPair();
            OctetKeyPair jwk = jwk(pair);
            signs.add((jwk.getX().decode()[31] & 0x80) != 0);
            Signature signing = Signature.getInstance("Ed25519");
            signing.initSign(pair.getPrivate());
            signing.update(content);

            assertTrue(
                    new EdDsaVerifier(jwk).verify(any.getHeader(), content, Base64URL.encode(signing.sign())),
                    jwk::toString);
        }
        assertEquals(2, signs.size());
    }

    @Test
    void bothNamesOfTheAlgorithmAreSpoken() throws Exception {
        assertEquals(
                Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519), verifier(KEY).supportedJWSAlgorithms());
    }

    private static EdDsaVerifier verifier(String x) throws JOSEException {
        return new EdDsaVerifier(new OctetKeyPair.Builder(Curve.Ed25519, new Base64URL(x)).build());
    }

    private static KeyPairGenerator generator() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519");
    }

    private static OctetKeyPair jwk(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw)).build();
    }
}
