package io.github.pkceauth.oidc;

import io.github.pkceauth.api.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one answer of the token endpoint (RFC 6749 5.1), all of them hidden from {@code
 * toString()}.
 */
record IssuedTokens(
        String accessToken,
        @Nullable Instant accessTokenExpiresAt,
        String scope,
        @Nullable String refreshToken,
        @Nullable String idToken)
        implements Tokens {

    @Override
    public String toString() {
        return "Tokens[hidden, access token expires at " + accessTokenExpiresAt + "]";
    }
}
