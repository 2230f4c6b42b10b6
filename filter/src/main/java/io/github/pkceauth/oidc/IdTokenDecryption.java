package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWEAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.Optional;
import java.util.Set;

/**
 * Gets at the signed tokens within encrypted ones (OpenID Connect Core 3.1.3.7, rule 1): where encryption was agreed, there
 * are no others; else they may be so. Safe for use by several threads.
 */
final class IdTokenDecryption {

    private final ClientKeys keys;
    private final Optional<JWEAlgorithm> agreed;

    /**
     * What it takes.
     *
     * @param keys the client's keys
     * @param agreed the one algorithm that was agreed, if one was
     */
    IdTokenDecryption(ClientKeys keys, Optional<JWEAlgorithm> agreed) {
        this.keys = keys;
        this.agreed = agreed;
    }

    /** The signed ID token, which is not verified yet. */
    String idToken(String serialized) throws AuthFailure {
        if (agreed.isPresent() && !Decryption.isEncrypted(serialized)) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_ENCRYPTION,
                    "the ID token is not encrypted, although idTokenEncryptedResponseAlg is " + agreed.get()
                            + ": have it encrypted by the provider, or take that out");
        }
        return signed("the ID token", serialized);
    }

    /**
     * The signed logout token, which is not verified yet: anybody can send one, so that there is work for it only where
     * encryption was agreed.
     */
    String logoutToken(String serialized) throws AuthFailure {
        return agreed.isPresent() ? signed("the logout token", serialized) : serialized;
    }

    private String signed(String what, String serialized) throws AuthFailure {
        return Decryption.isEncrypted(serialized)
                ? new Decryption(keys)
                        .opened(
                                what,
                                serialized,
                                agreed.<Set<JWEAlgorithm>>map(Set::of).orElseGet(() -> Decryption.algorithms(keys)),
                                Reason.ID_TOKEN_ENCRYPTION)
                : serialized;
    }
}
