package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Verifies ID tokens by the rules of OpenID Connect Core 3.1.3.7, numbered here as there. Safe for
 * use by several threads.
 */
final class IdTokenVerifier {

    private static final int MAX_SUBJECT_LENGTH = 255;

    private final Client client;
    private final Keys keys;
    private final Duration skew;
    private final InstantSource clock;

    IdTokenVerifier(Client client, Keys keys, Duration skew, InstantSource clock) {
        this.client = client;
        this.keys = keys;
        this.skew = skew;
        this.clock = clock;
    }

    /**
     * Verifies the ID token that came for a code.
     *
     * @param serialized the token as it came
     * @param accessToken the access token that came with it
     * @param code the code they came for
     * @param provider the provider
     * @return the verified token
     * @throws AuthFailure naming the rule that it breaks
     */
    IdToken verify(String serialized, String accessToken, AuthorizationCode code, Provider provider)
            throws AuthFailure {
        // 1. Encryption was not agreed: an encrypted token is refused as no signed JWT.
        SignedJwt jwt = SignedJwt.parse(serialized);
        // 6., 7., 8. The signature comes first: nothing else in an unverified token means anything. It
        // is checked though TLS would do for a token from the token endpoint.
        Claims claims = checkedSignature(jwt, provider);
        checkIssuer(claims, code.attempt()); // 2.
        checkAudience(claims); // 3., 4., 5.
        checkTimes(claims, code.attempt()); // 9., 10.
        checkNonce(claims, code.attempt()); // 11.
        // 12. acr: no particular one is ever requested, so any is acceptable.
        // 13. auth_time: max_age is never requested.
        String hashAlgorithm = hashAlgorithm(jwt.algorithm());
        checkHash(claims, "at_hash", accessToken, hashAlgorithm);
        checkHash(claims, "c_hash", code.value(), hashAlgorithm);
        return new IdToken(checkedSubject(claims), claims);
    }

    private Claims checkedSignature(SignedJwt jwt, Provider provider) throws AuthFailure {
        if (client.idTokensBySecret()) {
            return jwt.verifiedBy(client.secret()
                    .orElseThrow(() -> new AuthFailure(Reason.ID_TOKEN_ALGORITHM, "HS256 needs clientSecret")));
        }
        Set<JWSAlgorithm> agreed =
                client.idTokenAlgorithm().<Set<JWSAlgorithm>>map(Set::of).orElse(provider.idTokenAlgorithms());
        return jwt.verifiedBy(keys, agreed);
    }

    private static void checkIssuer(Claims claims, LoginAttempt attempt) throws AuthFailure {
        if (!attempt.issuer().equals(claims.get("iss"))) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_ISSUER,
                    "the ID token has iss '"
                            + Printable.of(claims.get("iss"))
                            + "', but the parameter issuer is '"
                            + attempt.issuer()
                            + "'; they must be equal to the letter");
        }
    }

    private void checkAudience(Claims claims) throws AuthFailure {
        List<String> audience = claims.audience();
        if (!audience.contains(client.id())) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_AUDIENCE,
                    "the ID token has aud " + Printable.of(audience) + ", without this client's id");
        }
        if (!audience.stream().allMatch(client.id()::equals)) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_AUDIENCE,
                    "the ID token is for others as well, none of them trusted: aud " + Printable.of(audience));
        }
        if (claims.has("azp") && !client.id().equals(claims.get("azp"))) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_AUDIENCE,
                    "the ID token was issued to another client: azp '" + Printable.of(claims.get("azp")) + "'");
        }
    }

    private void checkTimes(Claims claims, LoginAttempt attempt) throws AuthFailure {
        Instant now = clock.instant();
        Instant expiry = needed(claims, "exp", Reason.ID_TOKEN_EXPIRED);
        if (!now.minus(skew).isBefore(expiry)) {
            throw off(Reason.ID_TOKEN_EXPIRED, "expired at " + expiry, now);
        }
        Instant issued = needed(claims, "iat", Reason.ID_TOKEN_TIME);
        if (issued.isAfter(now.plus(skew))) {
            throw off(Reason.ID_TOKEN_TIME, "is issued in the future, at " + issued, now);
        }
        if (issued.plus(skew).isBefore(attempt.startedAt().minusSeconds(1))) {
            throw off(
                    Reason.ID_TOKEN_TIME,
                    "was issued at " + issued + ", before this login began at " + attempt.startedAt(),
                    now);
        }
        if (claims.has("nbf") && needed(claims, "nbf", Reason.ID_TOKEN_TIME).isAfter(now.plus(skew))) {
            throw off(
                    Reason.ID_TOKEN_TIME,
                    "is not valid before " + claims.time("nbf").get(),
                    now);
        }
    }

    private static Instant needed(Claims claims, String name, Reason reason) throws AuthFailure {
        return claims.time(name)
                .orElseThrow(() -> new AuthFailure(reason, "the ID token's " + name + " is missing or no time"));
    }

    private AuthFailure off(Reason reason, String what, Instant now) {
        return new AuthFailure(
                reason,
                "the ID token "
                        + what
                        + "; here it is "
                        + now
                        + ", with a clockSkew of "
                        + skew
                        + "; set both clocks right");
    }

    private static void checkNonce(Claims claims, LoginAttempt attempt) throws AuthFailure {
        if (!attempt.nonce().equals(claims.get("nonce"))) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_NONCE,
                    claims.has("nonce") ? "the ID token's nonce is another login's" : "the ID token has no nonce");
        }
    }

    private static String checkedSubject(Claims claims) throws AuthFailure {
        return claims.text("sub")
                .filter(subject -> !subject.isEmpty() && subject.length() <= MAX_SUBJECT_LENGTH)
                .orElseThrow(() -> new AuthFailure(
                        Reason.ID_TOKEN_SUBJECT, "the ID token's sub is missing, empty or longer than 255 characters"));
    }

    /** OpenID Connect Core 3.1.3.6 and 3.3.2.11: the left half of the hash; optional, never wrong. */
    private static void checkHash(Claims claims, String name, String hashed, String algorithm) throws AuthFailure {
        if (!claims.has(name)) {
            return;
        }
        byte[] hash = Hashes.digest(algorithm, hashed.getBytes(StandardCharsets.US_ASCII));
        byte[] left = Arrays.copyOf(hash, hash.length / 2);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(left).equals(claims.get(name))) {
            throw new AuthFailure(Reason.ID_TOKEN_HASH, "the ID token's " + name + " is not of what came with it");
        }
    }

    /** The hash of the signature's algorithm; for Ed25519 that is SHA-512 (RFC 8032 section 5.1). */
    private static String hashAlgorithm(JWSAlgorithm signature) {
        String name = signature.getName();
        return name.endsWith("256") ? "SHA-256" : name.endsWith("384") ? "SHA-384" : "SHA-512";
    }
}
