package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key of the provider, ready to verify with; made once and used by several threads.
 *
 * @param id the key's {@code kid}, if it has one
 * @param algorithms what it may verify: what fits its kind and curve, and its {@code alg} if given
 * @param verifier verifies with it
 * @param issuer whose tokens it may verify, maybe with {@link Issuers#TENANT} in it; null for all of the provider's
 */
record VerificationKey(
        @Nullable String id,
        Set<JWSAlgorithm> algorithms,
        JWSVerifier verifier,
        @Nullable String issuer) {

    /**
     * A key out of a JWK (RFC 7517).
     *
     * @return the key
     * @throws JOSEException if it is of a kind, size or use that nothing here is verified with
     */
    static VerificationKey of(JWK jwk) throws JOSEException {
        if (jwk.getKeyUse() != null && !KeyUse.SIGNATURE.equals(jwk.getKeyUse())) {
            throw new JOSEException("it is not for signatures");
        }
        if (jwk.getKeyOperations() != null && !jwk.getKeyOperations().contains(KeyOperation.VERIFY)) {
            throw new JOSEException("its key_ops do not have verify");
        }
        if (jwk instanceof RSAKey rsa) {
            if (rsa.size() < SigningAlgorithms.MIN_RSA_BITS) {
                throw new JOSEException(
                        "an RSA key of less than " + SigningAlgorithms.MIN_RSA_BITS + " bits is too weak");
            }
            return of(jwk, SigningAlgorithms.RSA, new RSASSAVerifier(rsa));
        }
        if (jwk instanceof ECKey ec) {
            return of(jwk, SigningAlgorithms.ofCurve(ec.getCurve()), new ECDSAVerifier(ec));
        }
        if (jwk instanceof OctetKeyPair okp && Curve.Ed25519.equals(okp.getCurve())) {
            return of(jwk, SigningAlgorithms.ofCurve(okp.getCurve()), new EdDsaVerifier(okp));
        }
        throw new JOSEException("its kind or curve is not supported");
    }

    private static VerificationKey of(JWK jwk, Set<JWSAlgorithm> fitting, JWSVerifier verifier) throws JOSEException {
        if (jwk.getAlgorithm() == null) {
            return new VerificationKey(jwk.getKeyID(), fitting, verifier, null);
        }
        JWSAlgorithm named = JWSAlgorithm.parse(jwk.getAlgorithm().getName());
        if (!fitting.contains(named)) {
            throw new JOSEException("its alg does not fit its kind");
        }
        return new VerificationKey(jwk.getKeyID(), Set.of(named), verifier, null);
    }

    /** The same for tokens of one issuer, or of each tenant. */
    VerificationKey of(String onlyIssuer) {
        return new VerificationKey(id, algorithms, verifier, onlyIssuer);
    }

    /** Whether it may vouch for claims. */
    boolean isFor(Claims claims) {
        return issuer == null
                || claims.text("iss")
                        .filter(iss -> Issuers.isFor(issuer, iss, claims.get("tid")))
                        .isPresent();
    }

    /** Whether a signature with this header may be this key's. */
    boolean fits(JWSHeader header) {
        String wanted = header.getKeyID();
        return algorithms.contains(header.getAlgorithm()) && (wanted == null || id == null || wanted.equals(id));
    }
}
