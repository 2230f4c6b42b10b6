package io.github.pkceauth.benchmarks.provider;

import io.github.pkceauth.benchmarks.Settings;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs JSON as JWTs with keys made at its start, RSA-2048 and P-256. Safe for use by several threads. */
public final class Signer {

    private static final int RSA_BITS = 2048;
    private static final int P256_BYTES = 32;

    private final KeyPair rsa;
    private final KeyPair ec;

    /** With new keys. */
    public Signer() {
        try {
            KeyPairGenerator ofRsa = KeyPairGenerator.getInstance("RSA");
            ofRsa.initialize(RSA_BITS);
            rsa = ofRsa.generateKeyPair();
            KeyPairGenerator ofEc = KeyPairGenerator.getInstance("EC");
            ofEc.initialize(new ECGenParameterSpec("secp256r1"));
            ec = ofEc.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JWT. */
    public String sign(String algorithm, String claims) {
        String signed = encode(("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + algorithm + "\"}")
                        .getBytes(StandardCharsets.UTF_8))
                + "." + encode(claims.getBytes(StandardCharsets.UTF_8));
        try {
            return signed + "." + encode(signature(algorithm, signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] signature(String algorithm, byte[] signed) throws GeneralSecurityException {
        return switch (algorithm) {
            case "HS256" -> {
                Mac mac = Mac.getInstance("HmacSHA256");
                byte[] key = Settings.CLIENT_SECRET.getBytes(StandardCharsets.UTF_8);
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
                yield mac.doFinal(signed);
            }
            case "ES256" -> signature("SHA256withECDSAinP1363Format", ec.getPrivate(), signed);
            default -> signature("SHA256withRSA", rsa.getPrivate(), signed);
        };
    }

    private static byte[] signature(String name, PrivateKey key, byte[] signed) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(name);
        signature.initSign(key);
        signature.update(signed);
        return signature.sign();
    }

    /** The public keys (RFC 7517). */
    public String jwks() {
        RSAPublicKey rsaKey = (RSAPublicKey) rsa.getPublic();
        ECPublicKey ecKey = (ECPublicKey) ec.getPublic();
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"RS256\",\"n\":\""
                + encode(bytes(rsaKey.getModulus(), RSA_BITS / Byte.SIZE)) + "\",\"e\":\""
                + encode(rsaKey.getPublicExponent().toByteArray())
                + "\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"ES256\",\"x\":\""
                + encode(bytes(ecKey.getW().getAffineX(), P256_BYTES)) + "\",\"y\":\""
                + encode(bytes(ecKey.getW().getAffineY(), P256_BYTES)) + "\"}]}";
    }

    private static byte[] bytes(BigInteger number, int length) {
        byte[] bytes = number.toByteArray();
        byte[] exact = new byte[length];
        int from = Math.max(0, bytes.length - length);
        byte[] digits = Arrays.copyOfRange(bytes, from, bytes.length);
        System.arraycopy(digits, 0, exact, length - digits.length, digits.length);
        return exact;
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
