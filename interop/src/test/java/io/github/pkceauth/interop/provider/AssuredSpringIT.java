package io.github.pkceauth.interop.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Logins under the FAPI 2.0 profile at Spring Authorization Server. It knows neither signed requests nor signed answers,
 * and encrypts no ID tokens.
 */
class AssuredSpringIT {

    private final AssuredSpring provider = AssuredSpring.started();
    private final String userinfo = provider.issuer() + "/userinfo";
    private final String mtlsUserinfo = provider.mtlsOrigin() + "/userinfo";

    private Assured byKey(String client, ClientKeys keys, String resource) {
        return Assured.byKey(
                provider.issuer(), provider.applicationPort(), client, keys, Map.of("RESOURCE_URL", resource));
    }

    private Assured byCertificate(String client, Map<String, String> more) {
        return Assured.byCertificate(provider.issuer(), provider.applicationPort(), client, more);
    }

    @Test
    void aLoginByAnEllipticKeyLives() {
        try (Assured application = byKey("es256", ClientKeys.ES256, userinfo)) {
            application.assertLives();
        }
    }

    @Test
    void aLoginByAnRsaKeyLives() {
        try (Assured application = byKey("ps256", ClientKeys.PS256, userinfo)) {
            application.assertLives();
        }
    }

    @Test
    void aLoginByACertificateOfAnAuthorityLives() {
        Map<String, String> more = Map.of(
                "PKCE_CLIENT_AUTHENTICATION",
                "tls_client_auth",
                "PKCE_KEY_STORE",
                Certificates.CLIENT_PEM.toString(),
                "RESOURCE_URL",
                mtlsUserinfo);
        try (Assured application = byCertificate("tls", more)) {
            application.assertLives();
        }
    }

    @Test
    void aLoginByACertificateOfItsOwnLives() {
        try (Assured application = byCertificate("self-signed", selfSigned(mtlsUserinfo))) {
            application.assertLives();
        }
    }

    private static Map<String, String> selfSigned(String resource) {
        return Map.of(
                "PKCE_CLIENT_AUTHENTICATION",
                "self_signed_tls_client_auth",
                "PKCE_KEY_STORE",
                Certificates.SELF_SIGNED.toString(),
                "PKCE_KEY_STORE_PASSWORD",
                Certificates.PASSWORD,
                "RESOURCE_URL",
                resource);
    }

    @Test
    void accessTokensAreOfNoUseWithoutTheKeyOfTheirLogin() {
        try (Recorder api = new Recorder();
                Assured application = byKey("es256", ClientKeys.ES256, api.url())) {
            application.signIn();
            assertEquals(200, application.resource().status(), application::log);

            BoundToken token = BoundToken.shown(api);

            token.assertBoundToTheKeyOf(api.last("DPoP"));
            token.assertRefusedAt(userinfo);
        }
    }

    @Test
    void accessTokensAreOfNoUseWithoutTheCertificate() {
        try (Recorder api = new Recorder();
                Assured application = byCertificate("self-signed", selfSigned(api.url()))) {
            application.signIn();
            assertEquals(200, application.resource().status(), application::log);

            BoundToken token = BoundToken.shown(api);

            token.assertBoundTo(Certificates.SELF_SIGNED);
            token.assertRefusedAt(mtlsUserinfo);
        }
    }
}
