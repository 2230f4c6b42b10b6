package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import io.github.pkceauth.testkit.Url;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What products say of themselves, and leave out: metadata and keys. */
class ProviderMetadataDifferencesTest {

    // Metadata

    /** As Entra ID does it for tenants of all kinds together. */
    @Test
    void metadataOfManyTenantsAreToldWithTheirMend() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.metadata().with("issuer", "https://login.example.com/{tenantid}/v2.0");
            scene.assertNoLoginBegins(502, "metadata_invalid");
            String log = scene.logs.text();
            assertTrue(log.contains("'https://login.example.com/{tenantid}/v2.0'"), log);
            assertTrue(log.contains("'" + scene.provider.issuer() + "'"), log);
            assertTrue(log.contains("give the issuer of one tenant"), log);
        }
    }

    @Test
    void metadataOfTheBareMinimumAreEnoughForALoginAndALogout() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .metadata()
                    .without(
                            "code_challenge_methods_supported",
                            "response_modes_supported",
                            "grant_types_supported",
                            "scopes_supported",
                            "token_endpoint_auth_methods_supported",
                            "userinfo_endpoint",
                            "end_session_endpoint",
                            "revocation_endpoint",
                            "revocation_endpoint_auth_methods_supported",
                            "authorization_response_iss_parameter_supported",
                            "id_token_signing_alg_values_supported");
            scene.assertSignedIn(scene.logIn("/page"));
            Page out = scene.browser().post(scene.url("/logout"), Map.of());
            assertEquals(scene.url("/"), out.redirectTarget().toString());
            scene.assertSignedOut();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/json;charset=UTF-8", "text/plain"})
    void theTypeOfMetadataAndKeysMayBeWordedInAnyWay(String type) {
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().withContentType(type);
            scene.provider.jwks().withContentType(type);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    /** As Azure AD B2C does it, whose policy is a parameter of every endpoint. */
    @Test
    void theQueriesOfAllEndpointsAreKept() {
        try (Scene scene = Scene.open(app -> app.filterParam("userinfo", "always"))) {
            Map<String, String> endpoints = Map.of(
                    "authorization_endpoint", ScriptedProvider.AUTHORIZE,
                    "token_endpoint", ScriptedProvider.TOKEN,
                    "jwks_uri", ScriptedProvider.JWKS,
                    "userinfo_endpoint", ScriptedProvider.USERINFO,
                    "end_session_endpoint", ScriptedProvider.LOGOUT);
            endpoints.forEach((member, path) ->
                    scene.provider.metadata().with(member, scene.provider.address(path) + "?p=b2c_1_sign%20in"));

            scene.assertSignedIn(scene.logIn("/page"));
            Page out = scene.browser().post(scene.url("/logout"), Map.of());

            endpoints.values().stream()
                    .filter(path -> !path.equals(ScriptedProvider.LOGOUT))
                    .forEach(path -> assertEquals(
                            "b2c_1_sign in",
                            Parameters.parse(scene.provider.request(path).rawQuery())
                                    .get("p"),
                            path));
            Url target = out.redirectTarget();
            assertEquals("b2c_1_sign in", target.parameters().get("p"));
            assertTrue(target.parameters().has("id_token_hint"), target::toString);
        }
    }

    // Keys

    private static Map<String, Object> key(String... left) {
        Map<String, Object> jwk = new LinkedHashMap<>(TestKeys.rsa().publicJwk());
        jwk.keySet().removeAll(List.of(left));
        return jwk;
    }

    private static Stream<Map<String, Object>> odd() {
        Map<String, Object> entra = key("alg");
        entra.put("x5t", "aDbW0vE3Ma0B7hG0hp1ZaWO_s0U");
        entra.put("issuer", "https://login.example.com/{tenantid}/v2.0");
        Map<String, Object> named = key("use");
        named.put("key_ops", List.of("verify"));
        return Stream.of(key(), key("alg", "use"), key("alg", "use", "kid"), entra, named);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void aKeyNeedSayNoMoreThanItsKindAndNumbers(Map<String, Object> jwk) {
        try (Scene scene = Scene.open()) {
            scene.provider.jwks().with("keys", List.of(Map.of("kty", "AKP", "kid", "rsa-1"), jwk));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    /** A token that does not name its key is tried with one key, and with several. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenNeedNotNameItsKey(boolean alone) {
        try (Scene scene = Scene.open()) {
            List<Object> keys = alone
                    ? List.of(key())
                    : List.of(TestKeys.otherRsa().publicJwk(), TestKeys.p256().publicJwk(), key());
            scene.provider.jwks().with("keys", keys);
            scene.provider.idToken().withoutHeader("kid", "typ");
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void aKeyMayBringItsCertificate() {
        SigningKey certified = TestTls.EXPIRED.signingKey("certified");
        try (Scene scene = Scene.against(ScriptedProvider.start().signingBy(JWSAlgorithm.ES256))) {
            assertTrue(certified.publicJwk().containsKey("x5c"));
            scene.provider.jwks().with("keys", List.of(certified.publicJwk()));
            scene.provider.idToken().signedWith(certified).withHeader("kid", "certified");
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void aKeyWithTheCertificateOfAnotherIsNone() {
        SigningKey certified = TestTls.TRUSTED.signingKey("certified");
        try (Scene scene = Scene.against(ScriptedProvider.start().signingBy(JWSAlgorithm.ES256))) {
            Map<String, Object> mixed = new LinkedHashMap<>(TestKeys.p256().publicJwk());
            mixed.put("x5c", certified.publicJwk().get("x5c"));
            scene.provider.jwks().with("keys", List.of(mixed));
            scene.assertCameToNothing(scene.logIn("/page"), 502, "id_token_key_unknown", 1);
        }
    }
}
