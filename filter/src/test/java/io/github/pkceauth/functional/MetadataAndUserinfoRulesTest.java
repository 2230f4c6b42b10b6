package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.JsonEndpoint;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.RawHttp;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import io.github.pkceauth.testkit.TokenScript;
import io.github.pkceauth.testkit.Url;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R61 to R73: what is believed of the provider's metadata, keys, userinfo and refreshes. */
class MetadataAndUserinfoRulesTest {

    private static final String OPENID_METADATA = "/.well-known/openid-configuration";

    /** A way to change a document of the provider, and what it is called. */
    private record Bend(String what, Consumer<JsonEndpoint> script) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Bend member(String what, String name, Object value) {
        return new Bend(what, document -> document.with(name, value));
    }

    // R61

    private static Stream<Bend> otherIssuers() {
        String issuer = "http://127.0.0.1";
        return Stream.of(
                member("another's", "issuer", "https://evil.example"),
                new Bend(
                        "with a final slash",
                        document -> document.changing(reply ->
                                reply.withBody(reply.body().replaceFirst("(\"issuer\":\"[^\"]*)", "$1\\\\/")))),
                new Bend(
                        "with an upper case scheme",
                        document -> document.changing(
                                reply -> reply.withBody(reply.body().replaceFirst("(\"issuer\":\")http", "$1HTTP")))),
                new Bend(
                        "by another name of the host",
                        document -> document.changing(reply -> reply.withBody(
                                reply.body().replaceFirst("(\"issuer\":\"[^\"]*)127.0.0.1", "$1localhost")))),
                member("without its port", "issuer", issuer),
                member("empty", "issuer", ""),
                member("a number", "issuer", 7),
                member("an array", "issuer", List.of(issuer)),
                new Bend("null", document -> document.with("issuer", null)),
                new Bend("missing", document -> document.without("issuer")));
    }

    @ParameterizedTest
    @MethodSource("otherIssuers")
    void R61_metadataOfAnotherIssuerAreRefused(Bend issuer) {
        try (Scene scene = Scene.clocked(app -> app)) {
            issuer.script().accept(scene.provider.metadata());
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @Test
    void R61_theErrorNamesBothIssuersAndTheNextTryMayWork() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.metadata().with("issuer", scene.provider.issuer() + "/");
            scene.assertNoLoginBegins(502, "metadata_invalid");
            assertTrue(scene.logs.text().contains("'" + scene.provider.issuer() + "/'"), scene.logs::text);
            assertTrue(scene.logs.text().contains("'" + scene.provider.issuer() + "'"), scene.logs::text);
        }
    }

    @Test
    void R61_aSlashOfTheParameterIsNotForgivenEither() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withIssuerPath("/"))) {
            scene.provider.withIssuerPath("");
            Page page = scene.browser().navigate(scene.url("/page"));
            scene.assertCameToNothing(page, 502, "metadata_invalid", 0);
            assertEquals(0, scene.app.sessions().created());
        }
    }

    @Test
    void R61_metadataByMetadataUrlMustBeOfTheIssuerAsWell() {
        try (ScriptedProvider other = ScriptedProvider.start();
                Scene scene = Scene.open(app -> app.filterParam("metadataUrl", other.address(OPENID_METADATA)))) {
            Page page = scene.browser().navigate(scene.url("/page"));
            scene.assertCameToNothing(page, 502, "metadata_invalid", 0);
            assertEquals(0, scene.app.sessions().created());
            assertEquals(0, scene.provider.metadataCalls());
        }
    }

    @Test
    void R61_metadataOfTheSecondLocationMustBeOfTheIssuerAsWell() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.openidMetadata().answers(404, "text/plain", "no");
            scene.provider.oauthMetadata().with("issuer", "https://evil.example");
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "[[\"issuer\",\"x\"]]", "\"x\"", "<html></html>", "{\"issuer\":"})
    void R61_whatIsNoJsonObjectIsNoMetadata(String body) {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.metadata().answersJson(body);
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/octet-stream", ""})
    void R61_theTypeOfTheMetadataDoesNotMatter(String type) {
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().withContentType(type);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // R62

    @Test
    void R62_noRequestNamesTheProvider() {
        try (ScriptedProvider evil = ScriptedProvider.start();
                Scene scene = Scene.open()) {
            String issuer = Parameters.none()
                    .plus("iss", evil.issuer())
                    .plus("issuer", evil.issuer())
                    .plus("login_hint", "alice@" + evil.issuer().substring("http://".length()))
                    .plus("target_link_uri", "/page")
                    .encoded();
            scene.assertRefused(Browser.open().navigate(scene.url("/login?" + issuer)), 400, "login_elsewhere");
            for (String path : List.of("/page?", "/callback?code=x&state=y&")) {
                scene.assertSentToProvider(Browser.open().navigate(scene.url(path + issuer)));
            }
            RawHttp.to(scene.app.port())
                    .get(
                            "/page",
                            "Host: localhost:" + scene.app.port(),
                            "Accept: text/html",
                            "X-Issuer: " + evil.issuer(),
                            "X-Forwarded-Host: " + evil.issuer().substring("http://".length()),
                            "Referer: " + evil.issuer(),
                            "Origin: " + evil.issuer());
            assertEquals(List.of(), evil.requests());
        }
    }

    @Test
    void R62_theHostOfTheRequestIsNotTheIssuers() {
        try (ScriptedProvider evil = ScriptedProvider.start();
                Scene scene = Scene.open()) {
            Page page = RawHttp.to(scene.app.port())
                    .get("/page", "Host: " + evil.issuer().substring("http://".length()), "Accept: text/html");
            scene.assertSentToProvider(page);
            assertEquals(List.of(), evil.requests());
        }
    }

    // R63

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization_endpoint",
                "token_endpoint",
                "jwks_uri",
                "userinfo_endpoint",
                "end_session_endpoint"
            })
    void R63_aPlainHttpEndpointOffThisMachineIsNotUsed(String endpoint) {
        try (Scene scene = Scene.clocked(app -> app.filterParam("userinfo", "always"))) {
            scene.provider.metadata().with(endpoint, "http://login.example.com/x");
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_endpoint, ftp://127.0.0.1/x",
        "authorization_endpoint, javascript://x/%0Aalert(1)",
        "authorization_endpoint, javascript:alert(1)",
        "authorization_endpoint, /authorize",
        "authorization_endpoint, https:///authorize",
        "authorization_endpoint, https://login.example.com/#x",
        "token_endpoint, ftp://127.0.0.1/x",
        "token_endpoint, file:///etc/passwd",
        "token_endpoint, jar:file:///x!/y",
        "token_endpoint, not an address",
        "token_endpoint, http://127.0.0.1.evil.example/x",
        "token_endpoint, http://localhost@evil.example/x",
        "token_endpoint, https://user:password@login.example.com/x",
        "jwks_uri, ftp://127.0.0.1/x",
        "jwks_uri, data:application/json;base64,e30=",
        "userinfo_endpoint, ftp://127.0.0.1/x",
    })
    void R63_whatIsNoAddressOfAWebServerIsNotUsed(String endpoint, String address) {
        try (Scene scene = Scene.clocked(app -> app.filterParam("userinfo", "always"))) {
            scene.provider.metadata().with(endpoint, address);
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization_endpoint", "token_endpoint", "jwks_uri"})
    void R63_aMissingEndpointIsNotGuessed(String endpoint) {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.metadata().without(endpoint);
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @Test
    void R63_theSwitchAllowsPlainHttpOpenly() {
        try (Scene scene = Scene.open(app -> app.filterParam("allowInsecureHttp", "true"))) {
            scene.provider.metadata().with("authorization_endpoint", "http://login.example.com/authorize");
            Page page = scene.browser().navigate(scene.url("/page"));
            assertTrue(page.location().startsWith("http://login.example.com/authorize?"), page::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/x", "javascript://x/%0Aalert(1)", "file://x/y", "ws://127.0.0.1/x"})
    void R63_theSwitchAllowsNothingButPlainHttp(String address) {
        try (Scene scene = Scene.clocked(app -> app.filterParam("allowInsecureHttp", "true"))) {
            scene.provider.metadata().with("authorization_endpoint", address);
            scene.assertNoLoginBegins(502, "metadata_invalid");
        }
    }

    @Test
    void R63_aParameterWinsOverTheMetadata() {
        try (ScriptedProvider thief = ScriptedProvider.start();
                ScriptedProvider provider = ScriptedProvider.start();
                Scene scene = Scene.against(
                        ScriptedProvider.start(),
                        app -> app.against(provider)
                                .filterParam("authorizationEndpoint", provider.address(ScriptedProvider.AUTHORIZE))
                                .filterParam("tokenEndpoint", provider.address(ScriptedProvider.TOKEN))
                                .filterParam("jwksUri", provider.address(ScriptedProvider.JWKS))
                                .filterParam("userinfo", "always"))) {
            provider.metadata()
                    .with("authorization_endpoint", thief.address(ScriptedProvider.AUTHORIZE))
                    .with("token_endpoint", thief.address(ScriptedProvider.TOKEN))
                    .with("jwks_uri", thief.address(ScriptedProvider.JWKS));
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(List.of(), thief.requests());
        }
    }

    @Test
    void R63_noAnswerMovesAnEndpoint() {
        try (ScriptedProvider thief = ScriptedProvider.start();
                Scene scene = Scene.open(app -> app.filterParam("userinfo", "always"))) {
            scene.provider.authorization().withParameter("token_endpoint", thief.address(ScriptedProvider.TOKEN));
            scene.provider
                    .token()
                    .with("userinfo_endpoint", thief.address(ScriptedProvider.USERINFO))
                    .with("jwks_uri", thief.address(ScriptedProvider.JWKS));
            scene.provider.idToken().withClaim("userinfo_endpoint", thief.address(ScriptedProvider.USERINFO));
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(List.of(), thief.requests());
        }
    }

    // R64

    @Test
    void R64_afterAChangeOfKeysTheNextLoginWorksByOneMoreFetch() {
        try (Scene scene = Scene.open()) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(1, scene.provider.calls(ScriptedProvider.JWKS));
            scene.provider.rotateKeys();
            for (int i = 0; i < 3; i++) {
                scene.reset();
                scene.assertSignedIn(scene.logIn("/page"));
            }
            assertEquals(2, scene.provider.calls(ScriptedProvider.JWKS));
        }
    }

    @Test
    void R64_aNewKeyUnderTheOldNameIsFoundAsWell() {
        try (Scene scene = Scene.open()) {
            scene.assertSignedIn(scene.logIn("/page"));
            scene.reset();
            scene.provider
                    .keys()
                    .withdraw("rsa-1")
                    .publish(TestKeys.otherRsa().named("rsa-1").publicJwk());
            scene.provider.idToken().signedWith(TestKeys.otherRsa());
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(2, scene.provider.calls(ScriptedProvider.JWKS));
        }
    }

    @Test
    void R64_simultaneousLoginsAfterAChangeOfKeysShareOneFetch() throws Exception {
        int users = 4;
        ExecutorService threads = Executors.newFixedThreadPool(users);
        try (Scene scene = Scene.open()) {
            scene.assertSignedIn(scene.logIn("/page"));
            scene.provider.rotateKeys();
            List<Future<Page>> pages = new ArrayList<>();
            for (int i = 0; i < users; i++) {
                pages.add(threads.submit(() -> Browser.open().navigateFully(scene.url("/page"))));
            }
            for (Future<Page> page : pages) {
                scene.assertSignedIn(page.get(30, TimeUnit.SECONDS));
            }
            assertEquals(2, scene.provider.calls(ScriptedProvider.JWKS));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void R64_anOutageOfTheKeySetDoesNotStopLoginsByKnownKeys() {
        try (Scene scene = Scene.open()) {
            scene.assertSignedIn(scene.logIn("/page"));
            scene.reset();
            scene.provider.jwks().withStatus(500);
            scene.assertSignedIn(scene.logIn("/page"));

            scene.reset();
            scene.provider.jwks().resets();
            scene.provider.idToken().withHeader("kid", "nobody");
            scene.assertCameToNothing(scene.logIn("/page"), 502, "id_token_key_unknown", 1);
            scene.provider.idToken().behaves();
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R64_knownKeysOutliveALongOutage() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start();
                Logs logs = Logs.open()) {
            TimedLogins logins = new TimedLogins(provider);
            logins.logIn();
            for (int hours = 1; hours < 48; hours *= 3) {
                logins.letPass(Duration.ofHours(hours));
                provider.behaves();
                provider.jwks().withStatus(503);
                provider.metadata().withStatus(503);
                provider.idToken()
                        .withClaim("iat", logins.now().getEpochSecond())
                        .withClaim("exp", logins.now().plusSeconds(60).getEpochSecond());
                assertEquals("alice", logins.logIn().user().getName());
            }
            assertTrue(provider.calls(ScriptedProvider.JWKS) > 1);
            assertTrue(logs.text().contains("using what is known of the provider"), logs::text);
        }
    }

    @Test
    void R64_keysAreReadAgainAfterAWhileSoThatAWithdrawnOneEnds() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.start()) {
            TimedLogins logins = new TimedLogins(provider);
            logins.logIn();
            provider.keys().withdraw("rsa-1");
            logins.letPass(Duration.ofHours(1));
            provider.idToken()
                    .withClaim("iat", logins.now().getEpochSecond())
                    .withClaim("exp", logins.now().plusSeconds(60).getEpochSecond());
            AuthFailure failure = assertThrows(AuthFailure.class, logins::logIn);
            assertEquals(AuthFailure.Reason.ID_TOKEN_KEY_UNKNOWN, failure.reason());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "{}", "{\"keys\":null}", "{\"keys\":{}}", "{\"keys\":\"x\"}", "<html></html>"})
    void R64_whatIsNoKeySetIsAnOutage(String body) {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.jwks().answersJson(body);
            scene.assertLoginRefused(503, "provider_unreachable", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/jwk-set+json", "text/plain", "application/octet-stream"})
    void R64_theTypeOfTheKeySetDoesNotMatter(String type) {
        try (Scene scene = Scene.open()) {
            scene.provider.jwks().withContentType(type);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R64_anEmptyKeySetVouchesForNothing() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.jwks().with("keys", List.of());
            scene.assertLoginRefused(502, "id_token_key_unknown", 1);
        }
    }

    @Test
    void R64_anEmptyKeySetDoesNotReplaceKnownKeys() {
        try (Scene scene = Scene.open()) {
            scene.assertSignedIn(scene.logIn("/page"));
            scene.reset();
            scene.provider.jwks().with("keys", List.of());
            scene.provider.idToken().withHeader("kid", "nobody");
            scene.assertCameToNothing(scene.logIn("/page"), 502, "id_token_key_unknown", 1);
            assertEquals(2, scene.provider.calls(ScriptedProvider.JWKS));
            scene.provider.idToken().behaves();
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    private static List<Object> uselessKeys() {
        String ones = base64url(new byte[] {1}, 32);
        List<Object> keys = new ArrayList<>();
        keys.add(Map.of("kty", "EC", "crv", "secp256k1", "x", ones, "y", ones));
        keys.add(Map.of("kty", "EC", "crv", "P-999", "x", ones, "y", ones));
        keys.add(Map.of("kty", "EC", "crv", "P-256", "x", ones, "y", ones));
        keys.add(Map.of("kty", "EC", "crv", "P-256", "x", "", "y", ""));
        keys.add(Map.of("kty", "EC", "crv", "P-256"));
        keys.add(Map.of("kty", "OKP", "crv", "X25519", "x", ones));
        keys.add(Map.of("kty", "OKP", "crv", "Ed448", "x", ones));
        keys.add(Map.of("kty", "OKP", "crv", "Ed25519", "x", "AQ"));
        keys.add(Map.of("kty", "AKP", "alg", "ML-DSA-44", "pub", ones));
        keys.add(Map.of("kty", "oct", "k", ones));
        keys.add(Map.of("kty", "RSA", "n", "AQAB", "e", "AQAB"));
        keys.add(Map.of("kty", "RSA", "n", 7, "e", 7));
        keys.add(Map.of("kty", "RSA", "n", "AA", "e", "AA"));
        keys.add(Map.of("kty", 7));
        keys.add(Map.of());
        keys.add(with(TestKeys.otherRsa().publicJwk(), "key_ops", List.of("wrapKey", "nonsense")));
        keys.add(with(TestKeys.otherRsa().publicJwk(), "key_ops", List.of("verify", "verify")));
        keys.add(with(TestKeys.otherRsa().publicJwk(), "key_ops", "verify"));
        keys.add(with(TestKeys.otherRsa().publicJwk(), "use", "enc"));
        keys.add(with(TestKeys.otherRsa().publicJwk(), "alg", "ES256"));
        keys.add(with(TestKeys.otherRsa().publicJwk(), "alg", "RSA-OAEP"));
        keys.add(with(TestKeys.otherRsa().publicJwk(), "x5c", List.of("rubbish")));
        keys.add(with(TestKeys.otherRsa().publicJwk(), "x5u", "::"));
        keys.add("a string");
        keys.add(7);
        keys.add(List.of());
        return keys;
    }

    @Test
    void R64_keysThatAreNoUseDoNoHarmToTheGoodOne() {
        try (Scene scene = Scene.open()) {
            List<Object> keys = new ArrayList<>();
            for (Object useless : uselessKeys()) {
                keys.add(useless instanceof Map<?, ?> jwk ? with(jwk, "kid", "rsa-1") : useless);
            }
            keys.add(TestKeys.rsa().publicJwk());
            scene.provider.jwks().with("keys", keys);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"use", "key_ops"})
    void R64_aKeyThatIsNotForSignaturesVerifiesNone(String member) {
        try (Scene scene = Scene.clocked(app -> app)) {
            Object otherUse = member.equals("use") ? "enc" : List.of("encrypt");
            Map<String, Object> jwk = with(TestKeys.rsa().publicJwk(), member, otherUse);
            if (member.equals("key_ops")) {
                jwk.remove("use");
            }
            scene.provider.jwks().with("keys", List.of(jwk, TestKeys.otherRsa().publicJwk()));
            scene.assertLoginRefused(502, "id_token_key_unknown", 1);
        }
    }

    private static Map<String, Object> with(Map<?, ?> jwk, String name, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        jwk.forEach((key, member) -> copy.put(String.valueOf(key), member));
        copy.put(name, value);
        return copy;
    }

    private static String base64url(byte[] unit, int times) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < times; i++) {
            bytes.append((char) unit[0]);
        }
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    // R65

    private static final List<String> ALIASED =
            List.of(ScriptedProvider.PAR, ScriptedProvider.TOKEN, ScriptedProvider.USERINFO);

    private static Scene withCertificate(ScriptedProvider provider, String... params) {
        return Scene.clocked(provider.withPushedRequests(), app -> {
            Assured.showing(TestTls.CLIENT).apply(app).filterParam("pushedAuthorization", "required");
            for (int i = 0; i < params.length; i += 2) {
                app.filterParam(params[i], params[i + 1]);
            }
            return app;
        });
    }

    private static int portOf(String address) {
        return Url.parse(address).port();
    }

    @Test
    void R65_withMutualTlsTheAliasesAreCalled() {
        try (Scene scene = withCertificate(Assured.mtlsProvider(TestTls.CLIENT))) {
            scene.signedIn();

            for (String path : ALIASED) {
                assertEquals(
                        portOf(scene.provider.mtlsAddress(path)),
                        scene.provider.request(path).port(),
                        path);
            }
            for (String path : List.of(ScriptedProvider.AUTHORIZE, ScriptedProvider.JWKS)) {
                assertEquals(
                        portOf(scene.provider.address(path)),
                        scene.provider.request(path).port(),
                        path);
            }
        }
    }

    @Test
    void R65_withoutMutualTlsTheyAreNot() {
        ScriptedProvider provider = ScriptedProvider.overMutualTls(TestTls.TRUSTED);
        try (Scene scene = Scene.clocked(
                provider.withPushedRequests(),
                app -> app.filterParam("trustedCertificates", TestTls.caPem())
                        .filterParam("pushedAuthorization", "required")
                        .filterParam("userinfo", "always"))) {
            scene.signedIn();

            for (String path : ALIASED) {
                assertEquals(
                        portOf(provider.address(path)), provider.request(path).port(), path);
            }
        }
    }

    @Test
    void R65_aSettingWinsOverAnAlias() {
        ScriptedProvider provider = Assured.mtlsProvider(TestTls.CLIENT);
        try (Scene scene = withCertificate(provider, "tokenEndpoint", provider.address(ScriptedProvider.TOKEN))) {
            Page page = scene.logIn("/page");

            scene.assertCameToNothing(page, 502, "token_request_refused", 1);
            assertEquals(
                    portOf(provider.address("/")),
                    provider.request(ScriptedProvider.TOKEN).port());
        }
    }

    @Test
    void R65_whereThereIsNoAliasTheUsualAddressIsCalled() {
        ScriptedProvider provider = Assured.mtlsProvider(TestTls.CLIENT);
        provider.metadata()
                .without("mtls_endpoint_aliases")
                .with("token_endpoint", provider.mtlsAddress(ScriptedProvider.TOKEN))
                .with("pushed_authorization_request_endpoint", provider.mtlsAddress(ScriptedProvider.PAR))
                .with("userinfo_endpoint", provider.mtlsAddress(ScriptedProvider.USERINFO));
        try (Scene scene = withCertificate(provider)) {
            scene.signedIn();
            assertEquals(
                    TestTls.CLIENT.certificate(),
                    provider.request(ScriptedProvider.TOKEN).certificate());
        }
    }

    @Test
    void R65_anAliasThatIsNoTextIsNone() {
        ScriptedProvider provider = Assured.mtlsProvider(TestTls.CLIENT);
        provider.metadata()
                .with(
                        "mtls_endpoint_aliases",
                        Map.of(
                                "token_endpoint",
                                7,
                                "pushed_authorization_request_endpoint",
                                provider.mtlsAddress(ScriptedProvider.PAR)));
        try (Scene scene = withCertificate(provider)) {
            Page page = scene.logIn("/page");
            scene.assertCameToNothing(page, 502, "token_request_refused", 1);
            assertEquals(
                    portOf(provider.address("/")),
                    provider.request(ScriptedProvider.TOKEN).port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.com/token", "//login.example.com/token", "https://x.example/#f"})
    void R65_anAliasMustBeSuchAnAddressAsAnyEndpoint(String alias) {
        ScriptedProvider provider = Assured.mtlsProvider(TestTls.CLIENT);
        provider.metadata().with("mtls_endpoint_aliases", Map.of("token_endpoint", alias));
        try (Scene scene = withCertificate(provider)) {
            Page page = scene.browser().navigate(scene.url("/page"));
            scene.assertCameToNothing(page, 502, "metadata_invalid", 0);
        }
    }

    // R66

    private static Stream<Bend> otherSubjects() {
        return Stream.of(
                member("somebody else", "sub", "mallory"),
                member("in another case", "sub", "Alice"),
                member("with a blank", "sub", "alice "),
                member("empty", "sub", ""),
                member("a number", "sub", 7),
                member("an array", "sub", List.of("alice")),
                new Bend("null", document -> document.with("sub", null)),
                new Bend("missing", document -> document.without("sub")));
    }

    @ParameterizedTest
    @MethodSource("otherSubjects")
    void R66_userinfoAboutAnotherSubjectIsRefused(Bend subject) {
        try (Scene scene = Scene.open(app -> app.filterParam("userinfo", "always"))) {
            subject.script().accept(scene.provider.userinfo());
            scene.assertLoginRefused(502, "userinfo_subject", 1);
        }
    }

    @Test
    void R66_alsoWhereItIsAskedForOneClaimAlone() {
        try (Scene scene = Scene.open(app -> app.filterParam("principalClaim", "email"))) {
            scene.provider.userinfo().with("sub", "mallory");
            scene.assertCameToNothing(scene.logIn("/page"), 502, "userinfo_subject", 1);
        }
    }

    @Test
    void R66_userinfoCannotReplaceWhatTheIdTokenSays() {
        try (Scene scene =
                Scene.open(app -> app.filterParam("userinfo", "always").filterParam("rolesClaim", "roles"))) {
            scene.provider.signInAs("bob");
            scene.provider.userinfo().with("roles", List.of("admin"));
            Page page = scene.logIn("/page?role=admin&role=user");
            assertEquals("bob", page.seen().remoteUser());
            assertFalse(page.seen().hasRole("admin"));
            assertTrue(page.seen().hasRole("user"));
        }
    }

    private static Stream<Bend> badUserinfo() {
        return Stream.of(
                new Bend("bad JSON", document -> document.answersJson("{")),
                new Bend("null", document -> document.answersJson("null")),
                new Bend("an array", document -> document.answersJson("[[\"sub\",\"alice\"]]")),
                new Bend("a signed answer", document -> document.withContentType("application/jwt")),
                new Bend("HTML", document -> document.withContentType("text/html")),
                new Bend("401", document -> document.withStatus(401)),
                new Bend("403", document -> document.withStatus(403)),
                new Bend("204", document -> document.answers(204, "application/json", "")));
    }

    @ParameterizedTest
    @MethodSource("badUserinfo")
    void R66_userinfoThatCannotBeReadIsNoLogin(Bend bad) {
        try (Scene scene = Scene.open(app -> app.filterParam("userinfo", "always"))) {
            bad.script().accept(scene.provider.userinfo());
            scene.assertLoginRefused(502, "userinfo_invalid", 1);
        }
    }

    private static Stream<Bend> missingUserinfo() {
        return Stream.of(
                new Bend("500", document -> document.withStatus(500)),
                new Bend("reset", document -> document.resets()));
    }

    @ParameterizedTest
    @MethodSource("missingUserinfo")
    void R66_withoutTheUserinfoThatIsNeededThereIsNoLogin(Bend missing) {
        try (Scene scene = Scene.open(app -> app.filterParam("userinfo", "always"))) {
            missing.script().accept(scene.provider.userinfo());
            scene.assertLoginRefused(503, "provider_unreachable", 1);
        }
    }

    // R67

    private static Scene asking(ScriptedProvider provider) {
        return Scene.clocked(provider, app -> app.filterParam("userinfo", "always"));
    }

    private static Scene decrypting(ScriptedProvider provider) {
        return Scene.clocked(
                provider,
                app -> app.filterParam("userinfo", "always")
                        .filterParam("clientKey", Jwes.clientKeys())
                        .filterParam("clientAuthentication", "none"));
    }

    private record TokenBend(String what, Consumer<TokenScript> script) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<TokenBend> forgedUserinfo() {
        return Stream.of(
                new TokenBend("by another key", token -> token.signedWith(TestKeys.attackerRsa())),
                new TokenBend("by a key that it brings", TokenScript::withEmbeddedKey),
                new TokenBend("unsigned", TokenScript::unsigned),
                new TokenBend("alg none with a signature", token -> token.withHeader("alg", "none")),
                new TokenBend("an empty signature", TokenScript::withEmptySignature),
                new TokenBend("a broken signature", TokenScript::withBrokenSignature),
                new TokenBend("by the public key as a secret", TokenScript::confusesPublicKeyWithSecret),
                new TokenBend(
                        "by an algorithm that the metadata do not name",
                        token -> token.withAlgorithm(JWSAlgorithm.ES256)),
                new TokenBend("of another issuer", token -> token.withIssuer("https://evil.example")),
                new TokenBend("for another client", token -> token.withAudience("somebody-else")),
                new TokenBend("no object", token -> token.rawPayload("[]")),
                new TokenBend("no JWT", token -> token.rawToken("alice")));
    }

    @ParameterizedTest
    @MethodSource("forgedUserinfo")
    void R67_signedUserinfoThatCannotBeTrueIsRefused(TokenBend forged) {
        try (Scene scene = asking(ScriptedProvider.start().withSignedUserinfo())) {
            forged.script().accept(scene.provider.userinfoJwt());
            scene.assertLoginRefused(502, "userinfo_invalid", 1);
        }
    }

    @Test
    void R67_itMustBeAboutTheSameUser() {
        try (Scene scene = asking(ScriptedProvider.start().withSignedUserinfo())) {
            scene.provider.userinfoJwt().withSubject("mallory");
            scene.assertLoginRefused(502, "userinfo_subject", 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "PS256", "ES256", "ES512", "EdDSA"})
    void R67_genuineSignedUserinfoIsTaken(String algorithm) {
        try (Scene scene = asking(ScriptedProvider.start()
                .signingBy(JWSAlgorithm.parse(algorithm))
                .withSignedUserinfo())) {
            scene.signedIn();
        }
    }

    @Test
    void R67_issAndAudMayBeMissing() {
        try (Scene scene = asking(ScriptedProvider.start().withSignedUserinfo())) {
            scene.provider.userinfoJwt().withoutClaim("iss", "aud");
            scene.signedIn();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void R67_encryptedUserinfoIsTakenSignedOrNot(boolean signed) {
        ScriptedProvider provider = ScriptedProvider.start()
                .encryptingUserinfoTo(
                        Jwes.RSA.toPublicJWK(), JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128CBC_HS256);
        try (Scene scene = decrypting(signed ? provider.withSignedUserinfo() : provider)) {
            scene.signedIn();
        }
    }

    @Test
    void R67_aForgedSignatureWithinAnEncryptionIsRefused() {
        ScriptedProvider provider = ScriptedProvider.start()
                .withSignedUserinfo()
                .encryptingUserinfoTo(Jwes.EC.toPublicJWK(), JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM);
        try (Scene scene = decrypting(provider)) {
            provider.userinfoJwt().signedWith(TestKeys.attackerRsa());
            scene.assertLoginRefused(502, "userinfo_invalid", 1);
        }
    }

    @Test
    void R67_encryptedUserinfoMustBeAboutTheSameUserAsWell() {
        ScriptedProvider provider = ScriptedProvider.start()
                .encryptingUserinfoTo(Jwes.EC.toPublicJWK(), JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM);
        try (Scene scene = decrypting(provider)) {
            provider.userinfo().with("sub", "mallory");
            scene.assertLoginRefused(502, "userinfo_subject", 1);
        }
    }

    // R68

    @Test
    void R68_theAccessTokenTravelsInTheHeaderAlone() {
        try (Scene scene = Scene.open(app -> app.filterParam("userinfo", "always"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            RecordedRequest request = scene.provider.request(ScriptedProvider.USERINFO);
            assertEquals("GET", request.method());
            assertEquals("", request.rawQuery());
            assertEquals("", request.body());
            String header = request.header("Authorization");
            assertTrue(header.startsWith("Bearer access-"), header);
            String token = header.substring("Bearer ".length());
            assertEquals(
                    1,
                    scene.provider.requests().stream()
                            .filter(each -> each.text().contains(token))
                            .count());
            for (Page page : scene.browser().history()) {
                assertFalse(page.toString().contains(token), page::toString);
            }
        }
    }

    @Test
    void R68_userinfoIsNotAskedWithoutNeed() {
        try (Scene scene = Scene.open(app -> app.filterParam("rolesClaim", "roles"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(0, scene.provider.calls(ScriptedProvider.USERINFO));
        }
        try (Scene scene =
                Scene.open(app -> app.filterParam("rolesClaim", "absent").filterParam("userinfo", "never"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(0, scene.provider.calls(ScriptedProvider.USERINFO));
        }
    }

    // R69

    @ParameterizedTest
    @CsvSource({"JETTY, 8", "JETTY, 30", "TOMCAT, 8", "TOMCAT, 30"})
    void R69_requestsThatComeTogetherRefreshOnce(Container container, int requests) throws Exception {
        try (Scene scene = Refreshes.scene(container)) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);

            List<Page> pages = Refreshes.together(scene, requests, "/page");

            assertEquals(
                    List.of(),
                    pages.stream().filter(page -> page.status() != 200).toList());
            assertEquals(1, scene.provider.refreshCalls());
            assertEquals(0, scene.provider.reuses());
        }
    }

    @Test
    void R69_theNewestRefreshTokenIsUsedAndNoneTwice() {
        try (Scene scene = Refreshes.scene()) {
            scene.signedIn();
            for (int refreshes = 1; refreshes <= 4; refreshes++) {
                scene.pass(Refreshes.EXPIRED);
                Refreshes.assertGoesOn(scene, refreshes);
            }

            assertEquals(0, scene.provider.reuses());
            List<RecordedRequest> calls = scene.provider.requests(ScriptedProvider.TOKEN);
            assertEquals(
                    4,
                    calls.subList(1, calls.size()).stream()
                            .map(call -> call.form().get("refresh_token"))
                            .distinct()
                            .count());
        }
    }

    @Test
    void R69_whereTheProviderSendsNoNewRefreshTokenTheOldOneIsKept() {
        try (Scene scene = Scene.clocked(Refreshes.provider().withoutRotation(), app -> app)) {
            scene.signedIn();
            for (int refreshes = 1; refreshes <= 3; refreshes++) {
                scene.pass(Refreshes.EXPIRED);
                Refreshes.assertGoesOn(scene, refreshes);
            }
        }
    }

    // R70

    /** A way to change the refreshed ID token, and the error that it is. */
    private record Forgery(String what, String code, Consumer<TokenScript> script) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Stream<Forgery> otherLogins() {
        return Stream.of(
                new Forgery("iss", "id_token_issuer", token -> token.withIssuer("https://evil.example")),
                new Forgery("no iss", "id_token_issuer", token -> token.withoutClaim("iss")),
                new Forgery("sub", "id_token_subject", token -> token.withSubject("bob")),
                new Forgery("no sub", "id_token_subject", token -> token.withoutClaim("sub")),
                new Forgery("aud", "id_token_audience", token -> token.withAudience("another-client")),
                new Forgery("one more aud", "id_token_audience", token -> token.withAudience("the-client", "another")),
                new Forgery("no aud", "id_token_audience", token -> token.withoutClaim("aud")),
                new Forgery("azp", "id_token_audience", token -> token.withClaim("azp", "another-client")),
                new Forgery("a new azp", "id_token_audience", token -> token.withClaim("azp", "the-client")),
                new Forgery("nonce", "id_token_nonce", token -> token.withClaim("nonce", "another-nonce")),
                new Forgery("null nonce", "id_token_nonce", token -> token.withClaim("nonce", null)),
                new Forgery("at_hash", "id_token_hash", token -> token.withClaim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")),
                new Forgery("iat", "id_token_time", token -> token.withClaim("iat", 1_000_000_000)),
                new Forgery("exp", "id_token_expired", token -> token.withClaim("exp", 1_000_000_000)),
                new Forgery("signature", "id_token_signature", TokenScript::withBrokenSignature),
                new Forgery("alg none", "id_token_malformed", TokenScript::unsigned),
                new Forgery("no JWT", "id_token_malformed", token -> token.rawToken("no-jwt")));
    }

    @ParameterizedTest
    @MethodSource("otherLogins")
    void R70_aRefreshedIdTokenOfAnotherLoginEndsThisOne(Forgery forgery) {
        try (Scene scene = Refreshes.scene()) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.DUE);
            forgery.script().accept(scene.provider.refreshedIdToken());

            Page page = browser.navigate(scene.url("/page"));

            scene.assertSentToProvider(page);
            Refreshes.assertNoLoginIsKept(scene);
            scene.assertSignedOut();
            assertEquals(1, scene.provider.refreshCalls());
            List<Logs.Entry> told = scene.logs.atLeast(Level.WARNING).stream()
                    .filter(entry -> entry.message().contains("a login was ended"))
                    .toList();
            assertEquals(1, told.size(), scene.logs::text);
            assertTrue(told.get(0).message().contains("(" + forgery.code() + ")"), scene.logs::text);
            scene.provider.secrets().stream()
                    .filter(secret -> secret.length() > 8)
                    .forEach(secret -> assertFalse(scene.logs.text().contains(secret), scene.logs::text));
        }
    }

    @Test
    void R70_anAzpThatIsMissingNowEndsTheLogin() {
        try (Scene scene = Refreshes.scene()) {
            scene.provider.idToken().withClaim("azp", "the-client");
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);

            Refreshes.assertMustSignIn(scene);
            Refreshes.assertNoLoginIsKept(scene);
        }
    }

    @Test
    void R70_theSameAzpAndNonceAreRight() {
        try (Scene scene = Refreshes.scene()) {
            scene.provider.idToken().withClaim("azp", "the-client");
            scene.signedIn();
            scene.pass(Refreshes.EXPIRED);
            String nonce = scene.provider.lastAuthorizationRequest().get("nonce");
            scene.provider.refreshedIdToken().withClaim("azp", "the-client").withClaim("nonce", nonce);

            Refreshes.assertGoesOn(scene, 1);
        }
    }

    @Test
    void R70_userinfoAboutAnotherSubjectEndsTheLogin() {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("userinfo", "always"))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.userinfo().with("sub", "bob");

            Refreshes.assertMustSignIn(scene);
            Refreshes.assertNoLoginIsKept(scene);
        }
    }

    @Test
    void R70_inPlainOAuthAnotherSubjectEndsTheLogin() {
        try (Scene scene = Refreshes.scene(
                app -> app.filterParam("scope", "profile").filterParam("principalClaim", "preferred_username"))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.userinfo().with("preferred_username", "bob");

            Refreshes.assertMustSignIn(scene);
            Refreshes.assertNoLoginIsKept(scene);
        }
    }

    // R71

    @Test
    void R71_invalidGrantEndsTheSessionAndAPageLeadsToANewLogin() {
        try (Scene scene = Refreshes.scene()) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.endsGrants();
            Refreshes.catchUp(scene);

            Page page = browser.navigate(scene.url("/page"));

            scene.assertSentToProvider(page);
            Refreshes.assertNoLoginIsKept(scene);
            Page back = browser.followFully(page);
            assertEquals(scene.url("/page"), back.url().toString());
            scene.assertSignedIn(back);
        }
    }

    @Test
    void R71_invalidGrantEndsTheSessionAndAScriptIsToldToSignIn() {
        try (Scene scene = Refreshes.scene()) {
            Browser browser = Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.endsGrants();

            Page page = browser.fetch(scene.url("/api"));

            assertEquals(401, page.status());
            assertEquals("login_required", page.json().get("code"));
            assertEquals(0, scene.app.sessions().count());
            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"503", "500", "time-out", "reset"})
    void R71_anOutageDoesNotEndTheSession(String outage) {
        try (Scene scene = Refreshes.scene(app -> app.filterParam("httpTimeout", "PT1S"))) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            JsonEndpoint refresh = scene.provider.refresh();
            switch (outage) {
                case "time-out" -> refresh.hangs();
                case "reset" -> refresh.resets();
                default ->
                    refresh.answers(Integer.parseInt(outage), "application/json", "{\"error\":\"invalid_grant\"}");
            }

            Refreshes.assertGoesOn(scene, 1);
            scene.provider.behaves();
            scene.pass(Refreshes.FIRST_PAUSE);
            Refreshes.assertGoesOn(scene, 2);
        }
    }

    // R72

    /** The scripted provider lets no deviation pass: jti, htm, htu, iat, ath, key, nonce. */
    @Test
    void R72_proofsAreGoodAtEveryEndpointOfAStrictProvider() {
        ScriptedProvider provider = Assured.dpopProvider().withDpopNonces().requiringPushedRequests();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = Assured.dpop(provider, app -> app.servlet("/call", page))) {
            scene.signedIn();
            for (String how : List.of("now", "refreshed", "refreshed", "now")) {
                Map<String, Object> told =
                        scene.browser().navigate(scene.url("/call?" + how)).json();
                assertEquals(200L, told.get("status"), told::toString);
            }
            assertEquals(2, provider.refreshCalls());
            assertEquals(0, provider.reuses());
            assertTrue(scene.logs.atLeast(Level.WARNING).isEmpty(), scene.logs::text);
        }
    }

    @Test
    void R72_aProviderThatTakesNoProofsOfThisKindIsTold() {
        try (Scene scene = Assured.dpop()) {
            scene.provider.metadata().with("dpop_signing_alg_values_supported", List.of("RS256", "ES384"));
            scene.assertNoLoginBegins(502, "metadata_invalid");
            assertTrue(scene.logs.text().contains("dpop_signing_alg_values_supported"), scene.logs::text);
        }
    }

    @Test
    void R72_aProviderThatDoesNotSayWhichProofsItTakesIsAskedAllTheSame() {
        try (Scene scene = Assured.dpop()) {
            scene.provider.metadata().without("dpop_signing_alg_values_supported");
            scene.signedIn();
        }
    }

    // R73

    private static Scene fapi(String algorithm) {
        return Scene.clocked(Assured.fapiProvider().signingBy(JWSAlgorithm.parse(algorithm)), Assured::fapi);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "ES256", "EdDSA"})
    void R73_theProfileTakesItsAlgorithms(String algorithm) {
        try (Scene scene = fapi(algorithm)) {
            scene.signedIn();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS512", "PS384", "PS512", "ES384", "ES512"})
    void R73_aTokenByAnotherAlgorithmIsRefusedThoughItsKeyIsPublished(String algorithm) {
        try (Scene scene = fapi("ES256")) {
            scene.provider.metadata().with("id_token_signing_alg_values_supported", List.of("ES256", algorithm));
            scene.provider.idToken().withAlgorithm(JWSAlgorithm.parse(algorithm));
            Page page = scene.logIn("/page");
            scene.assertRefused(page, 502, "id_token_algorithm");
            scene.assertSignedOut();
            scene.assertNextLoginWorks();
        }
    }

    @Test
    void R73_aProviderThatHasNoneOfThemIsTold() {
        try (Scene scene = fapi("RS256")) {
            Page page = scene.browser().navigate(scene.url("/page"));
            scene.assertCameToNothing(page, 502, "metadata_invalid", 0);
            assertTrue(scene.logs.text().contains("have PS256, ES256 or EdDSA switched on"), scene.logs::text);
        }
    }

    @Test
    void R73_theClientSignsByThemToo() {
        ScriptedProvider provider = Assured.fapiProvider().withClientKey(TestKeys.rsa());
        try (Scene scene = Scene.clocked(
                provider,
                app -> app.filterParam("profile", "fapi2").filterParam("clientKey", ClientJwk.of(TestKeys.rsa())))) {
            scene.signedIn();
            assertEquals(
                    "PS256",
                    provider.clientAssertions(ScriptedProvider.TOKEN)
                            .get(0)
                            .header()
                            .get("alg"));
        }
    }

    @Test
    void R73_aPublishedKeyThatIsTooShortSignsNothing() throws Exception {
        SigningKey shortKey = shortRsa();
        try (Scene scene = fapi("PS256")) {
            scene.provider.keys().publishFirst(shortKey.publicJwk());
            scene.provider.idToken().signedWith(shortKey).withHeader("kid", shortKey.kid());
            Page page = scene.logIn("/page");
            assertEquals(502, page.status(), page::toString);
            scene.assertSignedOut();
            scene.assertNextLoginWorks();
        }
    }

    private static SigningKey shortRsa() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        Map<String, Object> jwk = new RSAKey.Builder((RSAPublicKey) pair.getPublic())
                .keyID("short")
                .build()
                .toJSONObject();
        return new SigningKey("short", JWSAlgorithm.PS256, pair.getPrivate(), jwk);
    }
}
