package io.github.pkceauth.example;

import io.github.pkceauth.api.Tokens;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    @Override
    public String tokenType() {
        return "Bearer";
    }

    @Override
    public Map<String, String> headers(String method, URI address) {
        return Map.of("Authorization", tokenType() + " " + accessToken);
    }

    /** Wants every call once more that was refused with a nonce. */
    @Override
    public boolean heedNonce(URI address, int status, Map<String, List<String>> headers) {
        return status == 401 && headers.containsKey("dpop-nonce");
    }

    @Override
    public @Nullable String authorizationDetails() {
        return null;
    }
}
