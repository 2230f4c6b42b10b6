package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** A private key, its name, and the public key as a JWK. Immutable. */
public record SigningKey(String kid, JWSAlgorithm algorithm, PrivateKey privateKey, Map<String, Object> publicJwk) {

    /** A key of the kind that the algorithm needs; making an RSA key takes a while. */
    public static SigningKey generate(String kid, JWSAlgorithm algorithm) {
        try {
            KeyPair pair = generator(algorithm).generateKeyPair();
            return new SigningKey(
                            kid,
                            algorithm,
                            pair.getPrivate(),
                            jwk(pair, algorithm).toJSONObject())
                    .named(kid);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same key under another name. */
    public SigningKey named(String other) {
        Map<String, Object> jwk = new LinkedHashMap<>(publicJwk);
        jwk.put("kid", other);
        jwk.put("use", "sig");
        return new SigningKey(other, algorithm, privateKey, jwk);
    }

    /** Whether the key's kind suits the algorithm; an RSA key suits RS and PS of every size. */
    boolean suits(JWSAlgorithm wanted) {
        boolean rsa = JWSAlgorithm.Family.RSA.contains(wanted);
        boolean edwards = JWSAlgorithm.Family.ED.contains(wanted);
        return wanted.equals(algorithm)
                || (rsa && JWSAlgorithm.Family.RSA.contains(algorithm))
                || (edwards && JWSAlgorithm.Family.ED.contains(algorithm));
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + ", " + algorithm + "]";
    }

    private static KeyPairGenerator generator(JWSAlgorithm algorithm) throws GeneralSecurityException {
        if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(2048);
            return rsa;
        }
        if (JWSAlgorithm.Family.ED.contains(algorithm)) {
            return KeyPairGenerator.getInstance("Ed25519");
        }
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(curve(algorithm).toECParameterSpec());
        return ec;
    }

    private static JWK jwk(KeyPair pair, JWSAlgorithm algorithm) {
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return new RSAKey.Builder(rsa).build();
        }
        if (pair.getPublic() instanceof ECPublicKey ec) {
            return new ECKey.Builder(curve(algorithm), ec).build();
        }
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw)).build();
    }

    private static Curve curve(JWSAlgorithm algorithm) {
        return Curve.forJWSAlgorithm(algorithm).iterator().next();
    }
}
