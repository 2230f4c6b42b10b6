package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core 3.1.3.7, rule by rule. */
class IdTokenVerifierTest {

    private static final ScriptedProvider PUBLISHER = ScriptedProvider.start();
    private static final SigningKey KEY = TestKeys.p256();
    private static final long NOW = TestClock.START.getEpochSecond();
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final String ACCESS_TOKEN = "the-access-token";
    private static final String HS256_SECRET = "0123456789-0123456789-0123456789";

    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Http HTTP = new Http(Tls.ofJvm(), WAIT, false);

    private final TestClock clock = new TestClock();
    private final Map<String, Object> claims = new HashMap<>(Map.of(
            "iss",
            Samples.ISSUER,
            "sub",
            "alice",
            "aud",
            Samples.CLIENT_ID,
            "exp",
            NOW + 300,
            "iat",
            NOW,
            "nonce",
            "the-nonce"));

    @AfterAll
    static void close() {
        PUBLISHER.close();
    }

    @Test
    void aTokenThatKeepsEveryRuleIsVerified() throws Exception {
        claims.put("name", "Alice");

        IdToken token = verify();

        assertEquals("alice", token.subject());
        assertEquals("Alice", token.claims().get("name"));
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                // 2. R44
                arguments("iss", "https://login.example.com/", Reason.ID_TOKEN_ISSUER),
                arguments("iss", "https://evil.example", Reason.ID_TOKEN_ISSUER),
                arguments("iss", List.of(Samples.ISSUER), Reason.ID_TOKEN_ISSUER),
                arguments("iss", null, Reason.ID_TOKEN_ISSUER),
                // 3., 4., 5. R45, R46
                arguments("aud", "another-client", Reason.ID_TOKEN_AUDIENCE),
                arguments("aud", "the-client2", Reason.ID_TOKEN_AUDIENCE),
                arguments("aud", "the-client another", Reason.ID_TOKEN_AUDIENCE),
                arguments("aud", List.of(), Reason.ID_TOKEN_AUDIENCE),
                arguments("aud", List.of(Samples.CLIENT_ID, "another-client"), Reason.ID_TOKEN_AUDIENCE),
                arguments("aud", List.of(Samples.CLIENT_ID, 7), Reason.ID_TOKEN_AUDIENCE),
                arguments("aud", null, Reason.ID_TOKEN_AUDIENCE),
                arguments("azp", "another-client", Reason.ID_TOKEN_AUDIENCE),
                arguments("azp", List.of(Samples.CLIENT_ID), Reason.ID_TOKEN_AUDIENCE),
                // 9. R50
                arguments("exp", NOW - 60, Reason.ID_TOKEN_EXPIRED),
                arguments("exp", 0, Reason.ID_TOKEN_EXPIRED),
                arguments("exp", null, Reason.ID_TOKEN_EXPIRED),
                arguments("exp", String.valueOf(NOW + 300), Reason.ID_TOKEN_EXPIRED),
                arguments("exp", 1e300, Reason.ID_TOKEN_EXPIRED),
                arguments("exp", -1, Reason.ID_TOKEN_EXPIRED),
                // 10. R51
                arguments("iat", null, Reason.ID_TOKEN_TIME),
                arguments("iat", NOW + 61, Reason.ID_TOKEN_TIME),
                arguments("iat", NOW - 62, Reason.ID_TOKEN_TIME),
                arguments("iat", 1e300, Reason.ID_TOKEN_TIME),
                arguments("iat", "now", Reason.ID_TOKEN_TIME),
                arguments("nbf", NOW + 61, Reason.ID_TOKEN_TIME),
                arguments("nbf", "soon", Reason.ID_TOKEN_TIME),
                // 11. R52
                arguments("nonce", null, Reason.ID_TOKEN_NONCE),
                arguments("nonce", "", Reason.ID_TOKEN_NONCE),
                arguments("nonce", "another", Reason.ID_TOKEN_NONCE),
                arguments("nonce", "THE-NONCE", Reason.ID_TOKEN_NONCE),
                arguments("nonce", List.of("the-nonce"), Reason.ID_TOKEN_NONCE),
                // section 2. R56
                arguments("sub", null, Reason.ID_TOKEN_SUBJECT),
                arguments("sub", "", Reason.ID_TOKEN_SUBJECT),
                arguments("sub", "x".repeat(256), Reason.ID_TOKEN_SUBJECT),
                arguments("sub", 7, Reason.ID_TOKEN_SUBJECT),
                // 3.1.3.6, 3.3.2.11. R57
                arguments("at_hash", "AAAA", Reason.ID_TOKEN_HASH),
                arguments("at_hash", "", Reason.ID_TOKEN_HASH),
                arguments("at_hash", 7, Reason.ID_TOKEN_HASH),
                arguments("c_hash", "AAAA", Reason.ID_TOKEN_HASH));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aTokenThatBreaksARuleIsRefused(String claim, Object value, Reason reason) {
        if (value == null) {
            claims.remove(claim);
        } else {
            claims.put(claim, value);
        }

        assertEquals(reason, refused().reason());
    }

    static Stream<Arguments> unusual() {
        return Stream.of(
                arguments("aud", List.of(Samples.CLIENT_ID)),
                arguments("aud", List.of(Samples.CLIENT_ID, Samples.CLIENT_ID)),
                arguments("azp", Samples.CLIENT_ID),
                arguments("exp", NOW - 59),
                arguments("exp", NOW + 0.5),
                arguments("exp", 253_402_300_799L),
                arguments("iat", NOW + 60),
                arguments("iat", NOW - 61),
                arguments("nbf", NOW + 60),
                arguments("nbf", 0),
                arguments("sub", "x".repeat(255)),
                arguments("acr", "anything"),
                arguments("auth_time", 0));
    }

    @ParameterizedTest
    @MethodSource("unusual")
    void whatIsUnusualButWithinTheRulesIsVerified(String claim, Object value) throws Exception {
        claims.put(claim, value);

        verify();
    }

    @Test
    void messagesNameTheCulpritAndTheMend() {
        claims.put("iss", Samples.ISSUER + "/");
        assertEquals(
                "the ID token has iss 'https://login.example.com/', but the parameter issuer is"
                        + " 'https://login.example.com'; they must be equal to the letter",
                refused().getMessage());

        claims.put("iss", Samples.ISSUER);
        claims.put("exp", NOW - 3600);
        assertEquals(
                "the ID token expired at 2025-12-31T23:00:00Z; here it is 2026-01-01T00:00:00Z, with a clockSkew of"
                        + " PT1M; set both clocks right",
                refused().getMessage());
    }

    @Test
    void noMessageQuotesANonce() {
        claims.put("nonce", "another-logins");

        assertEquals("the ID token's nonce is another login's", refused().getMessage());
    }

    /** The examples of OpenID Connect Core A.4 and A.6. */
    @Test
    void hashesAreThoseOfTheSpecificationsExamples() throws Exception {
        claims.put("at_hash", "77QmUPtjPfzWtF2AnpK9RQ");
        claims.put("c_hash", "LDktKdoQak3Pk0cnXxCltA");
        AuthorizationCode code = new AuthorizationCode(
                "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk", Samples.attempt(false));

        verifier(Samples.client())
                .verify(
                        SignedText.by(KEY, Map.of(), claims),
                        "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y",
                        code,
                        provider(JWSAlgorithm.ES256));
    }

    @Test
    void theHashOfEd25519IsSha512() throws Exception {
        byte[] hash = Hashes.digest("SHA-512", ACCESS_TOKEN.getBytes(StandardCharsets.US_ASCII));
        claims.put("at_hash", Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 32)));

        verifier(Samples.client())
                .verify(
                        SignedText.by(TestKeys.ed25519(), Map.of(), claims),
                        ACCESS_TOKEN,
                        Samples.code(),
                        provider(JWSAlgorithm.EdDSA));
    }

    /** 7. R48: what the metadata names, or the one that is configured. */
    @ParameterizedTest
    @CsvSource({"RS256, ''", "RS256, EdDSA", "ES256, RS256"})
    void theAlgorithmIsOneThatWasAgreed(String advertised, String configured) {
        Client client = Samples.client(
                new ClientAuthentication.None(),
                Optional.empty(),
                "openid",
                Optional.of(configured).filter(name -> !name.isEmpty()).map(JWSAlgorithm::parse));
        String token = SignedText.by(KEY, Map.of(), claims);

        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> verifier(client)
                        .verify(token, ACCESS_TOKEN, Samples.code(), provider(JWSAlgorithm.parse(advertised))));

        assertEquals(Reason.ID_TOKEN_ALGORITHM, failure.reason());
    }

    @Test
    void theConfiguredAlgorithmWinsOverTheMetadata() throws Exception {
        Client client = Samples.client(
                new ClientAuthentication.None(), Optional.empty(), "openid", Optional.of(JWSAlgorithm.ES256));

        verifier(client)
                .verify(
                        SignedText.by(KEY, Map.of(), claims),
                        ACCESS_TOKEN,
                        Samples.code(),
                        provider(JWSAlgorithm.RS256));
    }

    /** 8. R49: HS256 where it was agreed, and then nothing else. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void hs256IsVerifiedWhereItWasAgreedAndNothingElse(boolean symmetric) throws Exception {
        Secret secret = new Secret(HS256_SECRET);
        Client client = Samples.client(
                new ClientAuthentication.Basic(secret), Optional.of(secret), "openid", Optional.of(JWSAlgorithm.HS256));
        String token = symmetric
                ? SignedText.byHs256(
                        HS256_SECRET.getBytes(StandardCharsets.UTF_8),
                        "{\"alg\":\"HS256\"}",
                        JSONObjectUtils.toJSONString(claims))
                : SignedText.by(KEY, Map.of(), claims);
        IdTokenVerifier verifier = verifier(client);

        if (symmetric) {
            verifier.verify(token, ACCESS_TOKEN, Samples.code(), provider(JWSAlgorithm.RS256));
        } else {
            assertThrows(
                    AuthFailure.class,
                    () -> verifier.verify(token, ACCESS_TOKEN, Samples.code(), provider(JWSAlgorithm.RS256)));
        }
    }

    /** 6. The signature comes first: nothing else in an unverified token is believed or told. */
    @Test
    void theSignatureIsCheckedBeforeAnythingElse() {
        claims.put("iss", "https://evil.example");
        String token = SignedText.by(KEY, Map.of(), claims);
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);

        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> verifier(Samples.client())
                        .verify(forged, ACCESS_TOKEN, Samples.code(), provider(JWSAlgorithm.ES256)));

        assertEquals(Reason.ID_TOKEN_SIGNATURE, failure.reason());
    }

    private IdToken verify() throws AuthFailure {
        return verifier(Samples.client())
                .verify(
                        SignedText.by(KEY, Map.of(), claims),
                        ACCESS_TOKEN,
                        Samples.code(),
                        provider(JWSAlgorithm.ES256));
    }

    private AuthFailure refused() {
        return assertThrows(AuthFailure.class, this::verify);
    }

    private IdTokenVerifier verifier(Client client) {
        Discovery discovery =
                new Discovery(Samples.settings(PUBLISHER.issuer()), Samples.KEYS_NEEDED, HTTP, WAIT, clock);
        return new IdTokenVerifier(
                client, Issuers.one(Samples.ISSUER), new Keys(discovery, false, HTTP, WAIT, clock), SKEW, clock);
    }

    private static Provider provider(JWSAlgorithm algorithm) {
        return new Provider(
                Samples.ISSUER,
                URI.create(Samples.ISSUER + "/authorize"),
                URI.create(Samples.ISSUER + "/token"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Samples.signingBy(algorithm));
    }
}
