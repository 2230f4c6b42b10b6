package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Reply;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TokenScript;
import io.github.pkceauth.testkit.Url;
import jakarta.servlet.ServletException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules R44 to R60: which ID tokens make a user. Where the key set plays no part, all
 * tests share one application, each with a browser of its own.
 */
class IdTokenRulesTest {

    private static final String SECRET = "a secret of more than thirty-two bytes";

    @SuppressWarnings("NullAway.Init")
    private static Scene shared;

    /** Asks for a class of sign-in, and for one that is not long ago. */
    @SuppressWarnings("NullAway.Init")
    private static Scene asking;

    /** A way to change an ID token, and what it is called. */
    private record Bend(String what, Consumer<TokenScript> script) {
        @Override
        public String toString() {
            return what;
        }
    }

    @BeforeAll
    static void open() {
        shared = Scene.open();
        shared.assertNextLoginWorks();
        asking = Scene.against(
                ScriptedProvider.start().withAcrs("gold"),
                app -> app.filterParam("acrValues", "gold silver").filterParam("maxAge", "PT5M"));
        asking.assertNextLoginWorks();
    }

    @AfterAll
    static void close() {
        shared.close();
        asking.close();
    }

    @BeforeEach
    void reset() {
        shared.reset();
        asking.reset();
    }

    private static void assertRefused(String code, Bend bend) {
        assertRefused(code, bend.script());
    }

    private static void assertRefused(String code, Consumer<TokenScript> script) {
        assertRefused(shared, code, script);
    }

    private static void assertRefused(Scene scene, String code, Consumer<TokenScript> script) {
        script.accept(scene.provider.idToken());
        scene.assertLoginRefused(502, code, 1);
    }

    private static void assertTaken(Bend bend) {
        assertTaken(shared, bend.script());
    }

    private static void assertTaken(Scene scene, Consumer<TokenScript> script) {
        script.accept(scene.provider.idToken());
        scene.assertSignedIn(scene.logIn("/page"));
    }

    private static Bend claim(String what, String name, Object value) {
        return new Bend(what, token -> token.withClaim(name, value));
    }

    private static Bend without(String name) {
        return new Bend("missing", token -> token.withoutClaim(name));
    }

    private static Bend nothing(String name) {
        return new Bend("null", token -> token.withClaim(name, null));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    // R44

    private static Stream<Bend> otherIssuers() {
        String issuer = shared.provider.issuer();
        return Stream.of(
                claim("another's", "iss", "https://evil.example"),
                claim("with a final slash", "iss", issuer + "/"),
                claim("with an upper case scheme", "iss", issuer.replace("http", "HTTP")),
                claim("by another name of the host", "iss", issuer.replace("127.0.0.1", "localhost")),
                claim("without its port", "iss", issuer.substring(0, issuer.lastIndexOf(':'))),
                claim("without its scheme", "iss", issuer.substring("http://".length())),
                claim("with a blank", "iss", issuer + " "),
                claim("empty", "iss", ""),
                claim("a number", "iss", 7),
                claim("an array", "iss", List.of(issuer)),
                nothing("iss"),
                without("iss"));
    }

    @ParameterizedTest
    @MethodSource("otherIssuers")
    void R44_issIsTheIssuerToTheLetter(Bend issuer) {
        assertRefused("id_token_issuer", issuer);
    }

    // R45

    private static Stream<Bend> otherAudiences() {
        return Stream.of(
                claim("another client", "aud", "somebody"),
                claim("a longer name", "aud", "the-client2"),
                claim("another case", "aud", "The-Client"),
                claim("several others", "aud", List.of("one", "two")),
                claim("ours and another", "aud", List.of("the-client", "somebody")),
                claim("another and ours", "aud", List.of("somebody", "the-client")),
                claim("ours and a number", "aud", List.of("the-client", 7)),
                claim("ours within an array", "aud", List.of(List.of("the-client"))),
                claim("nobody", "aud", List.of()),
                claim("empty", "aud", ""),
                claim("a number", "aud", 7),
                claim("an object", "aud", Map.of("the-client", true)),
                new Bend(
                        "ours and another, with azp",
                        token -> token.withAudience("the-client", "somebody").withClaim("azp", "the-client")),
                nothing("aud"),
                without("aud"));
    }

    @ParameterizedTest
    @MethodSource("otherAudiences")
    void R45_audIsThisClientAlone(Bend audience) {
        assertRefused("id_token_audience", audience);
    }

    private static Stream<Bend> ourAudiences() {
        return Stream.of(
                claim("a string", "aud", "the-client"),
                claim("an array", "aud", List.of("the-client")),
                claim("twice", "aud", List.of("the-client", "the-client")));
    }

    @ParameterizedTest
    @MethodSource("ourAudiences")
    void R45_audMayBeAnArray(Bend audience) {
        assertTaken(audience);
    }

    // R46

    private static Stream<Bend> otherParties() {
        return Stream.of(
                claim("another client", "azp", "somebody"),
                claim("empty", "azp", ""),
                claim("a number", "azp", 7),
                claim("an array", "azp", List.of("the-client")),
                nothing("azp"));
    }

    @ParameterizedTest
    @MethodSource("otherParties")
    void R46_azpIsThisClient(Bend party) {
        assertRefused("id_token_audience", party);
    }

    @Test
    void R46_aRightAzpIsTaken() {
        assertTaken(claim("ours", "azp", "the-client"));
    }

    // R47

    @Test
    void R47_aBrokenSignatureIsRefused() {
        assertRefused("id_token_signature", token -> token.withBrokenSignature());
    }

    @Test
    void R47_claimsChangedBehindTheSignatureAreRefused() {
        assertRefused(
                "id_token_signature",
                token -> token.changed(compact -> {
                    String[] parts = compact.split("\\.", -1);
                    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                    return parts[0] + "." + base64url(claims.replace("\"alice\"", "\"mallory\"")) + "." + parts[2];
                }));
    }

    @Test
    void R47_anotherKeyUnderThePublishedNameIsRefused() {
        assertRefused("id_token_signature", token -> token.signedWith(TestKeys.attackerRsa()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nOnE"})
    void R47_anUnsignedTokenIsRefused(String none) {
        assertRefused("id_token_malformed", token -> token.unsigned().withHeader("alg", none));
    }

    @Test
    void R47_anUnsignedTokenWithASignatureIsRefused() {
        assertRefused("id_token_malformed", token -> token.withHeader("alg", "none"));
    }

    @Test
    void R47_anEmptySignatureIsRefused() {
        assertRefused("id_token_malformed", token -> token.withEmptySignature());
    }

    @Test
    void R47_theSignatureOfAnotherTokenIsRefused() {
        AtomicReference<String> first = new AtomicReference<>("");
        shared.provider.idToken().changed(token -> keep(first, token));
        shared.assertSignedIn(shared.logIn("/page"));
        shared.reset();
        String signature = first.get().substring(first.get().lastIndexOf('.'));
        assertRefused(
                "id_token_signature",
                token -> token.changed(compact -> compact.substring(0, compact.lastIndexOf('.')) + signature));
    }

    @Test
    void R47_aPublicKeyIsNoSecret() {
        assertRefused("id_token_algorithm", token -> token.confusesPublicKeyWithSecret());
    }

    @Test
    void R47_aPublicKeyIsNoSecretWhereHs256IsAdvertisedEither() {
        try (Scene scene = Scene.open()) {
            List<String> advertised = List.of("HS256", "RS256", "none");
            scene.provider.metadata().with("id_token_signing_alg_values_supported", advertised);
            assertRefused(scene, "id_token_algorithm", token -> token.confusesPublicKeyWithSecret());
        }
    }

    @Test
    void R47_aSignatureOfZerosIsRefused() {
        String zeros = base64url(new byte[64]);
        try (Scene scene = Scene.against(ScriptedProvider.start().signingBy(JWSAlgorithm.ES256))) {
            assertRefused(
                    scene,
                    "id_token_signature",
                    token -> token.changed(compact -> compact.substring(0, compact.lastIndexOf('.') + 1) + zeros));
        }
    }

    @Test
    void R47_anEdwardsSignatureOfAWrongLengthIsRefused() {
        try (Scene scene = Scene.against(ScriptedProvider.start().signingBy(JWSAlgorithm.EdDSA))) {
            assertRefused(
                    scene,
                    "id_token_signature",
                    token -> token.changed(compact -> compact.substring(0, compact.lastIndexOf('.') + 9)));
        }
    }

    @Test
    void R47_aKeyThatTheTokenBringsIsNotLookedAt() {
        assertRefused("id_token_key_unknown", token -> token.withEmbeddedKey());
    }

    @Test
    void R47_aKeyThatTheTokenBringsUnderThePublishedNameIsNotLookedAt() {
        assertRefused("id_token_signature", token -> token.withEmbeddedKey().withHeader("kid", "rsa-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u"})
    void R47_aKeyThatTheTokenPointsToIsNotFetched(String parameter) {
        try (ScriptedProvider attacker = ScriptedProvider.start()) {
            attacker.keys().publishFirst(TestKeys.attackerRsa().publicJwk());
            String address = attacker.address(ScriptedProvider.JWKS);
            assertRefused("id_token_key_unknown", token -> token.withKeyAddress(parameter, address));
            assertEquals(List.of(), attacker.requests());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u"})
    void R47_notEvenOneOnTheProvidersOwnServer(String parameter) {
        String address = shared.provider.address("/uploads/keys");
        assertRefused("id_token_key_unknown", token -> token.withKeyAddress(parameter, address));
        assertEquals(0, shared.provider.calls("/uploads/keys"));
    }

    @Test
    void R47_aCertificateThatTheTokenBringsIsNotLookedAt() {
        assertRefused(
                "id_token_signature",
                token -> token.signedWith(TestKeys.attackerRsa()).withHeader("x5c", List.of("MIIB")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "a.b.c",
                "eyJhbGciOiAiUlMyNTYifQ", // a header that no honest JWT has so
                "eyJhbGciOiAiUlMyNTYifQ.e30",
                "{}",
                "a.b.c.d",
                "a.b.c.d.e.f",
                "e30.e30.AAAA", // the header {}
                "bnVsbA.e30.AAAA" // the header null
            })
    void R47_whatIsNoSignedTokenIsRefused(String text) {
        assertRefused(text.isEmpty() ? "id_token_missing" : "id_token_malformed", token -> token.rawToken(text));
    }

    @Test
    void R47_whatOnlyLooksEncryptedIsRefused() {
        assertRefused("id_token_encryption", token -> token.rawToken("a.b.c.d.e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "[[\"sub\",\"alice\"]]",
                "null",
                "7",
                "\"sub\"",
                "{",
                "{}{}",
                "{'sub':'alice'}",
                "{\"sub\":\"alice\",\"sub\":\"mallory\"}"
            })
    void R47_aSignedPayloadThatIsNoObjectIsRefused(String payload) {
        assertRefused("id_token_malformed", token -> token.rawPayload(payload));
    }

    private static String keep(AtomicReference<String> where, String token) {
        where.set(token);
        return token;
    }

    private static String base64url(String text) {
        return base64url(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    // R48

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "PS256", "RS384", "RS512", "ES384", "EdDSA"})
    void R48_anAlgorithmThatTheMetadataDoNotNameIsRefused(String algorithm) {
        assertRefused("id_token_algorithm", token -> token.withAlgorithm(JWSAlgorithm.parse(algorithm)));
    }

    private static Stream<Bend> algorithmsThatAreNone() {
        return Stream.of(
                new Bend("missing", token -> token.withoutHeader("alg")),
                new Bend("null", token -> token.withHeader("alg", null)),
                new Bend("a number", token -> token.withHeader("alg", 7)),
                new Bend("an array", token -> token.withHeader("alg", List.of("RS256"))));
    }

    @ParameterizedTest
    @MethodSource("algorithmsThatAreNone")
    void R48_aTokenThatDoesNotNameItsAlgorithmIsRefused(Bend algorithm) {
        assertRefused("id_token_malformed", algorithm);
    }

    @Test
    void R48_anEmptyNameOfAnAlgorithmIsNone() {
        assertRefused("id_token_algorithm", token -> token.withHeader("alg", ""));
    }

    @Test
    void R48_withoutAWordInTheMetadataItIsRs256() {
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().without("id_token_signing_alg_values_supported");
            scene.assertSignedIn(scene.logIn("/page"));
        }
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().without("id_token_signing_alg_values_supported");
            assertRefused(scene, "id_token_algorithm", token -> token.withAlgorithm(JWSAlgorithm.ES256));
        }
    }

    @Test
    void R48_metadataThatNameNoneAndHmacAloneMeanRs256() {
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().with("id_token_signing_alg_values_supported", List.of("none", "HS256"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().with("id_token_signing_alg_values_supported", List.of("none", "HS256"));
            assertRefused(scene, "id_token_malformed", token -> token.unsigned());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"
            })
    void R48_theAlgorithmOfTheMetadataWorks(String algorithm) {
        try (Scene scene = Scene.against(ScriptedProvider.start().signingBy(JWSAlgorithm.parse(algorithm)))) {
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R48_theRegisteredAlgorithmIsTheOnlyOne() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().signingBy(JWSAlgorithm.ES256),
                app -> app.filterParam("idTokenSignedResponseAlg", "ES256"))) {
            List<String> advertised = List.of("RS256", "ES256", "PS256");
            scene.provider.metadata().with("id_token_signing_alg_values_supported", advertised);
            scene.assertSignedIn(scene.logIn("/page"));
        }
        try (Scene scene = Scene.open(app -> app.filterParam("idTokenSignedResponseAlg", "ES256"))) {
            scene.assertCameToNothing(scene.logIn("/page"), 502, "id_token_algorithm", 1);
        }
    }

    @Test
    void R48_aKeyIsUsedForItsOwnAlgorithmAlone() {
        try (Scene scene = Scene.against(ScriptedProvider.start().signingBy(JWSAlgorithm.PS256))) {
            scene.provider.keys().withdraw("rsa-1").publish(with(TestKeys.rsa().publicJwk(), "alg", "RS256"));
            scene.assertCameToNothing(scene.logIn("/page"), 502, "id_token_key_unknown", 1);
        }
    }

    private static Map<String, Object> with(Map<String, Object> jwk, String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(jwk);
        copy.put(name, value);
        return copy;
    }

    // R49

    @Test
    void R49_hs256WorksWhereItIsNamedAndKeyedByTheSecret() {
        try (Scene scene = hmac()) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(0, scene.provider.calls(ScriptedProvider.JWKS));
        }
    }

    @Test
    void R49_hs256ByAnotherSecretIsRefused() {
        try (Scene scene = hmac()) {
            byte[] other = (SECRET + "!").getBytes(StandardCharsets.UTF_8);
            assertRefused(scene, "id_token_signature", token -> token.signedWithSecret(JWSAlgorithm.HS256, other));
        }
    }

    @Test
    void R49_whereHs256IsNamedNothingElseCounts() {
        for (String algorithm : List.of("HS384", "HS512", "RS256")) {
            try (Scene scene = hmac()) {
                assertRefused(scene, "id_token_algorithm", token -> token.withAlgorithm(JWSAlgorithm.parse(algorithm)));
            }
        }
        try (Scene scene = hmac()) {
            assertRefused(scene, "id_token_malformed", token -> token.unsigned());
        }
    }

    @Test
    void R49_hs256ThatIsNotNamedIsRefusedEvenByTheSecret() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withClientSecret(SECRET))) {
            List<String> advertised = List.of("RS256", "HS256");
            scene.provider.metadata().with("id_token_signing_alg_values_supported", advertised);
            assertRefused(scene, "id_token_algorithm", token -> token.withAlgorithm(JWSAlgorithm.HS256));
        }
    }

    @Test
    void R49_aSymmetricKeyInTheKeySetIsNoKey() {
        byte[] secret = "known to everybody, since it is published".getBytes(StandardCharsets.UTF_8);
        try (Scene scene = Scene.open()) {
            scene.provider.keys().publishFirst(Map.of("kty", "oct", "kid", "rsa-1", "k", base64url(secret)));
            List<String> advertised = List.of("RS256", "HS256");
            scene.provider.metadata().with("id_token_signing_alg_values_supported", advertised);
            assertRefused(scene, "id_token_algorithm", token -> token.signedWithSecret(JWSAlgorithm.HS256, secret));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short"})
    void R49_hs256WithoutALongSecretIsAMistake(String secret) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                Logs logs = Logs.open()) {
            ServletException refused = App.jetty()
                    .against(secret.isEmpty() ? provider : provider.withClientSecret(secret))
                    .filterParam("idTokenSignedResponseAlg", "HS256")
                    .startFailing();
            assertTrue(refused.getMessage().contains("HS256 needs a clientSecret"), refused.getMessage());
            assertTrue(logs.text().contains("HS256"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "HS384", "HS512", "RS257"})
    void R49_noOtherAlgorithmCanBeNamed(String algorithm) {
        try (ScriptedProvider provider = ScriptedProvider.start().withClientSecret(SECRET.repeat(2));
                Logs logs = Logs.open()) {
            ServletException refused = App.jetty()
                    .against(provider)
                    .filterParam("idTokenSignedResponseAlg", algorithm)
                    .startFailing();
            assertTrue(refused.getMessage().contains("idTokenSignedResponseAlg"), refused.getMessage());
            assertTrue(logs.text().contains(algorithm));
        }
    }

    private static Scene hmac() {
        return Scene.against(
                ScriptedProvider.start().withClientSecret(SECRET).signingBy(JWSAlgorithm.HS256),
                app -> app.filterParam("idTokenSignedResponseAlg", "HS256"));
    }

    // R50

    private static Stream<Bend> badExpiries() {
        return Stream.of(
                claim("past", "exp", now() - 300),
                claim("long past", "exp", 1),
                claim("zero", "exp", 0),
                claim("negative", "exp", -1),
                claim("past by a fraction", "exp", now() - 300.5),
                claim("a string", "exp", String.valueOf(now() + 3600)),
                claim("1e300", "exp", 1e300),
                claim("beyond long", "exp", new BigInteger("99999999999999999999999")),
                claim("milliseconds", "exp", (now() + 3600) * 1000),
                claim("true", "exp", true),
                claim("an array", "exp", List.of(now() + 3600)),
                claim("an object", "exp", Map.of("exp", now() + 3600)),
                nothing("exp"),
                without("exp"));
    }

    @ParameterizedTest
    @MethodSource("badExpiries")
    void R50_aTokenThatHasExpiredOrDoesNotSayWhenIsRefused(Bend expiry) {
        assertRefused("id_token_expired", expiry);
    }

    private static Stream<Bend> goodExpiries() {
        return Stream.of(
                claim("within clockSkew", "exp", now() - 20),
                claim("a fraction", "exp", now() + 3600.25),
                claim("in exponential form", "exp", 4e9));
    }

    @ParameterizedTest
    @MethodSource("goodExpiries")
    void R50_aTokenThatIsStillGoodIsTaken(Bend expiry) {
        assertTaken(expiry);
    }

    @Test
    void R50_withoutClockSkewNothingIsTolerated() {
        try (Scene scene = Scene.open(app -> app.filterParam("clockSkew", "PT0S"))) {
            assertRefused(scene, "id_token_expired", token -> token.withClaim("exp", now() - 5));
        }
    }

    // R51

    private static Stream<Bend> badTimes() {
        return Stream.of(
                without("iat"),
                nothing("iat"),
                claim("iat in the future", "iat", now() + 300),
                claim("iat before the login began", "iat", now() - 300),
                claim("iat long ago", "iat", 1),
                claim("iat a string", "iat", String.valueOf(now())),
                claim("iat 1e300", "iat", 1e300),
                claim("iat negative", "iat", -1),
                claim("nbf in the future", "nbf", now() + 300),
                claim("nbf a string", "nbf", String.valueOf(now())),
                claim("nbf 1e300", "nbf", 1e300),
                nothing("nbf"));
    }

    @ParameterizedTest
    @MethodSource("badTimes")
    void R51_aTokenThatIsNotFromTheTimeOfThisLoginIsRefused(Bend time) {
        assertRefused("id_token_time", time);
    }

    private static Stream<Bend> goodTimes() {
        return Stream.of(
                claim("iat a little ahead", "iat", now() + 30),
                claim("iat a little behind", "iat", now() - 30),
                claim("nbf past", "nbf", now() - 3600),
                claim("nbf a little ahead", "nbf", now() + 30));
    }

    @ParameterizedTest
    @MethodSource("goodTimes")
    void R51_clockSkewIsTolerated(Bend time) {
        assertTaken(time);
    }

    // R52

    private static Stream<Bend> otherNonces() {
        return Stream.of(
                without("nonce"),
                nothing("nonce"),
                claim("another", "nonce", "x".repeat(43)),
                claim("empty", "nonce", ""),
                claim("a number", "nonce", 7),
                claim("an array", "nonce", List.of("x")));
    }

    @ParameterizedTest
    @MethodSource("otherNonces")
    void R52_aTokenWithoutTheRightNonceIsRefused(Bend nonce) {
        assertRefused("id_token_nonce", nonce);
    }

    @Test
    void R52_theNonceOfAnotherTabIsRefused() {
        String other = Scene.asked(shared.begin("/other")).get("nonce");
        assertRefused("id_token_nonce", token -> token.withClaim("nonce", other));
    }

    @Test
    void R52_theNonceIsComparedToTheLetter() {
        Url callback = shared.answered("/wanted");
        String nonce = shared.provider.lastAuthorizationRequest().get("nonce");
        shared.provider.idToken().withClaim("nonce", nonce + " ");
        Page page = shared.browser().navigate(callback.toString());
        shared.assertRefusedAndUsedUp(callback, page, 502, "id_token_nonce", 1);
    }

    // R53

    @Test
    void R53_aTokenOfAnEarlierLoginIsRefused() {
        AtomicReference<String> first = new AtomicReference<>("");
        shared.provider.idToken().changed(token -> keep(first, token));
        shared.assertSignedIn(shared.logIn("/page"));
        shared.reset();
        assertRefused("id_token_nonce", token -> token.rawToken(first.get()));
    }

    // R54

    private static Stream<Bend> otherClasses() {
        return Stream.of(
                claim("another", "acr", "bronze"),
                claim("in another case", "acr", "Gold"),
                claim("all that were asked for", "acr", "gold silver"),
                claim("with a blank", "acr", "gold "),
                claim("empty", "acr", ""),
                claim("a number", "acr", 1),
                claim("an array", "acr", List.of("gold")),
                claim("an object", "acr", Map.of("gold", true)),
                claim("on two lines", "acr", "bronze\nsilver"),
                new Bend("elsewhere", token -> token.withoutClaim("acr").withClaim("acrs", List.of("gold"))),
                nothing("acr"),
                without("acr"));
    }

    @ParameterizedTest
    @MethodSource("otherClasses")
    void R54_anotherClassThanWasAskedForIsRefused(Bend acr) {
        acr.script().accept(asking.provider.idToken());
        asking.assertLoginRefused(403, "acr_not_met", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gold", "silver"})
    void R54_anyOfThoseThatWereAskedForWillDo(String acr) {
        assertTaken(asking, token -> token.withClaim("acr", acr));
    }

    @Test
    void R54_whereNoneWasAskedForAnyWillDo() {
        assertTaken(claim("a number", "acr", 0));
    }

    // R55

    private static Stream<Bend> oldSignIns() {
        return Stream.of(
                claim("too long ago", "auth_time", now() - 300 - 90),
                claim("at the beginning of time", "auth_time", 0),
                claim("a string", "auth_time", String.valueOf(now())),
                claim("1e300", "auth_time", 1e300),
                claim("negative", "auth_time", -1),
                claim("an array", "auth_time", List.of(now())),
                nothing("auth_time"),
                without("auth_time"));
    }

    @ParameterizedTest
    @MethodSource("oldSignIns")
    void R55_aSignInThatIsTooLongAgoOrNotToldIsRefused(Bend time) {
        time.script().accept(asking.provider.idToken());
        asking.assertLoginRefused(403, "auth_time_not_met", 1);
    }

    @Test
    void R55_aSignInToComeIsRefused() {
        assertRefused(asking, "id_token_time", token -> token.withClaim("auth_time", now() + 300));
    }

    private static Stream<Bend> recentSignIns() {
        return Stream.of(
                claim("now", "auth_time", now()),
                claim("with a fraction", "auth_time", now() + 0.5),
                claim("a little ahead", "auth_time", now() + 30),
                claim("as old as it may be", "auth_time", now() - 300),
                claim("a little older", "auth_time", now() - 330));
    }

    @ParameterizedTest
    @MethodSource("recentSignIns")
    void R55_aRecentSignInIsTaken(Bend time) {
        assertTaken(asking, time.script());
    }

    @Test
    void R55_whereNoAgeWasAskedForTheTimeIsNotLookedAt() {
        assertTaken(claim("never", "auth_time", "never"));
    }

    // R56

    private static Stream<Bend> badSubjects() {
        return Stream.of(
                without("sub"),
                nothing("sub"),
                claim("empty", "sub", ""),
                claim("256 characters", "sub", "x".repeat(256)),
                claim("a number", "sub", 7),
                claim("an array", "sub", List.of("alice")));
    }

    @ParameterizedTest
    @MethodSource("badSubjects")
    void R56_aTokenWithoutAUsableSubjectIsRefused(Bend subject) {
        assertRefused("id_token_subject", subject);
    }

    @Test
    void R56_aSubject255CharactersLongIsTaken() {
        String subject = "x".repeat(255);
        shared.provider.idToken().withSubject(subject);
        assertEquals(subject, shared.logIn("/page").seen().remoteUser());
    }

    @Test
    void R56_theSubjectIsTheUserToTheLetter() {
        String subject = "  Auth0|\u00fc<b>&\"' ";
        shared.provider.idToken().withSubject(subject);
        assertEquals(subject, shared.logIn("/page").seen().remoteUser());
    }

    // R57

    private static Stream<Bend> badHashes() {
        String wrong = base64url(new byte[16]);
        return Stream.of("at_hash", "c_hash")
                .flatMap(name -> Stream.of(
                        claim("wrong " + name, name, wrong),
                        claim("empty " + name, name, ""),
                        claim(name + " a number", name, 7),
                        new Bend(name + " null", token -> token.withClaim(name, null))));
    }

    @ParameterizedTest
    @MethodSource("badHashes")
    void R57_aWrongHashIsRefused(Bend hash) {
        assertRefused("id_token_hash", hash);
    }

    @Test
    void R57_anotherAccessTokenThanTheHashIsOfIsRefused() {
        shared.provider.token().with("access_token", "swapped");
        shared.assertLoginRefused(502, "id_token_hash", 1);
    }

    @Test
    void R57_theWholeHashIsNotItsLeftHalf() {
        Url callback = shared.answered("/wanted");
        byte[] hash = sha256(callback.parameters().get("code"));
        shared.provider.idToken().withClaim("c_hash", base64url(hash));
        Page page = shared.browser().navigate(callback.toString());
        shared.assertRefusedAndUsedUp(callback, page, 502, "id_token_hash", 1);
    }

    @Test
    void R57_aRightCodeHashIsTaken() {
        Url callback = shared.answered("/wanted");
        byte[] hash = sha256(callback.parameters().get("code"));
        shared.provider.idToken().withClaim("c_hash", base64url(Arrays.copyOf(hash, 16)));
        shared.assertSignedIn(shared.browser().navigateFully(callback.toString()));
    }

    @Test
    void R57_noHashIsNeeded() {
        assertTaken(without("at_hash"));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    // R58

    private static Stream<Bend> criticalHeaders() {
        return Stream.of(
                critical("unknown", List.of("http://example.com/unknown")),
                critical("b64", List.of("b64")),
                critical("registered", List.of("exp")),
                critical("empty", List.of()),
                critical("a string", "exp"),
                new Bend(
                        "b64 false",
                        token -> token.withHeader("crit", List.of("b64")).withHeader("b64", false)));
    }

    private static Bend critical(String what, Object value) {
        return new Bend(what, token -> token.withHeader("crit", value).withHeader("http://example.com/unknown", true));
    }

    @ParameterizedTest
    @MethodSource("criticalHeaders")
    void R58_aCriticalExtensionIsRefused(Bend header) {
        assertRefused("id_token_malformed", header);
    }

    @Test
    void R58_anExtensionThatIsNotCriticalIsIgnored() {
        assertTaken(new Bend("x", token -> token.withHeader("http://example.com/unknown", true)));
    }

    // R59

    private static Stream<Bend> unknownNames() {
        return Stream.of("nobody", "RSA-1", "rsa-1 ", "", "../../dev/null", "' OR 1=1", "x".repeat(10_000))
                .map(kid ->
                        new Bend(kid.length() > 20 ? "long" : "'" + kid + "'", token -> token.withHeader("kid", kid)));
    }

    @ParameterizedTest
    @MethodSource("unknownNames")
    void R59_anUnknownKeyNameIsRefused(Bend name) {
        assertRefused("id_token_key_unknown", name);
    }

    @Test
    void R59_theNameOfAKeyOfAnotherKindIsRefused() {
        assertRefused("id_token_key_unknown", token -> token.withHeader("kid", "p-256"));
    }

    @Test
    void R59_aNameThatIsNoStringIsRefused() {
        assertRefused("id_token_malformed", token -> token.withHeader("kid", 7));
    }

    @Test
    void R59_withoutANameEveryKeyIsTried() {
        try (Scene scene = Scene.open()) {
            scene.provider.keys().publishFirst(TestKeys.otherRsa().publicJwk());
            assertTaken(scene, token -> token.withoutHeader("kid"));
        }
    }

    @Test
    void R59_withoutANameAnUnpublishedKeyIsRefused() {
        assertRefused(
                "id_token_signature",
                token -> token.signedWith(TestKeys.attackerRsa()).withoutHeader("kid"));
    }

    @Test
    void R59_publishedKeysNeedNoNames() {
        try (Scene scene = Scene.open()) {
            scene.provider.keys().hideNames().publishFirst(TestKeys.otherRsa().publicJwk());
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R59_ofTwoKeysOfOneNameTheRightOneIsFound() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .keys()
                    .publishFirst(TestKeys.otherRsa().named("rsa-1").publicJwk())
                    .publishFirst(TestKeys.p256().named("rsa-1").publicJwk());
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R59_ofTwoKeysOfOneNameNeitherVouchesForAThird() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .keys()
                    .publishFirst(TestKeys.otherRsa().named("rsa-1").publicJwk());
            assertRefused(scene, "id_token_signature", token -> token.signedWith(TestKeys.attackerRsa()));
        }
    }

    @Test
    void R59_aThousandUnknownNamesCostOneMoreFetchAWindow() throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            provider.token().does((honest, line) -> {
                String header = "{\"alg\":\"RS256\",\"kid\":\"key-" + number.incrementAndGet() + "\"}";
                String token = base64url(header) + "." + base64url("{}") + "." + base64url(new byte[256]);
                Map<String, Object> answer =
                        Map.of("access_token", "access", "token_type", "Bearer", "id_token", token);
                line.send(Reply.json(200, answer));
            });
            TimedLogins logins = new TimedLogins(provider);

            for (int i = 0; i < 1000; i++) {
                AuthFailure failure = assertThrows(AuthFailure.class, () -> logins.redeem("a code"));
                assertEquals(AuthFailure.Reason.ID_TOKEN_KEY_UNKNOWN, failure.reason());
            }
            assertEquals(1000, number.get());
            assertEquals(2, provider.calls(ScriptedProvider.JWKS));

            logins.letPass(Duration.ofSeconds(30));
            for (int i = 0; i < 10; i++) {
                assertThrows(AuthFailure.class, () -> logins.redeem("a code"));
            }
            assertEquals(3, provider.calls(ScriptedProvider.JWKS));
        }
    }

    @Test
    void R59_aFewUnknownNamesThroughTheWholeFilterCostOneMoreFetch() {
        try (Scene scene = Scene.open()) {
            scene.assertNextLoginWorks();
            assertEquals(1, scene.provider.calls(ScriptedProvider.JWKS));
            for (int i = 0; i < 5; i++) {
                scene.reset();
                scene.provider.idToken().withHeader("kid", "key-" + i);
                scene.assertLoginRefused(502, "id_token_key_unknown", 1);
            }
            assertEquals(2, scene.provider.calls(ScriptedProvider.JWKS));
        }
    }

    // R60

    private static final String WRONGLY_ENCRYPTED = "id_token_encryption";

    private static Scene agreeing(ScriptedProvider provider, String algorithm) {
        return Scene.clocked(
                provider,
                app -> app.filterParam("clientKey", Jwes.clientKeys())
                        .filterParam("clientAuthentication", "none")
                        .filterParam("idTokenEncryptedResponseAlg", algorithm));
    }

    /** A client that can decrypt, and has agreed on nothing. */
    private static Scene agreeingOnNothing(ScriptedProvider provider) {
        return Scene.clocked(
                provider,
                app -> app.filterParam("clientKey", Jwes.clientKeys()).filterParam("clientAuthentication", "none"));
    }

    private static ScriptedProvider encrypting(String algorithm) {
        return Refreshes.provider()
                .encryptingIdTokensTo(
                        Jwes.publicKey(algorithm), JWEAlgorithm.parse(algorithm), EncryptionMethod.A256GCM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"})
    void R60_whereEncryptionWasAgreedEncryptedTokensAreTakenAndPlainOnesRefused(String algorithm) {
        try (Scene encrypted = agreeing(encrypting(algorithm), algorithm);
                Scene plain = agreeing(ScriptedProvider.start(), algorithm)) {
            encrypted.signedIn();

            Page page = plain.logIn("/page");
            plain.assertCameToNothing(page, 502, WRONGLY_ENCRYPTED, 1);
            assertTrue(
                    plain.logs.text().contains("although idTokenEncryptedResponseAlg is " + algorithm),
                    plain.logs::text);
        }
    }

    @Test
    void R60_anotherAlgorithmThanTheAgreedOneIsRefused() {
        try (Scene scene = agreeing(encrypting("ECDH-ES"), "RSA-OAEP-256")) {
            Page page = scene.logIn("/page");
            scene.assertCameToNothing(page, 502, WRONGLY_ENCRYPTED, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP-256", "ECDH-ES"})
    void R60_whereNothingWasAgreedBothAreTaken(String algorithm) {
        try (Scene encrypted = agreeingOnNothing(encrypting(algorithm));
                Scene plain = agreeingOnNothing(ScriptedProvider.start())) {
            encrypted.signedIn();
            plain.signedIn();
        }
    }

    @Test
    void R60_itHoldsAtARefreshAsWell() {
        try (Scene scene = agreeing(encrypting("ECDH-ES+A128KW"), "ECDH-ES+A128KW")) {
            Refreshes.signedInSince(scene, Refreshes.DUE);
            Refreshes.catchUp(scene);
            Refreshes.assertGoesOn(scene, 1);
            assertTrue(scene.logs.atLeast(Level.WARNING).isEmpty(), scene.logs::text);
        }
    }

    @Test
    void R60_aPlainTokenAtARefreshIsNotTaken() {
        try (Scene scene = agreeing(ScriptedProvider.start(), "ECDH-ES")) {
            scene.provider.idToken().changed(token -> Jwes.to(Jwes.EC, token));
            Refreshes.signedInSince(scene, Refreshes.DUE);
            scene.browser().navigate(scene.url("/page"));
            assertTrue(scene.logs.text().contains("the ID token is not encrypted"), scene.logs::text);
        }
    }

    @Test
    void R60_whatIsInsideIsVerifiedAsEver() {
        try (Scene scene = agreeing(encrypting("ECDH-ES"), "ECDH-ES")) {
            for (Consumer<TokenScript> bend : List.<Consumer<TokenScript>>of(
                    TokenScript::withBrokenSignature,
                    token -> token.withIssuer("https://evil.example"),
                    token -> token.withAudience("somebody"),
                    token -> token.withClaim("nonce", "another"),
                    token -> token.withClaim("exp", now() - 600))) {
                scene.reset();
                bend.accept(scene.provider.idToken());
                Page page = scene.logIn("/page");
                assertEquals(502, page.status(), page::toString);
                scene.assertSignedOut();
            }
            scene.reset();
            scene.assertNextLoginWorks();
        }
    }
}
