package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONArrayUtils;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.JsonEndpoint;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ReceivedJwt;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.Reply;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import jakarta.servlet.ServletException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules R33 to R43: the call of the token endpoint, and what comes back; and how every
 * other call of the back channel can go wrong as well.
 */
class TokenEndpointRulesTest {

    private static final String SECRET = "a:b%+\u00fc";

    /** Every character of ASCII that is no letter and no digit, blank included. */
    private static final String PUNCTUATION = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /** What does not depend on more than the provider shares one application, with a clock that knows no pauses. */
    @SuppressWarnings("NullAway.Init")
    private static Scene shared;

    /** The same with little patience, for answers that never come. */
    @SuppressWarnings("NullAway.Init")
    private static Scene hasty;

    /** Where nothing of a login must arrive. */
    @SuppressWarnings("NullAway.Init")
    private static ScriptedProvider thief;

    @BeforeAll
    static void open(@TempDir Path folder) {
        String authorities = TestTls.writeCaPem(folder.resolve("ca.pem")).toString();
        thief = ScriptedProvider.start();
        shared = scene(authorities, "PT2S");
        hasty = scene(authorities, "PT1S");
    }

    private static Scene scene(String authorities, String httpTimeout) {
        return Scene.clocked(app -> app.filterParam("userinfo", "always")
                .filterParam("httpTimeout", httpTimeout)
                .filterParam("trustedCertificates", authorities));
    }

    @AfterAll
    static void close() {
        shared.close();
        hasty.close();
        thief.close();
    }

    @BeforeEach
    void reset() {
        shared.reset();
        hasty.reset();
    }

    private static Stream<Arguments> everywhere(Stream<?> ways) {
        return ways.flatMap(way -> Stream.of(BackChannel.values()).map(endpoint -> Arguments.of(endpoint, way)));
    }

    // R33

    @Test
    void R33_aPublicClientNamesItselfAndProvesNothing() {
        try (Scene scene = Scene.open()) {
            RecordedRequest request = redeemed(scene);
            assertFalse(request.headers().has("Authorization"));
            assertEquals("the-client", request.form().get("client_id"));
            assertNoProofInTheBody(request);
        }
    }

    @Test
    void R33_aSecretGoesIntoTheHeaderAlone() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withClientSecret("s3cret"))) {
            RecordedRequest request = redeemed(scene);
            assertEquals("the-client:s3cret", basic(request));
            assertNoProofInTheBody(request);
        }
    }

    @Test
    void R33_aSecretGoesIntoTheBodyAlone() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().withClientSecret(SECRET),
                app -> app.filterParam("clientAuthentication", "client_secret_post"))) {
            RecordedRequest request = redeemed(scene);
            assertFalse(request.headers().has("Authorization"));
            assertEquals("the-client", request.form().get("client_id"));
            assertEquals(SECRET, request.form().get("client_secret"));
        }
    }

    @Test
    void R33_aSecretThatIsNoProofIsNotSent() {
        try (Scene scene = Scene.open(app ->
                app.filterParam("clientSecret", "for signatures alone").filterParam("clientAuthentication", "none"))) {
            RecordedRequest request = redeemed(scene);
            assertFalse(request.headers().has("Authorization"));
            assertNoProofInTheBody(request);
            assertFalse(request.text().contains("signatures"));
        }
    }

    @Test
    void R33_aRefusedProofIsNotTriedByAnotherMethod() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().withClientSecret("right"), app -> app.filterParam("clientSecret", "wrong"))) {
            Page page = scene.logIn("/page");
            scene.assertCameToNothing(page, 502, "token_request_refused", 1);
            assertTrue(scene.logs.text().contains("used: client_secret_basic"), scene.logs::text);
        }
    }

    private static void assertNoProofInTheBody(RecordedRequest request) {
        for (String name : List.of("client_secret", "client_assertion", "client_assertion_type")) {
            assertFalse(request.form().has(name), name);
        }
    }

    private static RecordedRequest redeemed(Scene scene) {
        scene.assertSignedIn(scene.logIn("/page"));
        return scene.provider.request(ScriptedProvider.TOKEN);
    }

    private static String basic(RecordedRequest request) {
        String header = request.header("Authorization");
        assertTrue(header.startsWith("Basic "), header);
        return new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
    }

    // R34

    @Test
    void R34_idAndSecretAreFormEncodedBeforeTheyAreJoined() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().withClientId("the client:1").withClientSecret(SECRET))) {
            assertEquals("the+client%3A1:a%3Ab%25%2B%C3%BC", basic(redeemed(scene)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_secret_basic", "client_secret_post"})
    void R34_aSecretOfAllPunctuationArrives(String method) {
        try (Scene scene = Scene.against(
                ScriptedProvider.start()
                        .withClientId("id" + PUNCTUATION + "id")
                        .withClientSecret("x" + PUNCTUATION + "\u00e9\u20ac\ud83d\ude00"),
                app -> app.filterParam("clientAuthentication", method))) {
            redeemed(scene);
        }
    }

    // R35

    @Test
    void R35_nothingSecretIsInAnAddressThatTheApplicationCalls() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().withClientSecret("s3cret"), app -> app.filterParam("userinfo", "always"))) {
            redeemed(scene);
            assertEquals(1, scene.provider.calls(ScriptedProvider.USERINFO));
            for (RecordedRequest request : scene.provider.requests()) {
                for (String secret : scene.provider.secrets()) {
                    assertFalse((request.path() + "?" + request.rawQuery()).contains(secret), request::text);
                }
            }
            for (String path : List.of(ScriptedProvider.TOKEN, ScriptedProvider.USERINFO, ScriptedProvider.JWKS)) {
                assertEquals("", scene.provider.request(path).rawQuery());
            }
            assertEquals("POST", scene.provider.request(ScriptedProvider.TOKEN).method());
        }
    }

    @Test
    void R35_nothingSecretIsInAnAddressThatTheBrowserIsSentTo() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withClientSecret("s3cret"))) {
            redeemed(scene);
            String code = scene.provider.request(ScriptedProvider.TOKEN).form().get("code");
            for (Page page : scene.browser().history()) {
                for (String secret : scene.provider.secrets()) {
                    boolean providers = page.url().toString().startsWith(scene.provider.address("/"));
                    boolean expected = providers && secret.equals(code);
                    assertFalse(!expected && page.text().contains(secret), page::toString);
                }
            }
        }
    }

    // R36

    private static Scene signing(ScriptedProvider provider, String clientKey) {
        return Scene.clocked(
                provider.withIdTokensFor(Duration.ofDays(3)),
                app -> app.filterParam("clientKey", clientKey)
                        .filterParam("senderConstraint", "dpop")
                        .filterParam("pushedAuthorization", "required"));
    }

    private static ScriptedProvider knowing(SigningKey... keys) {
        return ScriptedProvider.start().withPushedRequests().withDpopNonces().withClientKey(keys);
    }

    @Test
    void R36_theAssertionNamesTheClientTheIssuerAndItself() {
        try (Scene scene = signing(knowing(TestKeys.p256()), ClientJwk.of(TestKeys.p256()))) {
            redeemed(scene);

            ReceivedJwt assertion =
                    scene.provider.clientAssertions(ScriptedProvider.TOKEN).get(0);
            assertEquals(
                    Set.of("iss", "sub", "aud", "jti", "iat", "exp"),
                    assertion.claims().keySet());
            assertEquals("the-client", assertion.claims().get("iss"));
            assertEquals("the-client", assertion.claims().get("sub"));
            assertEquals(scene.provider.issuer(), assertion.claims().get("aud"));
        }
    }

    @Test
    void R36_theAudienceIsTheIssuerWhereverTheEndpointIs() {
        ScriptedProvider provider = knowing(TestKeys.p256()).withIssuerPath("/realms/one");
        try (Scene scene = signing(provider, ClientJwk.of(TestKeys.p256()))) {
            redeemed(scene);

            for (String path : List.of(ScriptedProvider.PAR, ScriptedProvider.TOKEN)) {
                assertEquals(
                        provider.address("/realms/one"),
                        provider.clientAssertions(path).get(0).claims().get("aud"));
            }
        }
    }

    @Test
    void R36_itIsFromNowAndSoonOver() {
        try (Scene scene = signing(knowing(TestKeys.p256()), ClientJwk.of(TestKeys.p256()))) {
            redeemed(scene);

            ReceivedJwt assertion =
                    scene.provider.clientAssertions(ScriptedProvider.TOKEN).get(0);
            long issued = (long) assertion.claims().get("iat");
            assertTrue(Math.abs(Instant.now().getEpochSecond() - issued) < 30, assertion::toString);
            assertEquals(issued + 60, assertion.claims().get("exp"));
        }
    }

    @Test
    void R36_eachCallAndEachNewTryHasOneOfItsOwn() throws Exception {
        ScriptedProvider provider = knowing(TestKeys.p256()).withAccessTokensFor(Duration.ofSeconds(45));
        CountDownLatch revoked = new CountDownLatch(2);
        provider.revocation().changing(reply -> {
            revoked.countDown();
            return reply;
        });
        try (Scene scene = signing(provider, ClientJwk.of(TestKeys.p256()))) {
            redeemed(scene);
            provider.renewsDpopNonces();
            scene.pass(Duration.ofSeconds(40));
            Refreshes.assertGoesOn(scene, 2);
            scene.browser().navigate(scene.url("/logout"));
            assertTrue(revoked.await(20, TimeUnit.SECONDS));

            List<Object> ids = Stream.of(ScriptedProvider.PAR, ScriptedProvider.TOKEN, ScriptedProvider.REVOKE)
                    .flatMap(path -> provider.clientAssertions(path).stream())
                    .map(assertion -> assertion.claims().get("jti"))
                    .toList();
            assertEquals(2, provider.calls(ScriptedProvider.PAR), "with the wish for a nonce");
            assertEquals(7, ids.size(), ids::toString);
            assertEquals(ids.size(), Set.copyOf(ids).size(), ids::toString);
        }
    }

    @Test
    void R36_aSecretCanSignAsWell() {
        ScriptedProvider provider = ScriptedProvider.start()
                .withClientSecret("a secret of more than thirty-two bytes")
                .withSecretJwt();
        try (Scene scene =
                Scene.against(provider, app -> app.filterParam("clientAuthentication", "client_secret_jwt"))) {
            RecordedRequest request = redeemed(scene);

            ReceivedJwt assertion =
                    provider.clientAssertions(ScriptedProvider.TOKEN).get(0);
            assertEquals("HS256", assertion.header().get("alg"));
            assertEquals(provider.issuer(), assertion.claims().get("aud"));
            assertFalse(request.headers().has("Authorization"));
            assertFalse(request.form().has("client_secret"));
            assertFalse(request.text().contains("thirty-two"));
        }
    }

    @Test
    void R36_itIsOfNoOtherTypeThanAJwt() {
        try (Scene scene = signing(knowing(TestKeys.p256()), ClientJwk.of(TestKeys.p256()))) {
            RecordedRequest request = redeemed(scene);

            assertEquals(
                    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                    request.form().get("client_assertion_type"));
            assertEquals(
                    Set.of("alg", "kid"),
                    scene.provider
                            .clientAssertions(ScriptedProvider.TOKEN)
                            .get(0)
                            .header()
                            .keySet());
        }
    }

    // R37

    private static Stream<Arguments> keys() {
        return Stream.of(TestKeys.rsa(), TestKeys.p256(), TestKeys.p384(), TestKeys.p521(), TestKeys.ed25519())
                .flatMap(key -> Stream.of(
                        Arguments.of(key, "JWK", ClientJwk.of(key)), Arguments.of(key, "PEM", ClientJwk.pem(key))));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void R37_aKeyOfAnyKindProvesTheClient(SigningKey key, String form, String clientKey) {
        try (Scene scene = signing(knowing(key), clientKey)) {
            RecordedRequest request = redeemed(scene);

            ReceivedJwt assertion =
                    scene.provider.clientAssertions(ScriptedProvider.TOKEN).get(0);
            assertEquals(key.algorithm().getName(), assertion.header().get("alg"));
            assertEquals(
                    form.equals("JWK") ? key.kid() : null, assertion.header().get("kid"));
            assertFalse(request.headers().has("Authorization"));
            assertFalse(request.form().has("client_secret"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "PS512", "RS512"})
    void R37_anAlgorithmIsOneThatTheMetadataName(String algorithm) {
        try (Scene scene = signing(knowing(TestKeys.rsa()), ClientJwk.of(TestKeys.rsa()))) {
            scene.provider
                    .metadata()
                    .with("token_endpoint_auth_signing_alg_values_supported", List.of("ES256", algorithm));
            redeemed(scene);

            assertEquals(
                    algorithm,
                    scene.provider
                            .clientAssertions(ScriptedProvider.TOKEN)
                            .get(0)
                            .header()
                            .get("alg"));
        }
    }

    @Test
    void R37_ofTwoKeysTheFirstSigns() {
        String both = "{\"keys\":[" + ClientJwk.of(TestKeys.ed25519()) + "," + ClientJwk.of(TestKeys.p256()) + "]}";
        try (Scene scene = signing(knowing(TestKeys.ed25519(), TestKeys.p256()), both);
                Scene pem = signing(
                        knowing(TestKeys.p256(), TestKeys.ed25519()),
                        ClientJwk.pem(TestKeys.p256()) + ClientJwk.pem(TestKeys.ed25519()))) {
            redeemed(scene);
            redeemed(pem);

            assertEquals(List.of("EdDSA"), algorithms(scene));
            assertEquals(List.of("ES256"), algorithms(pem));
        }
    }

    private static List<Object> algorithms(Scene scene) {
        return Stream.of(ScriptedProvider.PAR, ScriptedProvider.TOKEN)
                .flatMap(path -> scene.provider.clientAssertions(path).stream())
                .map(assertion -> assertion.header().get("alg"))
                .distinct()
                .toList();
    }

    @Test
    void R37_aKeyThatIsNotRegisteredIsToldAndNothingElseIsTried() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().withClientKey(TestKeys.p256()),
                app -> app.filterParam("clientKey", ClientJwk.of(TestKeys.ed25519())))) {
            Page page = scene.logIn("/page");
            scene.assertCameToNothing(page, 502, "token_request_refused", 1);
            assertTrue(
                    scene.logs
                            .text()
                            .contains(
                                    "clientKey (and this server's clock) and clientAuthentication (used: private_key_jwt)"),
                    scene.logs::text);
        }
    }

    @Test
    void R37_withAKeyAndASecretTheSettingDecides() {
        ScriptedProvider provider =
                ScriptedProvider.start().withClientSecret("for-nothing").withClientKey(TestKeys.p256());
        try (Scene scene = Scene.against(
                provider,
                app -> app.filterParam("clientKey", ClientJwk.of(TestKeys.p256()))
                        .filterParam("clientAuthentication", "private_key_jwt"))) {
            RecordedRequest request = redeemed(scene);
            assertFalse(request.text().contains("for-nothing"));
            assertFalse(request.headers().has("Authorization"));
        }
    }

    @Test
    void R37_nothingOfTheKeyIsEverSentOrLogged() {
        String key = ClientJwk.of(TestKeys.p256());
        String secret = Json.string(Json.object(key), "d");
        try (Scene scene = signing(knowing(TestKeys.p256()), key)) {
            redeemed(scene);
            scene.reset();
            scene.provider.token().withStatus(500);
            scene.assertLoginRefused(503, "provider_unreachable", 1);

            assertTrue(scene.provider.requests().stream()
                    .noneMatch(request -> request.text().contains(secret)));
            assertFalse(scene.logs.text().contains(secret));
            assertTrue(scene.browser().history().stream()
                    .noneMatch(page -> page.text().contains(secret)));
        }
    }

    // R38

    @ParameterizedTest
    @CsvSource({
        "JWKS, UNTRUSTED",
        "JWKS, WRONG_HOST",
        "JWKS, EXPIRED",
        "TOKEN, UNTRUSTED",
        "TOKEN, WRONG_HOST",
        "TOKEN, EXPIRED",
        "USERINFO, UNTRUSTED",
        "USERINFO, WRONG_HOST",
        "USERINFO, EXPIRED"
    })
    void R38_aServerWithABadCertificateReceivesNothing(BackChannel endpoint, TestTls identity) {
        try (ScriptedProvider impostor = ScriptedProvider.overTls(identity)) {
            shared.provider.metadata().with(endpoint.member, impostor.address(endpoint.path));
            int tokenCalls = endpoint == BackChannel.TOKEN ? 0 : 1;

            shared.assertCameToNothing(shared.logIn("/page"), 503, "provider_unreachable", tokenCalls);

            assertEquals(List.of(), impostor.requests());
            assertTrue(shared.logs.text().contains("TLS handshake"), shared.logs::text);
            shared.restart();
            shared.assertNextLoginWorks();
        }
    }

    @ParameterizedTest
    @EnumSource(TestTls.class)
    void R38_withoutTrustedCertificatesNoPrivateAuthorityIsTrusted(TestTls identity) {
        try (ScriptedProvider impostor = ScriptedProvider.overTls(identity);
                Scene scene =
                        Scene.open(app -> app.filterParam("tokenEndpoint", impostor.address(ScriptedProvider.TOKEN)))) {
            scene.assertCameToNothing(scene.logIn("/page"), 503, "provider_unreachable", 0);
            assertEquals(List.of(), impostor.requests());
            assertTrue(scene.logs.text().contains("trustedCertificates"), scene.logs::text);
        }
    }

    @Test
    void R38_notEvenAllowInsecureHttpTurnsTheCheckOff() {
        try (ScriptedProvider impostor = ScriptedProvider.overTls(TestTls.UNTRUSTED);
                Scene scene =
                        Scene.open(app -> app.filterParam("tokenEndpoint", impostor.address(ScriptedProvider.TOKEN))
                                .filterParam("allowInsecureHttp", "true"))) {
            scene.assertCameToNothing(scene.logIn("/page"), 503, "provider_unreachable", 0);
            assertEquals(List.of(), impostor.requests());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNTRUSTED", "WRONG_HOST", "EXPIRED"})
    void R38_metadataAreNotReadFromAServerWithABadCertificate(TestTls identity, @TempDir Path folder) {
        String authorities = TestTls.writeCaPem(folder.resolve("ca.pem")).toString();
        try (Scene scene = Scene.against(
                ScriptedProvider.overTls(identity), app -> app.filterParam("trustedCertificates", authorities))) {
            Page page = scene.browser().navigate(scene.url("/page"));
            scene.assertCameToNothing(page, 503, "provider_unreachable", 0);
            assertEquals(List.of(), scene.provider.requests());
        }
    }

    @Test
    void R38_trustedCertificatesMakeAPrivateAuthorityWork(@TempDir Path folder) {
        String authorities = TestTls.writeCaPem(folder.resolve("ca.pem")).toString();
        try (Scene scene = Scene.against(
                ScriptedProvider.overTls(TestTls.TRUSTED),
                app -> app.filterParam("trustedCertificates", authorities).filterParam("userinfo", "always"))) {
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R38_aPlainHttpTokenEndpointOffThisMachineIsAMistake() {
        try (ScriptedProvider provider = ScriptedProvider.start();
                Logs logs = Logs.open()) {
            ServletException refused = App.jetty()
                    .against(provider)
                    .filterParam("tokenEndpoint", "http://login.example.com/token")
                    .startFailing();
            assertTrue(refused.getMessage().contains("tokenEndpoint"), refused.getMessage());
            assertTrue(logs.text().contains("https"));
        }
    }

    // R39

    private static Stream<Arguments> redirects() {
        return everywhere(Stream.of(301, 302, 303, 307, 308));
    }

    @ParameterizedTest
    @MethodSource("redirects")
    void R39_noRedirectOfTheProvidersIsFollowed(BackChannel endpoint, int status) {
        endpoint.of(shared.provider).redirectsTo(status, thief.address(endpoint.path));

        endpoint.assertLoginRefused(shared, endpoint.unusable);

        assertEquals(List.of(), thief.requests());
        assertTrue(shared.logs.text().contains("redirects are not followed"), shared.logs::text);
    }

    @Test
    void R39_aRedirectToTheSameServerIsNotFollowedEither() {
        try (Scene scene = Scene.open()) {
            scene.provider.token().once().redirectsTo(307, ScriptedProvider.TOKEN);
            scene.assertLoginRefused(502, "token_response_invalid", 1);
        }
    }

    // R40

    /** Calls that never have a whole answer. */
    private static Stream<Arguments> brokenCalls() {
        return everywhere(Stream.<Named<Consumer<JsonEndpoint>>>of(
                Named.of("no answer", endpoint -> endpoint.hangs()),
                Named.of("half a body", endpoint -> endpoint.hangsWithinBody()),
                Named.of("a dripping body", endpoint -> endpoint.drips()),
                Named.of("dripping headers", endpoint -> endpoint.dripsHeaders()),
                Named.of("a reset", endpoint -> endpoint.resets()),
                Named.of("an early end", endpoint -> endpoint.closes()),
                Named.of("half a body and the end", endpoint -> endpoint.truncates()),
                Named.of("a huge body", endpoint -> endpoint.huge(2L << 20)),
                Named.of("huge headers", endpoint -> endpoint.hugeHeaders(20L << 20)),
                Named.of("a page about a failure", endpoint -> endpoint.answers(500, "text/html", "<h1>oops</h1>"))));
    }

    @ParameterizedTest
    @MethodSource("brokenCalls")
    void R40_aCallWithoutAWholeAnswerEndsTheLoginSoon(BackChannel endpoint, Consumer<JsonEndpoint> mishap) {
        mishap.accept(endpoint.of(hasty.provider));

        assertTimeout(Duration.ofSeconds(20), () -> endpoint.assertLoginRefused(hasty, "provider_unreachable"));
    }

    /** Bodies that are of the right type, and no JSON objects. */
    private static Stream<Arguments> bodiesThatAreNone() {
        return everywhere(Stream.of(
                Named.of("bad JSON", "{\"a\":"),
                Named.of("an array", "[{\"a\":1}]"),
                Named.of("null", "null"),
                Named.of("a number", "7"),
                Named.of("a string", "\"a\""),
                Named.of("nothing", ""),
                Named.of("deep objects", deep("{\"a\":", "}", 100_000).replace(":}", ":1}")),
                Named.of("deep arrays", "{\"a\":" + deep("[", "]", 100_000) + "}")));
    }

    @ParameterizedTest
    @MethodSource("bodiesThatAreNone")
    void R40_aBodyThatIsNoJsonObjectIsNoAnswer(BackChannel endpoint, String body) {
        endpoint.of(shared.provider).answersJson(body);

        endpoint.assertLoginRefused(shared, endpoint.unusable);
    }

    @ParameterizedTest
    @EnumSource
    void R40_aPageIsNoAnswer(BackChannel endpoint) {
        endpoint.of(shared.provider).answers(200, "text/html", "<h1>please accept our terms</h1>");

        endpoint.assertLoginRefused(shared, endpoint.unusable);
    }

    @ParameterizedTest
    @EnumSource
    void R40_noContentIsNoAnswer(BackChannel endpoint) {
        endpoint.of(shared.provider).answers(204, "application/json", "");

        endpoint.assertLoginRefused(
                shared, endpoint == BackChannel.TOKEN ? "token_request_refused" : endpoint.unusable);
    }

    @Test
    void R40_aHugeAnswerIsNotReadToItsEnd() {
        shared.provider.token().huge(200L << 20);
        shared.assertLoginRefused(503, "provider_unreachable", 1);
        assertTrue(shared.logs.text().contains("larger than"), shared.logs::text);
    }

    private static Stream<Mishap> answersThatAreNone() {
        String code = "token_response_invalid";
        return Stream.of(
                new Mishap("bad JSON", p -> p.token().answersJson("{\"access_token\":"), 502, code),
                new Mishap("an array", p -> p.token().answersJson("[{\"access_token\":\"x\"}]"), 502, code),
                new Mishap(
                        "an array of pairs",
                        p -> p.token().changing(reply -> reply.withBody(pairs(reply.body()))),
                        502,
                        code),
                new Mishap(
                        "a member twice",
                        p -> p.token()
                                .changing(reply ->
                                        reply.withBody(reply.body().replaceFirst("\\{", "{\"token_type\":\"mac\","))),
                        502,
                        code),
                new Mishap("a string", p -> p.token().answersJson("\"access_token\""), 502, code),
                new Mishap("null", p -> p.token().answersJson("null"), 502, code),
                new Mishap("nothing", p -> p.token().answersJson(""), 502, code),
                new Mishap("two objects", p -> p.token().answersJson("{}{}"), 502, code),
                new Mishap("an empty object", p -> p.token().answersJson("{}"), 502, code),
                new Mishap("204", p -> p.token().answers(204, "application/json", ""), 502, "token_request_refused"),
                new Mishap("201", p -> p.token().withStatus(201), 502, "token_request_refused"),
                new Mishap(
                        "deep arrays",
                        p -> p.token().answersJson("{\"a\":" + deep("[", "]", 100_000) + "}"),
                        502,
                        code),
                new Mishap(
                        "deep objects",
                        p -> p.token().answersJson(deep("{\"a\":", "}", 100_000).replace(":}", ":1}")),
                        502,
                        code),
                new Mishap("text/html", p -> p.token().withContentType("text/html"), 502, code),
                new Mishap("text/plain", p -> p.token().withContentType("text/plain;charset=utf-8"), 502, code),
                new Mishap("application/jwt", p -> p.token().withContentType("application/jwt"), 502, code),
                new Mishap("no content type", p -> p.token().withContentType(""), 502, code),
                new Mishap(
                        "form-encoded",
                        p -> p.token()
                                .answers(
                                        200,
                                        "application/x-www-form-urlencoded",
                                        "access_token=x&token_type=bearer&id_token=y"),
                        502,
                        code),
                new Mishap("200 with error", p -> p.token().with("error", "invalid_grant"), 502, code),
                new Mishap("200 with error null", p -> p.token().with("error", null), 502, code),
                new Mishap("no access token", p -> p.token().without("access_token"), 502, code),
                new Mishap("an empty access token", p -> p.token().with("access_token", ""), 502, code),
                new Mishap("access token null", p -> p.token().with("access_token", null), 502, code),
                new Mishap("a number for access token", p -> p.token().with("access_token", 7), 502, code));
    }

    @ParameterizedTest
    @MethodSource("answersThatAreNone")
    void R40_anAnswerThatIsNoneIsRefused(Mishap wrong) {
        try (Scene scene = Scene.open()) {
            wrong.script().accept(scene.provider);
            scene.assertLoginRefused(wrong.status(), wrong.code(), 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json;charset=UTF-8",
                "Application/JSON ; x=y",
                "application/x+json"
            })
    void R40_jsonByAnyOfItsNamesIsTaken(String type) {
        try (Scene scene = Scene.open()) {
            scene.provider.token().withContentType(type);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    private static Stream<Mishap> errors() {
        return Stream.of(
                new Mishap(
                        "400 with an error",
                        p -> p.token().answers(400, "application/json", "{\"error\":\"invalid_grant\"}"),
                        502,
                        "token_request_refused"),
                new Mishap(
                        "400 with HTML",
                        p -> p.token().answers(400, "text/html", "<h1>no</h1>"),
                        502,
                        "token_request_refused"),
                new Mishap("honest tokens with 400", p -> p.token().withStatus(400), 502, "token_request_refused"),
                new Mishap("honest tokens with 500", p -> p.token().withStatus(500), 503, "provider_unreachable"),
                new Mishap("404", p -> p.token().answers(404, "text/plain", "no"), 502, "token_request_refused"));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void R40_anErrorIsNoLogin(Mishap wrong) {
        try (Scene scene = Scene.open()) {
            wrong.script().accept(scene.provider);
            scene.assertLoginRefused(wrong.status(), wrong.code(), 1);
        }
    }

    @Test
    void R40_anErrorThatQuotesWhatWasSentIsNotPassedOn() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withClientSecret("top-s3cret"))) {
            scene.provider
                    .token()
                    .does((honest, line) -> line.send(Reply.of(
                            400,
                            "application/json",
                            "{\"error\":\"invalid_grant\",\"error_description\":\"not %s %s top-s3cret\"}"
                                    .formatted(sent(scene, "code"), sent(scene, "code_verifier")))));
            Page page = scene.logIn("/page");
            String code = sent(scene, "code");
            String verifier = sent(scene, "code_verifier");
            scene.assertCameToNothing(page, 502, "token_request_refused", 1);
            for (String secret : List.of(code, verifier, "top-s3cret")) {
                assertFalse(page.text().contains(secret) || scene.logs.text().contains(secret), scene.logs::text);
            }
            assertTrue(scene.logs.text().contains("not [hidden] [hidden] [hidden]"), scene.logs::text);
        }
    }

    private static String sent(Scene scene, String name) {
        return scene.provider.request(ScriptedProvider.TOKEN).form().get(name);
    }

    // R41

    @ParameterizedTest
    @ValueSource(strings = {"mac", "DPoP", "Bearer x", "N_A", ""})
    void R41_aTokenOfUnknownTypeIsRefused(String type) {
        try (Scene scene = Scene.open()) {
            scene.provider.token().with("token_type", type);
            scene.assertLoginRefused(502, "token_response_invalid", 1);
        }
    }

    private static Stream<Mishap> typesThatAreNone() {
        String code = "token_response_invalid";
        return Stream.of(
                new Mishap("null", p -> p.token().with("token_type", null), 502, code),
                new Mishap("a number", p -> p.token().with("token_type", 7), 502, code),
                new Mishap("an array", p -> p.token().with("token_type", List.of("Bearer")), 502, code));
    }

    @ParameterizedTest
    @MethodSource("typesThatAreNone")
    void R41_aTypeThatIsNoStringIsRefused(Mishap none) {
        try (Scene scene = Scene.open()) {
            none.script().accept(scene.provider);
            scene.assertLoginRefused(none.status(), none.code(), 1);
        }
    }

    @Test
    void R41_aMissingTypeIsRefused() {
        try (Scene scene = Scene.open()) {
            scene.provider.token().without("token_type");
            scene.assertLoginRefused(502, "token_response_invalid", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "Bearer"})
    void R41_bearerIsKnownInAnyCase(String type) {
        try (Scene scene = Scene.open()) {
            scene.provider.token().with("token_type", type);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // R42

    private static Stream<Mishap> oddButHarmless() {
        return Stream.of(
                harmless("no expires_in", p -> p.token().without("expires_in")),
                harmless("no scope", p -> p.token().without("scope")),
                harmless("no refresh token", p -> p.token().without("refresh_token")),
                harmless("expires_in null", p -> p.token().with("expires_in", null)),
                harmless("expires_in a string", p -> p.token().with("expires_in", "3600")),
                harmless("expires_in no number", p -> p.token().with("expires_in", "soon")),
                harmless("expires_in negative", p -> p.token().with("expires_in", -1)),
                harmless("expires_in 1e300", p -> p.token().with("expires_in", 1e300)),
                harmless("expires_in a far future", p -> p.token().with("expires_in", 253_402_300_799L)),
                harmless("scope null", p -> p.token().with("scope", null)),
                harmless("scope an array", p -> p.token().with("scope", List.of("openid"))),
                harmless("refresh_token null", p -> p.token().with("refresh_token", null)),
                harmless("error_description alone", p -> p.token().with("error_description", "none")),
                harmless(
                        "unknown members",
                        p -> p.token()
                                .with("ext_expires_in", 1)
                                .with("foo", List.of(1, 2))
                                .with("\u00fc", null)));
    }

    private static Mishap harmless(String what, Consumer<ScriptedProvider> script) {
        return new Mishap(what, script, 200, "");
    }

    @ParameterizedTest
    @MethodSource("oddButHarmless")
    void R42_whatIsMissingOrUnknownButNotNeededIsTolerated(Mishap odd) {
        try (Scene scene = Scene.open()) {
            odd.script().accept(scene.provider);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // R43

    private static Stream<Mishap> withoutIdToken() {
        return Stream.of(
                new Mishap("missing", p -> p.token().without("id_token"), 502, "id_token_missing"),
                new Mishap("null", p -> p.token().with("id_token", null), 502, "id_token_missing"),
                new Mishap("empty", p -> p.token().with("id_token", ""), 502, "id_token_missing"),
                new Mishap("a number", p -> p.token().with("id_token", 7), 502, "id_token_missing"),
                new Mishap("an object", p -> p.token().with("id_token", List.of("x")), 502, "id_token_missing"));
    }

    @ParameterizedTest
    @MethodSource("withoutIdToken")
    void R43_withOpenidThereIsNoLoginWithoutAnIdToken(Mishap wrong) {
        try (Scene scene = Scene.open()) {
            wrong.script().accept(scene.provider);
            scene.assertLoginRefused(wrong.status(), wrong.code(), 1);
            assertEquals(0, scene.provider.calls(ScriptedProvider.USERINFO));
        }
    }

    @Test
    void R43_withoutOpenidNoneIsNeeded() {
        try (Scene scene = Scene.open(app -> app.filterParam("scope", "profile"));
                Browser browser = Browser.open()) {
            scene.assertSignedIn(browser.navigateFully(scene.url("/page")));
            assertEquals("profile", scene.provider.lastAuthorizationRequest().get("scope"));
        }
    }

    /** The members of a JSON object as an array of arrays, which some parsers take for the same. */
    private static String pairs(String object) {
        return JSONArrayUtils.toJSONString(Json.object(object).entrySet().stream()
                .map(member -> List.of(member.getKey(), member.getValue()))
                .toList());
    }

    private static String deep(String open, String close, int levels) {
        return open.repeat(levels) + close.repeat(levels);
    }
}
