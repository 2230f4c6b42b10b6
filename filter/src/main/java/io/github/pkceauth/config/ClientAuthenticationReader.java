package io.github.pkceauth.config;

import io.github.pkceauth.oidc.ClientAuthentication;
import io.github.pkceauth.oidc.ClientKeys;
import io.github.pkceauth.oidc.Secret;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how this application proves to the provider who it is. */
final class ClientAuthenticationReader {

    private static final String NONE = "none";
    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";
    private static final String SECRET_JWT = "client_secret_jwt";
    private static final String PRIVATE_KEY_JWT = "private_key_jwt";
    private static final List<String> MUTUAL_TLS = List.of("tls_client_auth", "self_signed_tls_client_auth");

    private static final Set<String> BY_SECRET = Set.of(BASIC, POST, SECRET_JWT);

    private final Settings settings;
    private final Values values;
    private final Problems problems;
    private final List<String> warnings;

    ClientAuthenticationReader(Settings settings, Values values, Problems problems, List<String> warnings) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
        this.warnings = warnings;
    }

    ClientAuthentication read(Optional<Secret> secret, ClientKeys keys, boolean fapi2) {
        String method = values.optional(
                        Param.CLIENT_AUTHENTICATION,
                        Parsers.oneOf(Set.of(
                                NONE, BASIC, POST, SECRET_JWT, PRIVATE_KEY_JWT, MUTUAL_TLS.get(0), MUTUAL_TLS.get(1))))
                .orElse(usual(fapi2));
        checkProof(method, secret);
        if (method.equals(PRIVATE_KEY_JWT)
                && keys.signing().isEmpty()
                && !keys.all().isEmpty()) {
            settings.get(Param.CLIENT_KEY)
                    .ifPresent(setting -> problems.add(
                            setting,
                            fapi2
                                    ? "profile=fapi2 signs with PS256, ES256 or EdDSA: give an RSA key without another"
                                            + " alg, one on P-256, or an Ed25519 key"
                                    : "its keys are all for encryption (use=enc): give one that signs, or write"
                                            + " clientAuthentication none"));
        }
        if (!BY_SECRET.contains(method) && secret.isPresent()) {
            warnings.add("clientAuthentication is " + method + ", so the token endpoint is not sent the clientSecret");
        }
        Secret proof = secret.orElseGet(() -> new Secret(""));
        return switch (method) {
            case BASIC -> new ClientAuthentication.Basic(proof);
            case POST -> new ClientAuthentication.Post(proof);
            case SECRET_JWT -> new ClientAuthentication.SecretJwt(proof);
            case PRIVATE_KEY_JWT ->
                keys.signing()
                        .<ClientAuthentication>map(ClientAuthentication.PrivateKeyJwt::new)
                        .orElseGet(ClientAuthentication.None::new); // which is a problem already
            case NONE -> new ClientAuthentication.None();
            default -> new ClientAuthentication.MutualTls(method);
        };
    }

    private String usual(boolean fapi2) {
        boolean hasKey = settings.get(Param.CLIENT_KEY).isPresent();
        if (settings.get(Param.CLIENT_SECRET).isPresent() && !(fapi2 && hasKey)) {
            return BASIC;
        }
        return hasKey ? PRIVATE_KEY_JWT : NONE;
    }

    private void checkProof(String method, Optional<Secret> secret) {
        if (BY_SECRET.contains(method)) {
            need(Param.CLIENT_SECRET, "give clientSecret as well, or write none");
        } else if (method.equals(PRIVATE_KEY_JWT)) {
            need(Param.CLIENT_KEY, "give clientKey as well: the private key, as a JWK or PEM");
        } else if (MUTUAL_TLS.contains(method)) {
            need(Param.KEY_STORE, "give keyStore as well: the certificate and its key, as PKCS #12 or PEM");
        }
        if (method.equals(SECRET_JWT) && secret.isPresent() && !secret.get().isKeyForHs256()) {
            settings.get(Param.CLIENT_AUTHENTICATION)
                    .ifPresent(setting -> problems.add(
                            setting,
                            "it needs a clientSecret of " + Secret.HS256_BYTES
                                    + " bytes at the least; better give clientKey and write " + PRIVATE_KEY_JWT));
        }
    }

    private void need(Param param, String mend) {
        if (settings.get(param).isEmpty()) {
            settings.get(Param.CLIENT_AUTHENTICATION).ifPresent(setting -> problems.add(setting, mend));
        }
    }
}
