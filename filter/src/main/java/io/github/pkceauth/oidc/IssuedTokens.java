package io.github.pkceauth.oidc;

import io.github.pkceauth.api.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one answer of the token endpoint (RFC 6749 5.1), all of them hidden from {@code
 * toString()}.
 *
 * @param receivedAt when they were asked for, by this server's clock
 */
public record IssuedTokens(
        String accessToken,
        @Nullable Instant accessTokenExpiresAt,
        String scope,
        @Nullable String refreshToken,
        @Nullable String idToken,
        Instant receivedAt)
        implements Tokens {

    /** These, and what a refresh need not send again out of those before (RFC 6749 section 6). */
    IssuedTokens after(IssuedTokens before) {
        return new IssuedTokens(
                accessToken,
                accessTokenExpiresAt,
                scope,
                refreshToken == null ? before.refreshToken : refreshToken,
                idToken == null ? before.idToken : idToken,
                receivedAt);
    }

    IssuedTokens withRefreshTokenOf(IssuedTokens newer) {
        return new IssuedTokens(
                accessToken,
                accessTokenExpiresAt,
                scope,
                newer.refreshToken == null ? refreshToken : newer.refreshToken,
                idToken,
                receivedAt);
    }

    @Override
    public String toString() {
        return "Tokens[hidden, access token expires at " + accessTokenExpiresAt + "]";
    }
}
