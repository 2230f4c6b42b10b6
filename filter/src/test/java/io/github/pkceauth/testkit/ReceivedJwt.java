package io.github.pkceauth.testkit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT as a client has sent it: nothing of it is true before its signature is checked.
 *
 * @param signingInput header and payload as they came, with the dot between them
 * @param signature in base64url
 */
public record ReceivedJwt(
        Map<String, Object> header, Map<String, Object> claims, String signingInput, String signature) {
    /** The names of the algorithms that a client may sign by with a key pair. */
    static final List<String> ALGORITHMS =
            List.of("PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "RS256", "RS384", "RS512");

    private static final int SHORTEST_RSA = 2048;

    /** What stands before the 32 bytes of a public Ed25519 key, RFC 8410 section 4. */
    private static final String ED25519 = "302a300506032b6570032100";

    /** Reads the compact form, which must be canonical base64url throughout. */
    static ReceivedJwt parse(String compact) {
        String[] parts = compact.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a signed JWT");
        }
        decode(parts[2]);
        return new ReceivedJwt(json(parts[0]), json(parts[1]), parts[0] + "." + parts[1], parts[2]);
    }

    /** The claim as text; empty where it is absent, or of another type. */
    String text(String claim) {
        return claims.get(claim) instanceof String text ? text : "";
    }

    /** The claim as a time in seconds; null where it is absent, or of another type. */
    @Nullable
    Long seconds(String claim) {
        return claims.get(claim) instanceof Number number ? number.longValue() : null;
    }

    /** The header parameter as text; empty where it is absent, or of another type. */
    String headerText(String name) {
        return header.get(name) instanceof String text ? text : "";
    }

    /** Whether it is signed with one of these keys: where it names one, with that one. */
    boolean isSignedWithOneOf(List<Map<String, Object>> publicJwks) {
        return publicJwks.stream()
                .filter(jwk -> !header.containsKey("kid") || header.get("kid").equals(jwk.get("kid")))
                .anyMatch(this::isSignedWith);
    }

    /** Whether it is signed with this public key, by an algorithm of {@link #ALGORITHMS} that suits the key. */
    boolean isSignedWith(Map<String, Object> publicJwk) {
        String name = headerText("alg");
        if (!ALGORITHMS.contains(name) || header.containsKey("crit")) {
            return false;
        }
        try {
            JWK jwk = JWK.parse(publicJwk);
            JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
            return suits(jwk, algorithm) && Jws.verifies(algorithm, publicKey(jwk), signingInput, decode(signature));
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether it is signed by HS256 with this secret. */
    boolean isSignedWithSecret(String secret) {
        return headerText("alg").equals("HS256")
                && !header.containsKey("crit")
                && Jws.signature(JWSAlgorithm.HS256, new SecretKeySpec(Wire.utf8(secret), "HMAC"), signingInput)
                        .equals(signature);
    }

    private static boolean suits(JWK jwk, JWSAlgorithm algorithm) {
        if (jwk instanceof RSAKey rsa) {
            return JWSAlgorithm.Family.RSA.contains(algorithm) && rsa.size() >= SHORTEST_RSA;
        }
        if (jwk instanceof ECKey ec) {
            Set<Curve> curves = Curve.forJWSAlgorithm(algorithm);
            return curves != null && curves.contains(ec.getCurve());
        }
        return jwk instanceof OctetKeyPair pair
                && pair.getCurve().equals(Curve.Ed25519)
                && JWSAlgorithm.Family.ED.contains(algorithm);
    }

    private static PublicKey publicKey(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof OctetKeyPair pair) {
            byte[] raw = pair.getDecodedX();
            String encoded = ED25519 + HexFormat.of().formatHex(raw);
            return KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(encoded)));
        }
        return jwk instanceof RSAKey rsa ? rsa.toPublicKey() : jwk.toECKey().toPublicKey();
    }

    private static Map<String, Object> json(String part) {
        try {
            return JSONObjectUtils.parse(Wire.utf8(decode(part)));
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a JSON object in the JWT", e);
        }
    }

    private static byte[] decode(String part) {
        byte[] bytes = Base64.getUrlDecoder().decode(part);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
            throw new IllegalArgumentException("not canonical base64url");
        }
        return bytes;
    }
}
