package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Logins under the FAPI 2.0 profile at Keycloak, whose own profile of that name its clients are held to: less what it says
 * of https, since the applications are on this machine, and of consent.
 */
class AssuredKeycloakIT {

    private final World world = World.of(Product.KEYCLOAK);
    private final String issuer = AssuredRealm.issuer(world);
    private final String userinfo = issuer + "/protocol/openid-connect/userinfo";

    private Assured byKey(String client, ClientKeys keys, Map<String, String> more) {
        return Assured.byKey(issuer, world.assuredPort(), client, keys, more);
    }

    private Assured byCertificate(String resource) {
        Map<String, String> more = Map.of(
                "PKCE_CLIENT_AUTHENTICATION",
                "tls_client_auth",
                "PKCE_KEY_STORE",
                Certificates.CLIENT.toString(),
                "PKCE_KEY_STORE_PASSWORD",
                Certificates.PASSWORD,
                "RESOURCE_URL",
                resource);
        return Assured.byCertificate(issuer, world.assuredPort(), "mtls", more);
    }

    @Test
    void aLoginByAnEllipticKeyLives() {
        try (Assured application = byKey("es256", ClientKeys.ES256, Map.of("RESOURCE_URL", userinfo))) {
            SignIn signIn = application.assertLives();

            assertEquals(issuer, signIn.answer().get("iss"));
        }
    }

    @Test
    void aLoginByAnEdwardsKeyLives() {
        try (Assured application = byKey("eddsa", ClientKeys.EDDSA, Map.of("RESOURCE_URL", userinfo))) {
            application.assertLives();
        }
    }

    @Test
    void aLoginByACertificateLives() {
        try (Assured application = byCertificate(userinfo)) {
            application.assertLives();
        }
    }

    @Test
    void accessTokensAreOfNoUseWithoutTheCertificate() {
        try (Recorder api = new Recorder();
                Assured application = byCertificate(api.url())) {
            application.signIn();
            assertEquals(200, application.resource().status(), application::log);

            BoundToken token = BoundToken.shown(api);

            token.assertBoundTo(Certificates.CLIENT);
            token.assertRefusedAt(userinfo);
        }
    }

    @Test
    void accessTokensAreOfNoUseWithoutTheKeyOfTheirLogin() {
        try (Recorder api = new Recorder();
                Assured application = byKey("es256", ClientKeys.ES256, Map.of("RESOURCE_URL", api.url()))) {
            application.signIn();
            assertEquals(200, application.resource().status(), application::log);

            BoundToken token = BoundToken.shown(api);

            token.assertBoundToTheKeyOf(api.last("DPoP"));
            token.assertRefusedAt(userinfo);
        }
    }

    @Test
    void eachLoginHasItsOwnKey() {
        try (Recorder api = new Recorder();
                Assured application = byKey("es256", ClientKeys.ES256, Map.of("RESOURCE_URL", api.url()))) {
            application.signIn();
            application.resource();
            String first = BoundToken.keyOf(api.last("DPoP"));

            application.anotherBrowser();
            application.signIn();
            application.resource();

            assertFalse(first.equals(BoundToken.keyOf(api.last("DPoP"))), first);
        }
    }

    @Test
    void idTokensAndClaimsAreReadThatAreForTheClientsRsaKey() {
        assertReadsWhatIsEncrypted("ps256", ClientKeys.PS256, "RSA-OAEP-256");
    }

    @Test
    void idTokensAndClaimsAreReadThatAreForTheClientsEllipticKey() {
        assertReadsWhatIsEncrypted("ecdh", ClientKeys.ECDH, "ECDH-ES+A256KW");
    }

    private void assertReadsWhatIsEncrypted(String client, ClientKeys keys, String algorithm) {
        Map<String, String> more = Map.of(
                "PKCE_ID_TOKEN_ENCRYPTED_RESPONSE_ALG",
                algorithm,
                "PKCE_USERINFO",
                "always",
                "PKCE_ROLES_CLAIM",
                "userinfo:preferred_username",
                "RESOURCE_URL",
                userinfo);
        try (Assured application = byKey(client, keys, more)) {
            Page me = application.assertLives().page();

            assertEquals(List.of("alice"), me.json().get("roles"), me::body);
        }
    }

    @Test
    void anIdTokenThatEverybodyCanReadIsRefusedWhereItShouldBeEncrypted() {
        Map<String, String> more = Map.of("PKCE_ID_TOKEN_ENCRYPTED_RESPONSE_ALG", "ECDH-ES+A256KW");
        try (Assured application = byKey("es256", ClientKeys.ES256, more)) {
            Page refused = application.signIn().page();

            assertTrue(refused.body().contains("id_token_encryption"), () -> refused + "\n" + application.log());
        }
    }

    @Test
    void requestAndAnswerAreSigned() {
        Map<String, String> more =
                Map.of("PKCE_REQUEST_OBJECT", "signed", "PKCE_RESPONSE_MODE", "jwt", "RESOURCE_URL", userinfo);
        try (Assured application = byKey("signed", ClientKeys.ES256, more)) {
            assertSigned(application.assertLives().answer());
        }
    }

    private static void assertSigned(Parameters answer) {
        assertTrue(answer.has("response"), answer::toString);
        assertFalse(answer.has("code") || answer.has("state") || answer.has("iss"), answer::toString);
    }

    @Test
    void aSignedAnswerMayBePosted() {
        Map<String, String> more = Map.of(
                "PKCE_REQUEST_OBJECT", "signed", "PKCE_RESPONSE_MODE", "form_post.jwt", "RESOURCE_URL", userinfo);
        try (Assured application = byKey("signed", ClientKeys.ES256, more)) {
            assertSigned(application.assertLives().answer());
        }
    }

    @Test
    void aRefusalInASignedAnswerIsToldToTheUser() {
        Map<String, String> more = Map.of("PKCE_RESPONSE_MODE", "jwt");
        try (Assured application = byKey("signed", ClientKeys.ES256, more)) {
            Page refused = application.refused();

            assertTrue(refused.body().contains("invalid_request"), () -> refused + "\n" + application.log());
        }
    }

    // One by one, without the profile

    @Test
    void aRequestThatIsNotPushedIsSignedInTheAddress() {
        Map<String, String> parameters = Map.of(
                "PKCE_CLIENT_AUTHENTICATION", "private_key_jwt",
                "PKCE_CLIENT_KEY_FILE", ClientKeys.ES256.file(),
                "PKCE_SENDER_CONSTRAINT", "dpop",
                "PKCE_REQUEST_OBJECT", "signed",
                "PKCE_PUSHED_AUTHORIZATION", "never",
                "RESOURCE_URL", userinfo);
        try (Assured application = Assured.with(issuer, world.assuredPort(), "unpushed", parameters)) {
            SignIn signIn = application.signIn();

            assertEquals(
                    Set.of("client_id", "response_type", "scope", "request"),
                    signIn.request().names());
            assertTrue(signedClaims(signIn.request()).containsKey("dpop_jkt"));
            application.assertLives(signIn);
        }
    }

    private static Map<String, Object> signedClaims(Parameters request) {
        String[] parts = request.get("request").split("\\.", -1);
        return Json.object(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
    }

    @Test
    void aSecretSignsWhatItIsNotSentIn() {
        Map<String, String> parameters = Map.of(
                "PKCE_CLIENT_AUTHENTICATION",
                "client_secret_jwt",
                "PKCE_CLIENT_SECRET",
                World.SECRET,
                "RESOURCE_URL",
                userinfo);
        try (Assured application = Assured.with(issuer, world.assuredPort(), "shared", parameters)) {
            application.assertLives(application.signIn());
        }
    }

    // What the provider itself refuses

    @Test
    void aRequestThatIsNotPushedIsRefused() {
        Parameters request = Parameters.none()
                .plus("response_type", "code")
                .plus("client_id", "es256")
                .plus("redirect_uri", "http://localhost:" + world.assuredPort() + "/callback")
                .plus("scope", "openid")
                .plus("state", "the-state")
                .plus("code_challenge", CodeFlow.CHALLENGE)
                .plus("code_challenge_method", "S256");
        try (Browser browser = Browser.trustingLoopback()) {
            Page answer = browser.navigate(request.appendTo(issuer + "/protocol/openid-connect/auth"));

            assertEquals(400, answer.status(), answer::toString);
        }
    }
}
