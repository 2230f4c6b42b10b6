package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key of one login, to which its tokens are bound (RFC 9449): whoever has them and not the key can do nothing with them.
 * It is made when the login begins, kept with its tokens, and forgotten with them. Its serialized form is a part of {@link
 * KeptAttempt}'s and {@link Login}'s.
 *
 * @param encoded base64url of the private value of a key on P-256, and of the public point's two coordinates, 32 bytes each
 */
public record DpopKey(String encoded) implements Serializable {

    static final JWSAlgorithm ALGORITHM = JWSAlgorithm.ES256;

    /** How many bytes there are in {@link #bytes()}. */
    static final int BYTES = 96;

    private static final int PART = BYTES / 3;
    private static final JOSEObjectType TYPE = new JOSEObjectType("dpop+jwt");

    /** A new key. */
    static DpopKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ECKey jwk = new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                    .privateKey((ECPrivateKey) pair.getPrivate())
                    .build();
            byte[] all = new byte[BYTES];
            System.arraycopy(jwk.getD().decode(), 0, all, 0, PART);
            System.arraycopy(jwk.getX().decode(), 0, all, PART, PART);
            System.arraycopy(jwk.getY().decode(), 0, all, 2 * PART, PART);
            return of(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks keys on P-256", e);
        }
    }

    /** The key that is made of these bytes. */
    static DpopKey of(byte[] bytes) {
        return new DpopKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    byte[] bytes() {
        return Base64.getUrlDecoder().decode(encoded);
    }

    private Base64URL part(int number) {
        return Base64URL.encode(Arrays.copyOfRange(bytes(), number * PART, (number + 1) * PART));
    }

    private ECKey.Builder half() {
        return new ECKey.Builder(Curve.P_256, part(1), part(2));
    }

    /** What names the key (RFC 7638, SHA-256). */
    String thumbprint() {
        try {
            return half().build().computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java platform lacks SHA-256", e);
        }
    }

    /**
     * A proof that this client has the key, for one request (section 4.2).
     *
     * @param method the request's method
     * @param address where it goes; query and fragment are left out of the proof
     * @param now the time
     * @param nonce what the server wants to find in the proof, or null
     * @param accessToken the access token that goes with the request, or null
     */
    String proof(String method, URI address, Instant now, @Nullable String nonce, @Nullable String accessToken) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("jti", RandomToken.next());
        claims.put("htm", method);
        claims.put("htu", withoutQuery(address));
        claims.put("iat", now.getEpochSecond());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        if (accessToken != null) {
            claims.put("ath", RandomToken.text(Hashes.sha256(accessToken.getBytes(StandardCharsets.US_ASCII))));
        }
        JWSObject proof = new JWSObject(
                new JWSHeader.Builder(ALGORITHM).type(TYPE).jwk(half().build()).build(), new Payload(claims));
        try {
            proof.sign(new ECDSASigner(half().d(part(0)).build()));
        } catch (JOSEException e) {
            // Which may quote the key, so it goes no further.
            throw new IllegalStateException("this Java platform cannot sign with " + ALGORITHM);
        }
        return proof.serialize();
    }

    private static String withoutQuery(URI address) {
        String text = address.toString();
        int end = Math.min(indexOrEnd(text, '?'), indexOrEnd(text, '#'));
        return text.substring(0, end);
    }

    private static int indexOrEnd(String text, char c) {
        int at = text.indexOf(c);
        return at < 0 ? text.length() : at;
    }

    @Override
    public String toString() {
        return "DpopKey[hidden]";
    }
}
