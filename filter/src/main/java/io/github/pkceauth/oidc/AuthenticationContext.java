package io.github.pkceauth.oidc;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How and when a user has signed in at the provider, as the verified ID token of the login says it; claims from
 * elsewhere do not count. A later refresh changes nothing of it (OpenID Connect Core 12.2). Its serialized form is a part
 * of {@link Login}'s.
 *
 * @param acr the authentication context class, or null if the provider did not say
 * @param authTime when the user signed in there, or null if the provider did not say
 * @param asked what the login had been required to be
 */
public record AuthenticationContext(
        @Nullable String acr, @Nullable Instant authTime, AuthenticationRequirements asked) implements Serializable {

    static final AuthenticationContext UNKNOWN = new AuthenticationContext(null, null, AuthenticationRequirements.NONE);

    static AuthenticationContext of(@Nullable IdToken idToken, AuthenticationRequirements asked) {
        return idToken == null
                ? new AuthenticationContext(null, null, asked)
                : new AuthenticationContext(
                        idToken.claims().text("acr").orElse(null),
                        idToken.claims().time("auth_time").orElse(null),
                        asked);
    }

    /**
     * Whether it is what is required.
     *
     * @param required what is required
     * @param now the time
     * @param skew how far the provider's clock may be off
     */
    public boolean meets(AuthenticationRequirements required, Instant now, Duration skew) {
        return meetsAcr(required) && meetsAge(required, now, skew);
    }

    /** Whether it is of a class that will do. */
    public boolean meetsAcr(AuthenticationRequirements required) {
        return required.acrValues().isEmpty() || (acr != null && required.admits(acr));
    }

    private boolean meetsAge(AuthenticationRequirements required, Instant now, Duration skew) {
        return !required.limitsAge()
                || (authTime != null
                        && !authTime.isAfter(now.plus(skew))
                        && !authTime.plusSeconds(required.maxAge()).plus(skew).isBefore(now));
    }
}
