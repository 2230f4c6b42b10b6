package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies ID tokens by the rules of OpenID Connect Core 3.1.3.7, numbered here as there, and after a
 * refresh by those of 12.2. Safe for use by several threads.
 */
final class IdTokenVerifier {

    private final Issuers issuers;
    private final JwtRules rules;

    IdTokenVerifier(Client client, Issuers issuers, Keys keys, Duration skew, InstantSource clock) {
        this.issuers = issuers;
        this.rules = new JwtRules("the ID token", client, keys, skew, clock);
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
        // 1. It has been decrypted, see IdTokenDecryption.
        SignedJwt jwt = SignedJwt.parse(serialized);
        // 6., 7., 8. The signature comes first: nothing else in an unverified token means anything. It
        // is checked though TLS would do for a token from the token endpoint.
        Claims claims = rules.signed(jwt, provider);
        String issuer = rules.checkIssuer(claims, issuers); // 2.
        rules.checkAudience(claims); // 3., 4., 5.
        rules.checkExpiry(claims); // 9.
        rules.checkNotBefore(rules.checkIssued(claims), code.attempt().startedAt(), "this login began"); // 10.
        checkNonce(claims, code.attempt()); // 11.
        checkAuthentication(claims, code.attempt()); // 12., 13.
        String hashAlgorithm = hashAlgorithm(jwt.algorithm());
        checkHash(claims, "at_hash", accessToken, hashAlgorithm);
        checkHash(claims, "c_hash", code.value(), hashAlgorithm);
        return new IdToken(issuer, rules.checkSubject(claims), claims);
    }

    /**
     * Verifies the ID token that came for a refresh token.
     *
     * @param serialized the token as it came
     * @param accessToken the access token that came with it
     * @param login the login that it must go on with
     * @param provider the provider
     * @return the verified token
     * @throws AuthFailure naming the rule that it breaks
     */
    IdToken verifyRefreshed(String serialized, String accessToken, Login login, Provider provider) throws AuthFailure {
        SignedJwt jwt = SignedJwt.parse(serialized);
        Claims claims = rules.signed(jwt, provider);
        String issuer = rules.checkIssuer(claims, issuers);
        if (!issuer.equals(login.user().issuer())) {
            throw new AuthFailure(Reason.ID_TOKEN_ISSUER, "the refreshed ID token is of another tenant");
        }
        String subject = rules.checkSubject(claims);
        if (!subject.equals(login.user().subject())) {
            throw new AuthFailure(Reason.ID_TOKEN_SUBJECT, "the refreshed ID token is about another subject");
        }
        rules.checkAudience(claims);
        if (!Objects.equals(claims.get("azp"), before(login).get("azp"))) {
            throw new AuthFailure(Reason.ID_TOKEN_AUDIENCE, "the refreshed ID token has another azp than the first");
        }
        rules.checkExpiry(claims);
        rules.checkNotBefore(rules.checkIssued(claims), login.issuedAt(), "the login was made");
        if (claims.has("nonce") && !Objects.equals(claims.get("nonce"), login.nonce())) {
            throw new AuthFailure(Reason.ID_TOKEN_NONCE, "the refreshed ID token's nonce is another login's");
        }
        // auth_time is not compared: a provider whose user has proved more in the meantime may say so.
        checkHash(claims, "at_hash", accessToken, hashAlgorithm(jwt.algorithm()));
        return new IdToken(issuer, subject, claims);
    }

    /** The ID token that a login was made with, or was refreshed with last: verified then. */
    IdToken verifiedBefore(String serialized, Login login) throws AuthFailure {
        return new IdToken(
                login.user().issuer(),
                login.user().subject(),
                SignedJwt.parse(serialized).claimsVerifiedBefore());
    }

    /** The ID token so far; each had the azp of the one before it. */
    private static Claims before(Login login) throws AuthFailure {
        @Nullable String serialized = login.tokens().idToken();
        return serialized == null ? Claims.NONE : SignedJwt.parse(serialized).claimsVerifiedBefore();
    }

    private static void checkNonce(Claims claims, LoginAttempt attempt) throws AuthFailure {
        if (!attempt.nonce().equals(claims.get("nonce"))) {
            throw new AuthFailure(
                    Reason.ID_TOKEN_NONCE,
                    claims.has("nonce") ? "the ID token's nonce is another login's" : "the ID token has no nonce");
        }
    }

    /**
     * What was asked of the sign-in goes through the user's hands, and providers may take it for a wish: it counts for
     * nothing until the ID token says the same.
     */
    private void checkAuthentication(Claims claims, LoginAttempt attempt) throws AuthFailure {
        AuthenticationRequirements required = attempt.required();
        if (!required.acrValues().isEmpty()
                && !claims.text("acr").filter(required::admits).isPresent()) {
            throw new AuthFailure(
                    Reason.ACR_NOT_MET,
                    "the ID token has acr '" + Printable.of(claims.get("acr"))
                            + "', and the login was to be by one of '" + required.acrValues() + "'");
        }
        if (required.limitsAge()) {
            rules.checkAuthTime(claims, required.maxAge(), attempt.startedAt());
        }
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
