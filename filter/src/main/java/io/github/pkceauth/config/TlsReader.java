package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Client;
import io.github.pkceauth.oidc.ClientCertificate;
import io.github.pkceauth.oidc.Secret;
import io.github.pkceauth.oidc.Tls;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** Reads how TLS connections to the provider are made. */
final class TlsReader {

    private final Settings settings;
    private final Values values;
    private final Problems problems;

    TlsReader(Settings settings, Values values, Problems problems) {
        this.settings = settings;
        this.values = values;
        this.problems = problems;
    }

    Tls read(Client client) {
        Tls trust = values.optional(Param.TRUSTED_CERTIFICATES, Parsers::trust).orElseGet(Tls::ofJvm);
        Tls tls = showing(trust, client);
        return client.assurance().fapi2() ? tls.strict() : tls;
    }

    private Tls showing(Tls trust, Client client) {
        Optional<Secret> password = values.optional(Param.KEY_STORE_PASSWORD, Secret::new);
        if (password.isPresent() && settings.get(Param.KEY_STORE).isEmpty()) {
            settings.get(Param.KEY_STORE_PASSWORD)
                    .ifPresent(setting -> problems.add(setting, "it is for keyStore: give that, or remove it"));
        }
        if (!client.usesMutualTls()) {
            settings.get(Param.KEY_STORE)
                    .filter(setting -> !setting.value().isBlank())
                    .ifPresent(setting -> problems.add(
                            setting,
                            "it is for mutual TLS: write clientAuthentication tls_client_auth or"
                                    + " self_signed_tls_client_auth, or senderConstraint mtls; or remove it"));
        }
        return values.optional(Param.KEY_STORE, text -> showing(trust, text, password))
                .orElse(trust);
    }

    private static Tls showing(Tls trust, String text, Optional<Secret> password) throws BadValue {
        String place = text.strip();
        String named = place.contains("-----BEGIN") ? "" : FileNames.shown(place) + " ";
        try {
            return trust.showing(ClientCertificate.of(place, password));
        } catch (IOException | InvalidPathException e) {
            throw new BadValue("the file " + named + "cannot be read or opened ("
                    + e.getClass().getSimpleName()
                    + "); name a key store of PKCS #12, with its password in keyStorePassword, or a PEM file");
        } catch (GeneralSecurityException e) {
            throw new BadValue("the certificate " + named + "cannot be used: " + e.getMessage());
        }
    }
}
