package io.github.pkceauth.example;

import io.github.pkceauth.api.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens as the filter would hand them to the application. */
record TestTokens(String accessToken, @Nullable Instant accessTokenExpiresAt) implements Tokens {

    @Override
    public String scope() {
        return "openid";
    }

    @Override
    public @Nullable String refreshToken() {
        return null;
    }

    @Override
    public @Nullable String idToken() {
        return null;
    }
}
