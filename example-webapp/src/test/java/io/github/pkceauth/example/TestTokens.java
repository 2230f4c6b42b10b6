package io.github.pkceauth.example;

import io.github.pkceauth.api.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens as the filter would hand them to the application. */
record TestTokens(
        String accessToken,
        @Nullable Instant accessTokenExpiresAt,
        @Nullable String refreshToken) implements Tokens {

    TestTokens(String accessToken, @Nullable Instant accessTokenExpiresAt) {
        this(accessToken, accessTokenExpiresAt, null);
    }

    @Override
    public String scope() {
        return "openid";
    }

    @Override
    public @Nullable String idToken() {
        return null;
    }
}
