package io.github.pkceauth.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import java.text.ParseException;
import java.util.Base64;

/** The text form of keys and certificates. */
final class Pem {
    private Pem() {}

    static String publicKey(SigningKey key) {
        try {
            JWK jwk = JWK.parse(key.publicJwk());
            if (jwk instanceof AsymmetricJWK asymmetric) {
                return wrap("PUBLIC KEY", asymmetric.toPublicKey().getEncoded());
            }
            throw new IllegalArgumentException("Not an asymmetric key: " + key);
        } catch (ParseException | JOSEException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static String wrap(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }
}
