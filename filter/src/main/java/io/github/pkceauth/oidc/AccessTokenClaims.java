package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the claims of an access token that is a JWT (RFC 9068), where the deployment says that roles
 * stand there. The token is meant for an API, so this is a choice made openly; signature, issuer and
 * expiry are verified all the same. Safe for use by several threads.
 */
final class AccessTokenClaims {

    private final Keys keys;
    private final Set<JWSAlgorithm> algorithms;
    private final Duration skew;
    private final InstantSource clock;

    AccessTokenClaims(Keys keys, Set<JWSAlgorithm> algorithms, Duration skew, InstantSource clock) {
        this.keys = keys;
        this.algorithms = algorithms;
        this.skew = skew;
        this.clock = clock;
    }

    Claims of(Tokens tokens, String issuer) throws AuthFailure {
        Claims claims = verified(tokens);
        if (!issuer.equals(claims.get("iss"))) {
            throw unavailable("its iss is '" + Printable.of(claims.get("iss")) + "'", null);
        }
        @Nullable Instant expiry = claims.time("exp").orElse(null);
        if (expiry == null || !clock.instant().minus(skew).isBefore(expiry)) {
            throw unavailable(expiry == null ? "its exp is missing or no time" : "it expired at " + expiry, null);
        }
        return claims;
    }

    private Claims verified(Tokens tokens) throws AuthFailure {
        try {
            return SignedJwt.parse(tokens.accessToken()).verifiedBy(keys, algorithms);
        } catch (AuthFailure e) {
            if (e.reason() == Reason.PROVIDER_UNREACHABLE) {
                throw e;
            }
            throw unavailable(String.valueOf(e.getMessage()), e);
        }
    }

    private static AuthFailure unavailable(String why, @Nullable AuthFailure cause) {
        String detail = "rolesClaim reads the access token, which cannot be trusted: " + why;
        return cause == null
                ? new AuthFailure(Reason.ROLES_UNAVAILABLE, detail)
                : new AuthFailure(Reason.ROLES_UNAVAILABLE, detail, cause);
    }
}
