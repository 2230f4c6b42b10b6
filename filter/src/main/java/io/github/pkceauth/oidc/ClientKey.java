package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A private key of this client's own: it signs what the client says, and decrypts what is said to it alone. Its public half
 * is with the provider. Safe for use by several threads.
 *
 * @param id the key's {@code kid}, if it has one
 * @param privateKey the key itself, of the RSA, EC or Ed25519 kind
 * @param algorithms what it may sign with, the usual one first; empty for a key that only decrypts
 * @param mayDecrypt whether it is for decryption, too
 */
public record ClientKey(@Nullable String id, PrivateKey privateKey, List<JWSAlgorithm> algorithms, boolean mayDecrypt) {

    /** Its usual algorithm out of those that the other side names; where it names none, or none of these, its usual one. */
    JWSAlgorithm algorithm(Set<JWSAlgorithm> named) {
        return algorithms.stream().filter(named::contains).findFirst().orElseGet(() -> algorithms.get(0));
    }

    /** The same, held to fewer algorithms. */
    ClientKey restrictedTo(Set<JWSAlgorithm> allowed) {
        return new ClientKey(
                id, privateKey, algorithms.stream().filter(allowed::contains).toList(), mayDecrypt);
    }

    /**
     * Signs claims as a JWT (RFC 7519).
     *
     * @param type what the JWT is, or null where nothing is said of that
     * @param claims the claims
     * @param named the algorithms that the other side names, empty where it says nothing
     */
    String sign(@Nullable JOSEObjectType type, Map<String, Object> claims, Set<JWSAlgorithm> named) {
        JWSHeader header =
                new JWSHeader.Builder(algorithm(named)).type(type).keyID(id).build();
        JWSObject jws = new JWSObject(header, new Payload(claims));
        try {
            jws.sign(signer());
        } catch (JOSEException e) {
            // Which may quote the key, so it goes no further.
            throw new IllegalStateException("this Java platform cannot sign with " + header.getAlgorithm());
        }
        return jws.serialize();
    }

    private JWSSigner signer() throws JOSEException {
        if (privateKey instanceof RSAPrivateKey) {
            return new RSASSASigner(privateKey);
        }
        return privateKey instanceof ECPrivateKey ec
                ? new ECDSASigner(privateKey, Curve.forECParameterSpec(ec.getParams()))
                : new EdDsaSigner(privateKey);
    }

    @Override
    public String toString() {
        return "ClientKey[" + id + ", hidden]";
    }
}
