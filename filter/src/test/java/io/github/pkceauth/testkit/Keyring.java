package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.security.Key;
import javax.crypto.spec.SecretKeySpec;

/** The honest key for each algorithm: a published one, or the client secret for HMAC. */
record Keyring(ProviderKeys keys, String clientSecret) {
    /** A key and the name it is published under, empty for a secret. */
    record Named(String kid, Key key) {}

    Named find(JWSAlgorithm algorithm) {
        if (JWSAlgorithm.Family.HMAC_SHA.contains(algorithm)) {
            return new Named("", new SecretKeySpec(Wire.utf8(clientSecret), "HMAC"));
        }
        SigningKey key = keys.signing(algorithm);
        return new Named(key.kid(), key.privateKey());
    }
}
