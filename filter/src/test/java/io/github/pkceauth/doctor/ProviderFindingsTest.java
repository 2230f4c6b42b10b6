package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.Base64URL;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestKeys;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a provider announces, held against what logins need. */
class ProviderFindingsTest {

    private static final String ALGORITHMS = "id_token_signing_alg_values_supported";

    @AutoClose
    private final ScriptedProvider provider = HealthyProvider.start();

    // Addresses

    @Test
    void allAddressesAreTold() {
        assertEquals(
                "authorization_endpoint " + provider.address("/authorize")
                        + ", token_endpoint " + provider.address("/token")
                        + ", jwks_uri " + provider.address("/jwks")
                        + ", userinfo_endpoint " + provider.address("/userinfo")
                        + ", end_session_endpoint " + provider.address("/logout")
                        + ", revocation_endpoint " + provider.address("/revoke"),
                Visit.to(provider).examined().warnsOf().message(Code.ENDPOINTS));
    }

    @Test
    void anAddressThatIsMissingIsWrongWhereItIsNeededAlone() {
        provider.metadata().without("jwks_uri", "userinfo_endpoint");

        Outcome outcome = Visit.to(provider).examined().wrongWith(Code.ENDPOINT_MISSING);

        assertEquals(
                "neither the metadata nor the configuration have jwks_uri, which logins need",
                outcome.message(Code.ENDPOINT_MISSING));
        assertEquals("write its address in jwksUri", outcome.mend(Code.ENDPOINT_MISSING));
        assertTrue(outcome.has(Code.CLIENT_ACCEPTED));
    }

    @Test
    void userinfoThatTheConfigurationNeedsIsMissed() {
        provider.metadata().without("userinfo_endpoint");

        assertTrue(Visit.to(provider)
                .with("userinfo", "always")
                .examined()
                .wrongWith(Code.ENDPOINT_MISSING)
                .message(Code.ENDPOINT_MISSING)
                .contains("userinfo_endpoint"));
    }

    @Test
    void anAddressThatIsNotHttpsCannotBeUsed() {
        provider.metadata().with("end_session_endpoint", "http://login.example.com/logout");

        Outcome outcome = Visit.to(provider).examined().wrongWith(Code.ENDPOINT_UNUSABLE);

        assertEquals(
                "the provider's metadata has a end_session_endpoint that is no https address:"
                        + " http://login.example.com/logout",
                outcome.message(Code.ENDPOINT_UNUSABLE));
        assertTrue(outcome.mend(Code.ENDPOINT_UNUSABLE).endsWith("endSessionEndpoint"));
    }

    @Test
    void anAddressInTheOpenIsAWarningWhereItIsAllowed() {
        provider.metadata().with("authorization_endpoint", "http://login.example.com/authorize");

        Visit.to(provider)
                .with("allowInsecureHttp", "true")
                .examined()
                .warnsOf(Code.CONFIGURATION_WARNING, Code.ENDPOINT_INSECURE);
    }

    // Keys

    @Test
    void keysAreToldWithWhatTheyVerify() {
        assertEquals(
                "5 keys that can be used: 'rsa-1' (PS256, PS384, PS512, RS256, RS384, RS512), 'p-256' (ES256), 'p-384'"
                        + " (ES384), 'p-521' (ES512), 'ed-25519' (Ed25519, EdDSA)",
                Visit.to(provider).examined().warnsOf().message(Code.KEYS_READ));
    }

    @Test
    void withoutOpenidNoKeysAreNeeded() {
        provider.metadata().without("jwks_uri");

        assertTrue(
                Visit.to(provider).with("scope", "profile").examined().warnsOf().has(Code.KEYS_NOT_NEEDED));
        assertEquals(0, provider.calls(ScriptedProvider.JWKS));
    }

    @Test
    void aSetWithoutAKeyForAnyAlgorithmIsWrong() {
        provider.keys().withdraw("rsa-1");

        assertTrue(Visit.to(provider)
                .examined()
                .wrongWith(Code.KEYS_MISSING)
                .message(Code.KEYS_MISSING)
                .endsWith("has no usable key for RS256; its keys are for ES256, ES384, ES512, Ed25519, EdDSA"));
    }

    @Test
    void anEmptySetIsWrong() {
        provider.jwks().with("keys", List.of());

        assertTrue(Visit.to(provider)
                .examined()
                .wrongWith(Code.KEYS_MISSING)
                .message(Code.KEYS_MISSING)
                .endsWith("has no usable key for RS256"));
    }

    @Test
    void aWeakKeyIsLeftOutAndTold() {
        String modulus =
                Base64URL.encode(BigInteger.ONE.shiftLeft(1023).setBit(0)).toString();
        provider.keys().publish(Map.of("kty", "RSA", "kid", "old", "use", "sig", "n", modulus, "e", "AQAB"));

        assertEquals(
                "the RSA key 'old' is left out: an RSA key of less than 2048 bits is too weak",
                Visit.to(provider).examined().warnsOf(Code.KEY_UNUSABLE).message(Code.KEY_UNUSABLE));
    }

    @Test
    void aKeyForEncryptionIsNoneOfOurs() {
        Map<String, Object> jwk = new HashMap<>(TestKeys.otherRsa().publicJwk());
        jwk.put("use", "enc");
        provider.keys().publish(jwk);

        Visit.to(provider).examined().warnsOf();
    }

    @Test
    void aNameThatTwoKeysHaveIsTold() {
        provider.keys().publish(TestKeys.otherRsa().named("rsa-1").publicJwk());

        assertEquals(
                "several keys have the kid rsa-1",
                Visit.to(provider).examined().warnsOf(Code.KEY_ID_DUPLICATE).message(Code.KEY_ID_DUPLICATE));
    }

    @Test
    void keysWithoutNamesAreTold() {
        provider.keys().hideNames();

        Visit.to(provider).examined().warnsOf(Code.KEY_ID_MISSING);
    }

    @Test
    void anAlgorithmThatIsAnnouncedAndHasNoKeyIsTold() {
        provider.keys().withdraw("p-256");
        provider.metadata().with(ALGORITHMS, List.of("RS256", "ES256"));

        assertTrue(Visit.to(provider)
                .examined()
                .warnsOf(Code.ALGORITHM_WITHOUT_KEY)
                .message(Code.ALGORITHM_WITHOUT_KEY)
                .contains("ES256"));
    }

    // Algorithms

    @Test
    void theAlgorithmsThatAreTakenAreTold() {
        provider.metadata().with(ALGORITHMS, List.of("none", "HS256", "RS256", "ES256"));

        Outcome outcome = Visit.to(provider).examined().warnsOf();

        assertEquals("ID tokens are taken that are signed by ES256, RS256", outcome.message(Code.ID_TOKEN_ALGORITHMS));
        assertEquals("RS256", outcome.register().get("id_token_signed_response_alg"));
    }

    @Test
    void withoutAWordOfAlgorithmsThereIsRs256() {
        provider.metadata().without(ALGORITHMS);

        assertEquals(
                "ID tokens are taken that are signed by RS256",
                Visit.to(provider).examined().warnsOf().message(Code.ID_TOKEN_ALGORITHMS));
    }

    @Test
    void algorithmsOfWhichNoneIsTakenAreWrong() {
        provider.metadata().with(ALGORITHMS, List.of("HS256", "none"));

        assertTrue(Visit.to(provider)
                .examined()
                .wrongWith(Code.ID_TOKEN_ALGORITHMS_UNUSABLE)
                .mend(Code.ID_TOKEN_ALGORITHMS_UNUSABLE)
                .contains("idTokenSignedResponseAlg=HS256"));
    }

    @Test
    void anAgreedAlgorithmThatIsNotAnnouncedIsWrong() {
        Outcome outcome = Visit.to(provider)
                .with("idTokenSignedResponseAlg", "ES256")
                .examined()
                .wrongWith(Code.ID_TOKEN_ALGORITHM_NOT_ANNOUNCED);

        assertEquals(
                "idTokenSignedResponseAlg is ES256, and the provider announces RS256",
                outcome.message(Code.ID_TOKEN_ALGORITHM_NOT_ANNOUNCED));
    }

    @Test
    void idTokensByTheSecretNeedNoKeys() {
        provider.withClientSecret("a-secret-of-thirty-two-characters!")
                .metadata()
                .with(ALGORITHMS, List.of("HS256"));

        Outcome outcome = Visit.to(provider)
                .with("idTokenSignedResponseAlg", "HS256")
                .examined()
                .warnsOf()
                .keepsSecretsOf(provider);

        assertTrue(outcome.has(Code.KEYS_NOT_NEEDED));
        assertEquals("HS256", outcome.register().get("id_token_signed_response_alg"));
    }

    // Requests

    @Test
    void pkceIsLookedFor() {
        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.PKCE));
        provider.metadata().without("code_challenge_methods_supported");
        Visit.to(provider).examined().warnsOf(Code.PKCE_NOT_ANNOUNCED);
        provider.metadata().with("code_challenge_methods_supported", List.of("plain"));
        Visit.to(provider).examined().wrongWith(Code.PKCE_S256_UNSUPPORTED);
    }

    @Test
    void whetherAnswersNameTheirIssuerIsTold() {
        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.ISS_PARAMETER));
        provider.withoutIssParameter();
        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.ISS_PARAMETER_ABSENT));
    }

    @Test
    void responseTypeAndModeAreLookedFor() {
        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.RESPONSE));
        provider.metadata().with("response_types_supported", List.of("id_token"));
        Visit.to(provider).examined().wrongWith(Code.RESPONSE_TYPE_UNSUPPORTED);
    }

    @Test
    void aResponseModeThatIsNotAnnouncedIsWrong() {
        provider.metadata().without("response_modes_supported");

        Visit.to(provider).examined().warnsOf();
        assertEquals(
                "responseMode is form_post, and the provider announces fragment, query",
                Visit.to(provider)
                        .with("responseMode", "form_post")
                        .examined()
                        .wrongWith(Code.RESPONSE_MODE_UNSUPPORTED)
                        .message(Code.RESPONSE_MODE_UNSUPPORTED));
    }

    @Test
    void scopesAreComparedOneByOne() {
        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.SCOPES));
        assertEquals(
                "scope has groups, offline_access, which the provider does not announce",
                Visit.to(provider)
                        .with("scope", "openid groups offline_access")
                        .examined()
                        .warnsOf(Code.SCOPE_NOT_ANNOUNCED)
                        .message(Code.SCOPE_NOT_ANNOUNCED));
        provider.metadata().without("scopes_supported");
        Visit.to(provider).with("scope", "openid groups").examined().warnsOf();
    }

    @Test
    void theGrantOfCodesIsNeeded() {
        provider.metadata().with("grant_types_supported", List.of("implicit"));

        Visit.to(provider).examined().wrongWith(Code.GRANT_TYPE_UNSUPPORTED);
    }

    @Test
    void refreshTokensAreMissedWhereLoginsShallGoByThemAlone() {
        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.GRANT_TYPES));
        provider.metadata().with("grant_types_supported", List.of("authorization_code"));

        Outcome outcome = Visit.to(provider).examined().warnsOf();
        assertEquals(List.of("authorization_code"), outcome.register().get("grant_types"));
        Visit.to(provider).with("sessionPolicy", "refresh").examined().warnsOf(Code.REFRESH_NOT_ANNOUNCED);
    }

    // Logout

    @Test
    void aLogoutThatTheProviderCannotDoIsTold() {
        Outcome whole = Visit.to(provider).examined().warnsOf();
        assertTrue(whole.has(Code.END_SESSION) && whole.has(Code.REVOCATION));

        provider.metadata().without("end_session_endpoint", "revocation_endpoint");
        assertTrue(
                Visit.to(provider).examined().warnsOf(Code.END_SESSION_MISSING).has(Code.REVOCATION_ABSENT));
    }

    @Test
    void noticesOfLogoutsAreHeldAgainstWhatIsAnnounced() {
        Visit.to(provider)
                .with("backchannelLogoutPath", "/notices")
                .with("sharedCache", "logins")
                .examined()
                .warnsOf(Code.BACKCHANNEL_LOGOUT_NOT_ANNOUNCED);
        provider.metadata().with("backchannel_logout_supported", true);
        assertTrue(Visit.to(provider).examined().warnsOf().has(Code.BACKCHANNEL_LOGOUT_AVAILABLE));

        Outcome users = Visit.to(provider)
                .with("backchannelLogoutPath", "/notices")
                .with("sharedCache", "logins")
                .examined()
                .warnsOf();
        assertTrue(users.message(Code.BACKCHANNEL_LOGOUT).contains("all logins of the user"));
        assertEquals(false, users.register().get("backchannel_logout_session_required"));

        provider.metadata().with("backchannel_logout_session_supported", true);
        Outcome sessions = Visit.to(provider)
                .with("backchannelLogoutPath", "/notices")
                .with("sharedCache", "logins")
                .examined()
                .warnsOf();
        assertEquals(Visit.BASE + "/notices", sessions.register().get("backchannel_logout_uri"));
        assertEquals(true, sessions.register().get("backchannel_logout_session_required"));
    }

    @Test
    void framesNeedTheSessionsId() {
        provider.metadata().with("frontchannel_logout_supported", true);
        Visit.to(provider)
                .with("frontchannelLogoutPath", "/frame")
                .examined()
                .warnsOf(Code.FRONTCHANNEL_LOGOUT_NOT_ANNOUNCED);

        provider.metadata().with("frontchannel_logout_session_supported", true);
        Outcome outcome = Visit.to(provider)
                .with("frontchannelLogoutPath", "/frame")
                .examined()
                .warnsOf();
        assertTrue(outcome.has(Code.FRONTCHANNEL_LOGOUT));
        assertEquals(Visit.BASE + "/frame", outcome.register().get("frontchannel_logout_uri"));
        assertEquals(true, outcome.register().get("frontchannel_logout_session_required"));
    }

    @Test
    void withoutLogoutPathsNothingIsRegisteredForThem() {
        Set<String> registered = Visit.to(provider).examined().register().keySet();

        assertTrue(registered.stream().noneMatch(name -> name.contains("channel")), registered::toString);
    }
}
