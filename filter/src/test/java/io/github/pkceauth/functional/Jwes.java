package io.github.pkceauth.functional;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Keys that a client decrypts with, and what anybody can encrypt to them. */
final class Jwes {

    /** A key that the client has, for RSA-OAEP. */
    static final RSAKey RSA;

    /** A key that the client has, for ECDH-ES. */
    static final ECKey EC;

    /** Of another client, under the name of this one's. */
    static final RSAKey OTHERS;

    static {
        try {
            RSA = new RSAKeyGenerator(2048).keyID("rsa-enc").generate();
            EC = new ECKeyGenerator(Curve.P_256).keyID("ec-enc").generate();
            OTHERS = new RSAKeyGenerator(2048).keyID("rsa-enc").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final int DIRECT_KEY_BYTES = 32;

    private Jwes() {}

    /** What a deployment writes as {@code clientKey}. */
    static String clientKeys() {
        return new JWKSet(List.of(RSA, EC)).toString(false);
    }

    /** The key that an algorithm is for. */
    static JWK publicKey(String algorithm) {
        return algorithm.startsWith("RSA") ? RSA.toPublicJWK() : EC.toPublicJWK();
    }

    /** A JWT that is encrypted as an honest provider does it. */
    static String to(JWK key, String text) {
        return to(key, key instanceof RSAKey ? "RSA-OAEP-256" : "ECDH-ES", text, header -> header);
    }

    /** A text that is encrypted by this algorithm, with whatever more in the header. */
    static String to(JWK key, String algorithm, String text, UnaryOperator<JWEHeader.Builder> more) {
        JWEHeader.Builder header = new JWEHeader.Builder(JWEAlgorithm.parse(algorithm), EncryptionMethod.A256GCM)
                .contentType("JWT")
                .keyID(key.getKeyID());
        try {
            return encrypted(
                    key instanceof RSAKey rsa ? new RSAEncrypter(rsa) : new ECDHEncrypter(key.toECKey()),
                    more.apply(header).build(),
                    text);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A text that is encrypted with a key that both would have to know. */
    static String direct(String text) {
        try {
            return encrypted(
                    new DirectEncrypter(new byte[DIRECT_KEY_BYTES]),
                    new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM),
                    text);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encrypted(JWEEncrypter encrypter, JWEHeader header, String text) throws JOSEException {
        JWEObject message = new JWEObject(header, new Payload(text));
        message.encrypt(encrypter);
        return message.serialize();
    }

    /** With one other character in one of its five parts. */
    static String tampered(String jwe, int part) {
        String[] parts = jwe.split("\\.", -1);
        int middle = parts[part].length() / 2;
        char other = parts[part].charAt(middle) == 'A' ? 'B' : 'A';
        parts[part] = parts[part].substring(0, middle) + other + parts[part].substring(middle + 1);
        return String.join(".", parts);
    }
}
