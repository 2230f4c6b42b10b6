package io.github.pkceauth.config;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.Pushing;
import io.github.pkceauth.oidc.SenderConstraint;
import io.github.pkceauth.oidc.SigningAlgorithms;
import java.util.List;
import java.util.Optional;

/** Holds a configuration to the FAPI 2.0 Security Profile, where it says that it is of that. */
final class FapiCheck {

    /** FAPI 2.0 Security Profile 5.3.3.1: an authorization server is what its metadata say; userinfo is none of that. */
    private static final List<Param> ENDPOINTS =
            List.of(Param.AUTHORIZATION_ENDPOINT, Param.TOKEN_ENDPOINT, Param.JWKS_URI, Param.REVOCATION_ENDPOINT);

    private static final String WANTED = "profile=fapi2 wants ";

    private final Settings settings;
    private final Problems problems;

    FapiCheck(Settings settings, Problems problems) {
        this.settings = settings;
        this.problems = problems;
    }

    void check(Client client, boolean allowInsecureHttp) {
        if (!client.assurance().fapi2()) {
            return;
        }
        checkAuthentication(client);
        contradiction(
                client.assurance().pushing() != Pushing.REQUIRED,
                Param.PUSHED_AUTHORIZATION,
                "every authorization request to be pushed: remove pushedAuthorization");
        contradiction(
                client.assurance().constraint() == SenderConstraint.NONE,
                Param.SENDER_CONSTRAINT,
                "tokens that are bound to a key: write dpop or mtls");
        Optional<JWSAlgorithm> algorithm = client.idTokenAlgorithm();
        contradiction(
                algorithm.isPresent() && !SigningAlgorithms.FAPI.contains(algorithm.get()),
                Param.ID_TOKEN_SIGNED_RESPONSE_ALG,
                "ID tokens that are signed by PS256, ES256 or EdDSA: have the client registered for one of them");
        for (Param endpoint : ENDPOINTS) {
            contradiction(
                    settings.get(endpoint).isPresent(),
                    endpoint,
                    "the provider's addresses out of its metadata alone: remove it");
        }
        contradiction(allowInsecureHttp, Param.ALLOW_INSECURE_HTTP, "https: remove allowInsecureHttp");
    }

    private void checkAuthentication(Client client) {
        boolean isStrong = client.authentication() instanceof ClientAuthentication.PrivateKeyJwt
                || client.authentication() instanceof ClientAuthentication.MutualTls;
        if (isStrong || isMendedAlready(client)) {
            return;
        }
        String mend =
                "a client that proves itself by a key: give clientKey, for private_key_jwt; or keyStore, and write"
                        + " clientAuthentication tls_client_auth or self_signed_tls_client_auth";
        settings.get(Param.CLIENT_AUTHENTICATION)
                .or(() -> settings.get(Param.PROFILE))
                .ifPresent(setting -> problems.add(setting, WANTED + mend));
    }

    /** Where a key is given and is no use, that is a problem of its own. */
    private boolean isMendedAlready(Client client) {
        return client.authentication() instanceof ClientAuthentication.None
                && settings.get(Param.CLIENT_KEY).isPresent()
                && settings.get(Param.CLIENT_AUTHENTICATION)
                        .filter(setting -> setting.value().equals("none"))
                        .isEmpty();
    }

    private void contradiction(boolean isOne, Param param, String mend) {
        if (isOne) {
            settings.get(param).ifPresent(setting -> problems.add(setting, WANTED + mend));
        }
    }
}
