package io.github.pkceauth.testkit;

import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Private keys as a client's deployment writes them. */
public final class ClientJwk {
    private static final int ED25519_BYTES = 32;

    private ClientJwk() {}

    /** The key as a private JWK, RFC 7517. */
    public static String of(SigningKey key) {
        Map<String, Object> jwk = new LinkedHashMap<>(key.publicJwk());
        jwk.remove("use");
        addPrivate(jwk, key.privateKey());
        return Json.text(jwk);
    }

    /** The key as PEM of PKCS #8. */
    public static String pem(SigningKey key) {
        return Pem.wrap("PRIVATE KEY", key.privateKey().getEncoded());
    }

    private static void addPrivate(Map<String, Object> jwk, PrivateKey key) {
        if (key instanceof RSAPrivateCrtKey rsa) {
            jwk.put("d", unsigned(rsa.getPrivateExponent()));
            jwk.put("p", unsigned(rsa.getPrimeP()));
            jwk.put("q", unsigned(rsa.getPrimeQ()));
            jwk.put("dp", unsigned(rsa.getPrimeExponentP()));
            jwk.put("dq", unsigned(rsa.getPrimeExponentQ()));
            jwk.put("qi", unsigned(rsa.getCrtCoefficient()));
        } else if (key instanceof ECPrivateKey ec) {
            int size = (ec.getParams().getOrder().bitLength() + 7) / 8;
            jwk.put("d", Base64URL.encode(sized(ec.getS().toByteArray(), size)).toString());
        } else {
            byte[] encoded = key.getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
            jwk.put("d", Base64URL.encode(raw).toString());
        }
    }

    private static String unsigned(BigInteger number) {
        return Base64URL.encode(number).toString();
    }

    /** RFC 7518 section 6.2.2.1: as many bytes as the order of the curve has. */
    private static byte[] sized(byte[] number, int size) {
        byte[] sized = new byte[size];
        int length = Math.min(number.length, size);
        System.arraycopy(number, number.length - length, sized, size - length, length);
        return sized;
    }
}
