package io.github.pkceauth.testkit;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.List;
import java.util.Map;

/** To whose key the provider encrypts, and how. */
record Encryption(JWK key, JWEAlgorithm algorithm, EncryptionMethod method) {

    /** A JWT that was signed before. */
    String ofJwt(String signed) {
        return encrypted(header().contentType("JWT").build(), signed);
    }

    /** Claims that nobody has signed. */
    String ofText(String text) {
        return encrypted(header().build(), text);
    }

    /** What the metadata says of it, for this kind of message. */
    void tell(String kind, Map<String, Object> metadata) {
        metadata.put(kind + "_encryption_alg_values_supported", List.of(algorithm.getName()));
        metadata.put(kind + "_encryption_enc_values_supported", List.of(method.getName()));
    }

    private JWEHeader.Builder header() {
        return new JWEHeader.Builder(algorithm, method).keyID(key.getKeyID());
    }

    private String encrypted(JWEHeader header, String text) {
        JWEObject message = new JWEObject(header, new Payload(text));
        try {
            JWEEncrypter encrypter =
                    key instanceof RSAKey rsa ? new RSAEncrypter(rsa) : new ECDHEncrypter(key.toECKey());
            message.encrypt(encrypter);
            return message.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("Cannot encrypt " + algorithm + " to this key", e);
        }
    }
}
