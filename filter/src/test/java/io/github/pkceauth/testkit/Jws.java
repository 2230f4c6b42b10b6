package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * Signing by the JDK alone, of whatever header and payload: a JOSE library would refuse to make most
 * of the tokens that a hostile provider sends. And checking what clients have signed.
 */
final class Jws {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private Jws() {}

    /** The compact form without its signature, which ends in no dot. */
    static String signingInput(String header, String payload) {
        return base64url(header) + "." + base64url(payload);
    }

    static String signature(JWSAlgorithm algorithm, Key key, String signingInput) {
        byte[] input = signingInput.getBytes(StandardCharsets.US_ASCII);
        try {
            return BASE64URL.encodeToString(
                    key instanceof PrivateKey privateKey
                            ? sign(algorithm, privateKey, input)
                            : mac(algorithm, key, input));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign " + algorithm + " with this key", e);
        }
    }

    /** The left half of the hash that goes with the algorithm, as at_hash and c_hash have it. */
    static String leftHalfHash(JWSAlgorithm algorithm, String value) {
        try {
            String bits = JWSAlgorithm.Family.ED.contains(algorithm) ? "512" : bits(algorithm);
            byte[] hash = MessageDigest.getInstance("SHA-" + bits).digest(value.getBytes(StandardCharsets.US_ASCII));
            return BASE64URL.encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String base64url(String text) {
        return BASE64URL.encodeToString(Wire.utf8(text));
    }

    /** Whether this is a signature over the input; one that cannot be read is none. */
    static boolean verifies(JWSAlgorithm algorithm, PublicKey key, String signingInput, byte[] signature) {
        try {
            Signature check = scheme(algorithm);
            check.initVerify(key);
            check.update(signingInput.getBytes(StandardCharsets.US_ASCII));
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] sign(JWSAlgorithm algorithm, PrivateKey key, byte[] input) throws GeneralSecurityException {
        Signature signature = scheme(algorithm);
        signature.initSign(key);
        signature.update(input);
        return signature.sign();
    }

    private static Signature scheme(JWSAlgorithm algorithm) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jcaName(algorithm));
        if (algorithm.getName().startsWith("PS")) {
            int bytes = Integer.parseInt(bits(algorithm)) / 8;
            String hash = "SHA-" + bits(algorithm);
            MGF1ParameterSpec mask = new MGF1ParameterSpec(hash);
            signature.setParameter(new PSSParameterSpec(hash, "MGF1", mask, bytes, 1));
        }
        return signature;
    }

    private static byte[] mac(JWSAlgorithm algorithm, Key key, byte[] input) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA" + bits(algorithm));
        mac.init(key);
        return mac.doFinal(input);
    }

    private static String jcaName(JWSAlgorithm algorithm) {
        return switch (algorithm.getName().substring(0, 2)) {
            case "RS" -> "SHA" + bits(algorithm) + "withRSA";
            case "PS" -> "RSASSA-PSS";
            case "ES" -> "SHA" + bits(algorithm) + "withECDSAinP1363Format";
            default -> "Ed25519";
        };
    }

    private static String bits(JWSAlgorithm algorithm) {
        String digits = algorithm.getName().replaceAll("\\D", "");
        return digits.length() == 3 ? digits : "256";
    }
}
