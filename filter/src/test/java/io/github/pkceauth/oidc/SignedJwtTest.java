package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jwk.JWK;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import java.nio.charset.StandardCharsets;
import java.security.ProviderException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedJwtTest {

    private static final String PAYLOAD =
            "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt" + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    /** RFC 7515 appendix A.2: RS256. */
    private static final String RFC_RSA_KEY = "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\""
            + "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT"
            + "-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS"
            + "-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2e"
            + "thFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ\"}";

    private static final String RFC_RSA_TOKEN = "eyJhbGciOiJSUzI1NiJ9." + PAYLOAD
            + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9u"
            + "JdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN"
            + "9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLI"
            + "hWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    /** RFC 7515 appendix A.3: ES256. */
    private static final String RFC_EC_KEY = "{\"kty\":\"EC\",\"crv\":\"P-256\","
            + "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
            + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}";

    private static final String RFC_EC_TOKEN = "eyJhbGciOiJFUzI1NiJ9." + PAYLOAD
            + ".DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private static final SigningKey KEY = TestKeys.p256();
    private static final SigningKey STRANGER = SigningKey.generate("stranger", JWSAlgorithm.ES256);
    private static final Map<String, Object> CLAIMS = Map.of("iss", "joe");
    private static final Set<JWSAlgorithm> AGREED = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA);

    private static final Http HTTP = new Http(Tls.ofJvm(), Duration.ofSeconds(30), false);

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final TestClock clock = new TestClock();
    private final Discovery discovery = new Discovery(
            Samples.settings(provider.issuer()), Samples.KEYS_NEEDED, HTTP, Duration.ofSeconds(30), clock);
    private final Keys keys = new Keys(discovery, false, HTTP, Duration.ofSeconds(30), clock);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void theSpecificationsExamplesAreVerified() throws Exception {
        provider.jwks().answersJson("{\"keys\":[" + RFC_EC_KEY + "," + RFC_RSA_KEY + "]}");

        for (String token : List.of(RFC_RSA_TOKEN, RFC_EC_TOKEN)) {
            Claims claims = SignedJwt.parse(token).verifiedBy(keys, AGREED);

            assertEquals(Optional.of("joe"), claims.text("iss"));
            assertEquals(1300819380, claims.time("exp").orElseThrow().getEpochSecond());
            assertEquals(true, claims.get("http://example.com/is_root"));
        }
    }

    /** As of a key that is kept in hardware, which is away. */
    @Test
    void aSignatureThatThePlatformFailsToCheckIsNone() throws Exception {
        JWSVerifier broken = mock(JWSVerifier.class);
        when(broken.verify(any(), any(), any())).thenThrow(new ProviderException("no token in the slot"));

        assertFalse(SignedJwt.parse(RFC_EC_TOKEN).isSignedBy(broken));
    }

    @Test
    void aChangedContentIsSeen() {
        provider.jwks().answersJson("{\"keys\":[" + RFC_EC_KEY + "]}");
        String other = RFC_EC_TOKEN.replace(PAYLOAD, SignedText.encoded("{\"iss\":\"eve\"}"));

        assertEquals(Reason.ID_TOKEN_SIGNATURE, refused(other).reason());
    }

    @Test
    void oneFlippedBitOfTheSignatureIsSeen() {
        provider.jwks().answersJson("{\"keys\":[" + RFC_EC_KEY + "]}");
        int dot = RFC_EC_TOKEN.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(RFC_EC_TOKEN.substring(dot));
        signature[40] ^= 4;

        AuthFailure failure = refused(RFC_EC_TOKEN.substring(0, dot)
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature));

        assertEquals(Reason.ID_TOKEN_SIGNATURE, failure.reason());
        assertEquals("the token's signature is not of the provider's key with the kid null", failure.getMessage());
    }

    @Test
    void everyKindOfKeyVerifies() throws Exception {
        for (SigningKey key : List.of(TestKeys.rsa(), TestKeys.p256(), TestKeys.ed25519())) {
            assertEquals(
                    "joe",
                    SignedJwt.parse(SignedText.by(key, Map.of(), CLAIMS))
                            .verifiedBy(keys, AGREED)
                            .get("iss"));
        }
    }

    /** R47: the JDK takes a key that is no point of the curve, and fails when it is to verify something. */
    @Test
    void aSignatureThatCannotBeCheckedIsNone() {
        SigningKey key = TestKeys.ed25519();
        provider.jwks()
                .answersJson("{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"" + key.kid()
                        + "\",\"x\":\"AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}");

        assertEquals(
                Reason.ID_TOKEN_SIGNATURE,
                refused(SignedText.by(key, Map.of(), CLAIMS)).reason());
    }

    /** R47: neither unsigned nor encrypted, nor anything that is no token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "a.b",
                "a.b.c",
                "..",
                "a.b.c.d.e",
                "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.",
                "eyJhbGciOiJOT05FIn0.eyJpc3MiOiJqb2UifQ.",
                "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.AAAA",
                "e30.e30.AAAA",
                "{\"alg\":\"ES256\"}.{}.x"
            })
    void whatIsNoSignedJwtIsRefusedAndNotQuoted(String text) {
        AuthFailure failure = refused(text);

        assertTrue(
                failure.reason() == Reason.ID_TOKEN_MALFORMED || failure.reason() == Reason.ID_TOKEN_ALGORITHM,
                failure::toString);
        assertTrue(text.length() < 5 || !failure.getMessage().contains(text), failure::getMessage);
    }

    /** RFC 7515 section 2, RFC 4648 section 3.5: no padding, no foreign characters, no bits that nobody reads. */
    @Test
    void aTokenCanBeWrittenInOneWayOnly() {
        String token = SignedText.by(KEY, Map.of(), CLAIMS);
        char last = token.charAt(token.length() - 1); // four of its six bits are unused
        String begin = token.substring(0, token.length() - 1);
        for (String other : List.of(
                begin + (char) (last + 1),
                token + "=",
                token + "!",
                begin + "\n" + last,
                " " + token,
                token + " ",
                token.replaceFirst("\\.", "=."))) {
            AuthFailure failure = refused(other);

            assertEquals(Reason.ID_TOKEN_MALFORMED, failure.reason(), other);
        }
        assertEquals(
                "the token is not written in plain base64url without padding",
                refused(token + "!").getMessage());
    }

    /** Headers are remembered; what they stand in is verified each time. */
    @Test
    void aHeaderThatWasSeenBeforeVouchesForNothing() throws Exception {
        String token = SignedText.by(KEY, Map.of(), CLAIMS);
        SignedJwt.parse(token).verifiedBy(keys, AGREED);
        String forged = SignedText.by(STRANGER.named(KEY.kid()), Map.of(), CLAIMS);
        String header = token.substring(0, token.indexOf('.'));
        assertEquals(header, forged.substring(0, forged.indexOf('.')));

        assertEquals(Reason.ID_TOKEN_SIGNATURE, refused(forged).reason());
        assertEquals(
                Reason.ID_TOKEN_SIGNATURE,
                refused(token.substring(0, token.lastIndexOf('.')) + forged.substring(forged.lastIndexOf('.')))
                        .reason());
    }

    /** R58, RFC 7515 section 4.1.11. */
    @ParameterizedTest
    @ValueSource(strings = {"exp", "b64", "unknown"})
    void anyCriticalHeaderIsRefused(String name) {
        AuthFailure failure = refused(SignedText.by(KEY, Map.of("crit", List.of(name), name, true), CLAIMS));

        assertEquals(Reason.ID_TOKEN_MALFORMED, failure.reason());
    }

    /** R47: a key that the token brings is never looked at. */
    @Test
    void aKeyOfTheTokensOwnVerifiesNothing() {
        Map<String, Object> jwk = STRANGER.publicJwk();
        for (Map<String, Object> header : List.of(
                Map.<String, Object>of("jwk", jwk),
                Map.<String, Object>of("jwk", jwk, "kid", KEY.kid()),
                Map.<String, Object>of("jku", provider.address("/evil"), "kid", KEY.kid()),
                Map.<String, Object>of("x5u", provider.address("/evil"), "kid", KEY.kid()))) {
            AuthFailure failure = refused(SignedText.by(STRANGER, header, CLAIMS));

            assertTrue(
                    failure.reason() == Reason.ID_TOKEN_SIGNATURE || failure.reason() == Reason.ID_TOKEN_KEY_UNKNOWN,
                    failure::toString);
        }
        assertEquals(0, provider.calls("/evil"));
    }

    /** R47: a public RSA key is no HMAC secret. */
    @Test
    void aPublicKeyIsNoSecret() throws Exception {
        String pem =
                JWK.parse(TestKeys.rsa().publicJwk()).toRSAKey().toPublicKey().toString();
        String token = SignedText.byHs256(
                pem.getBytes(StandardCharsets.UTF_8), "{\"alg\":\"HS256\",\"kid\":\"rsa-1\"}", "{\"iss\":\"joe\"}");

        AuthFailure failure = refused(token);

        assertEquals(Reason.ID_TOKEN_ALGORITHM, failure.reason());
        assertTrue(failure.getMessage().startsWith("the token is signed with HS256, but agreed are "));
    }

    /** R48. */
    @Test
    void anAlgorithmThatWasNotAgreedIsRefused() throws Exception {
        SignedJwt jwt = SignedJwt.parse(SignedText.by(KEY, Map.of(), CLAIMS));

        AuthFailure failure = assertThrows(AuthFailure.class, () -> jwt.verifiedBy(keys, Set.of(JWSAlgorithm.RS256)));

        assertEquals(
                "the token is signed with ES256, but agreed are [RS256]; where the client is registered for another"
                        + " algorithm, name it in idTokenSignedResponseAlg",
                failure.getMessage());
        assertEquals(0, provider.calls(ScriptedProvider.JWKS));
    }

    /** R59. */
    @Test
    void aThousandUnknownKeyNamesCauseOneMoreFetch() throws Exception {
        SignedJwt.parse(SignedText.by(KEY, Map.of(), CLAIMS)).verifiedBy(keys, AGREED);
        for (int i = 0; i < 1000; i++) {
            assertEquals(
                    Reason.ID_TOKEN_KEY_UNKNOWN,
                    refused(SignedText.by(STRANGER, Map.of("kid", "unknown-" + i), CLAIMS))
                            .reason());
        }

        assertEquals(2, provider.calls(ScriptedProvider.JWKS));
    }

    /** R64. */
    @Test
    void aKeyThatCameInTheMeantimeIsFetchedAtFirstNeed() throws Exception {
        keys.known();
        provider.keys().publish(STRANGER.publicJwk());

        SignedJwt.parse(SignedText.by(STRANGER, Map.of(), CLAIMS)).verifiedBy(keys, AGREED);

        assertEquals(2, provider.calls(ScriptedProvider.JWKS));
    }

    @Test
    void aKeyThatChangedUnderItsOldNameIsFetchedToo() throws Exception {
        keys.known();
        provider.keys().withdraw(KEY.kid()).publish(STRANGER.named(KEY.kid()).publicJwk());

        SignedJwt.parse(SignedText.by(STRANGER.named(KEY.kid()), Map.of(), CLAIMS))
                .verifiedBy(keys, AGREED);
    }

    @Test
    void aTokenWithoutAKeyNameIsTriedWithEveryKeyThatFits() throws Exception {
        String token = SignedText.by(KEY, "{\"alg\":\"ES256\"}", "{\"iss\":\"joe\"}");

        assertEquals("joe", SignedJwt.parse(token).verifiedBy(keys, AGREED).get("iss"));
    }

    @Test
    void keysThatThisJvmCannotUseAreNoHarmToTheOthers() throws Exception {
        provider.keys()
                .publishFirst(Map.of("kty", "XYZ", "kid", "a"))
                .publishFirst(Map.of("kty", "EC", "crv", "P-999", "x", "AA", "y", "AA", "kid", KEY.kid()))
                .publishFirst(Map.of("kty", "EC", "crv", "P-256", "x", "AA", "y", "AA", "kid", KEY.kid()))
                .publishFirst(Map.of("kty", "OKP", "crv", "Ed25519", "x", "AA", "kid", "b"))
                .publishFirst(Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB", "kid", "c"))
                .publishFirst(Map.of("kty", "oct", "k", "c2VjcmV0", "kid", "d", "alg", "HS256"))
                .publishFirst(Map.of("not", "a key"));

        SignedJwt.parse(SignedText.by(KEY, Map.of(), CLAIMS)).verifiedBy(keys, AGREED);

        assertEquals(5, keys.known().size());
    }

    /**
     * Two of these the JOSE library's parser takes for objects, and one for null. RFC 7519 section 4 leaves what has a
     * member twice to be refused; Keycloak 26 sends such signed authorization responses.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[[\"iss\",\"joe\"]]",
                "null",
                "\"text\"",
                "7",
                "",
                "{",
                "{\"iss\":\"joe\",\"iss\":\"joe\"}"
            })
    void aPayloadThatIsNoObjectIsRefused(String payload) {
        AuthFailure failure = refused(SignedText.by(KEY, "{\"alg\":\"ES256\"}", payload));

        assertEquals(Reason.ID_TOKEN_MALFORMED, failure.reason());
        assertEquals("the token's payload is no JSON object, or has a member twice", failure.getMessage());
    }

    /** R49. */
    @Test
    void hs256IsKeyedByTheClientSecretAlone() throws Exception {
        String secret = "0123456789-0123456789-0123456789-ü";
        String header = "{\"alg\":\"HS256\"}";
        String token = SignedText.byHs256(secret.getBytes(StandardCharsets.UTF_8), header, "{\"iss\":\"joe\"}");

        assertEquals(
                "joe", SignedJwt.parse(token).verifiedBy(new Secret(secret)).get("iss"));
        AuthFailure wrong =
                assertThrows(AuthFailure.class, () -> SignedJwt.parse(token).verifiedBy(new Secret(secret + "x")));
        assertEquals(Reason.ID_TOKEN_SIGNATURE, wrong.reason());
        assertFalse(wrong.getMessage().contains(secret));
        AuthFailure asymmetric = assertThrows(
                AuthFailure.class,
                () -> SignedJwt.parse(SignedText.by(KEY, Map.of(), CLAIMS)).verifiedBy(new Secret(secret)));
        assertEquals(Reason.ID_TOKEN_ALGORITHM, asymmetric.reason());
        assertEquals(0, provider.requests().size());
    }

    private AuthFailure refused(String token) {
        return assertThrows(AuthFailure.class, () -> SignedJwt.parse(token).verifiedBy(keys, AGREED));
    }
}
