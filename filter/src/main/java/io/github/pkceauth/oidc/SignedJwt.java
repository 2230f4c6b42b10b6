package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT (RFC 7515, RFC 7519) that is not verified yet: its claims come out of the check of the
 * signature alone. Keys are the provider's published ones; a key that the token itself brings or
 * points to ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) is never looked at.
 */
final class SignedJwt {

    private final JWSHeader header;
    private final byte[] signed;
    private final int payloadAt;
    private final Base64URL signature;

    /**
     * A token as it came.
     *
     * @param header what its header says
     * @param signed what the signature is of: header and payload as they are written
     * @param payloadAt where in that the payload begins
     * @param signature the signature
     */
    private SignedJwt(JWSHeader header, byte[] signed, int payloadAt, Base64URL signature) {
        this.header = header;
        this.signed = signed;
        this.payloadAt = payloadAt;
        this.signature = signature;
    }

    static SignedJwt parse(String serialized) throws AuthFailure {
        int first = serialized.indexOf('.');
        int second = serialized.indexOf('.', first + 1);
        if (first < 0 || second < 0 || second + 1 == serialized.length() || serialized.indexOf('.', second + 1) >= 0) {
            throw noSignedJwt();
        }
        JWSHeader header = header(serialized.substring(0, first));
        if (!CanonicalBase64Url.is(serialized, 0, first)
                || !CanonicalBase64Url.is(serialized, first + 1, second)
                || !CanonicalBase64Url.is(serialized, second + 1, serialized.length())) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_MALFORMED, "the token is not written in plain base64url without padding");
        }
        if (header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            // RFC 7515 4.1.11: none is understood here; RFC 7797 section 7: a JWT must not use "b64".
            throw new AuthFailure(
                    Reason.ID_TOKEN_MALFORMED, "the token's header has crit or b64, which is not supported");
        }
        return new SignedJwt(
                header,
                serialized.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                first + 1,
                new Base64URL(serialized.substring(second + 1)));
    }

    private static JWSHeader header(String encoded) throws AuthFailure {
        try {
            return JwsHeaders.of(encoded);
        } catch (ParseException | RuntimeException e) {
            // The parser fails in many ways, and its message may quote the token, so it goes no further.
            throw noSignedJwt();
        }
    }

    private static AuthFailure noSignedJwt() {
        return new AuthFailure(
                Reason.ID_TOKEN_MALFORMED,
                "the token is no signed JWT in compact form (unsigned and encrypted ones are refused)");
    }

    JWSAlgorithm algorithm() {
        return header.getAlgorithm();
    }

    /** The claims, if a published key of the provider made the signature with an agreed algorithm. */
    Claims verifiedBy(Keys keys, Set<JWSAlgorithm> agreed) throws AuthFailure {
        checkAgreed(agreed);
        List<VerificationKey> known = keys.known();
        @Nullable VerificationKey signer = signer(known);
        List<VerificationKey> candidates = known;
        if (signer == null) {
            // The provider may have changed its keys, under a new kid, the same, or none at all.
            candidates = keys.newerThan(known);
            signer = candidates == known ? null : signer(candidates);
        }
        if (signer == null) {
            throw notVerified(candidates);
        }
        Claims claims = claims();
        if (!signer.isFor(claims)) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_ISSUER,
                    "the token's signature is of a key that the provider publishes for '" + signer.issuer()
                            + "' alone, and its iss is '" + Printable.of(claims.get("iss")) + "'");
        }
        return claims;
    }

    /** The claims, if the client secret made the signature with HS256 (OpenID Connect Core 10.1). */
    Claims verifiedBy(Secret secret) throws AuthFailure {
        checkAgreed(Set.of(JWSAlgorithm.HS256));
        JWSVerifier verifier;
        try {
            verifier = new MACVerifier(secret.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (JOSEException e) {
            throw new AuthFailure(Reason.ID_TOKEN_SIGNATURE, "the token cannot be verified with the client secret");
        }
        if (isSignedBy(verifier)) {
            return claims();
        }
        throw new AuthFailure(Reason.ID_TOKEN_SIGNATURE, "the token is not signed with this client's secret");
    }

    /** The claims of a token that this application has verified before, and kept where nobody else writes. */
    Claims claimsVerifiedBefore() throws AuthFailure {
        return claims();
    }

    /** The claims as anybody can have written them, for finding out what they are to be compared with. */
    Claims claimsNotVerified() throws AuthFailure {
        return claims();
    }

    /** What the header says that the token is ({@code typ}, RFC 8725 section 3.11), or empty. */
    Optional<String> type() {
        JOSEObjectType type = header.getType();
        return type == null ? Optional.empty() : Optional.of(type.getType());
    }

    private void checkAgreed(Set<JWSAlgorithm> agreed) throws AuthFailure {
        if (!agreed.contains(algorithm())) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_ALGORITHM,
                    "the token is signed with "
                            + Printable.of(algorithm())
                            + ", but agreed are "
                            + agreed
                            + "; where the client is registered for another algorithm, name it in"
                            + " idTokenSignedResponseAlg");
        }
    }

    private @Nullable VerificationKey signer(List<VerificationKey> keys) {
        for (VerificationKey key : keys) {
            if (key.fits(header) && isSignedBy(key.verifier())) {
                return key;
            }
        }
        return null;
    }

    boolean isSignedBy(JWSVerifier verifier) {
        try {
            return verifier.verify(header, signed, signature);
        } catch (JOSEException | RuntimeException e) {
            return false; // a signature that cannot be checked is none, whatever the Java platform's provider throws
        }
    }

    private AuthFailure notVerified(List<VerificationKey> candidates) {
        String kid = Printable.of(header.getKeyID());
        return candidates.stream().anyMatch(key -> key.fits(header))
                ? new AuthFailure(
                        Reason.ID_TOKEN_SIGNATURE,
                        "the token's signature is not of the provider's key with the kid " + kid)
                : new AuthFailure(
                        Reason.ID_TOKEN_KEY_UNKNOWN,
                        "the provider publishes no usable key with the kid "
                                + kid
                                + " for "
                                + Printable.of(algorithm()));
    }

    private Claims claims() throws AuthFailure {
        try {
            ByteBuffer encoded = ByteBuffer.wrap(signed, payloadAt, signed.length - payloadAt);
            ByteBuffer payload = Base64.getUrlDecoder().decode(encoded);
            return new Claims(Json.object(StandardCharsets.UTF_8.decode(payload).toString()));
        } catch (ParseException e) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_MALFORMED, "the token's payload is no JSON object, or has a member twice");
        }
    }
}
