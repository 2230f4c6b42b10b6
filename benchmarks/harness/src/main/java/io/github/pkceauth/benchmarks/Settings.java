package io.github.pkceauth.benchmarks;

import java.util.List;

/**
 * What every contestant is told: the same provider, the same client, the same public pages.
 *
 * @param issuer the provider
 * @param clientId the client; the provider's stub reads out of it what tokens are wanted
 * @param publicPaths patterns of the pages that need no login
 */
public record Settings(String issuer, String clientId, List<String> publicPaths) {

    /** The client's secret, long enough for HS256. */
    public static final String CLIENT_SECRET = "a-secret-of-the-benchmarks-that-is-no-secret-at-all";

    /** Where the provider's answers arrive, at every contestant. */
    public static final String CALLBACK_PATH = "/callback";

    /** The claim of the ID token that holds the roles. */
    public static final String ROLES_CLAIM = "roles";

    public Settings {
        publicPaths = List.copyOf(publicPaths);
    }

    /** With one public pattern. */
    public Settings(String issuer, String clientId) {
        this(issuer, clientId, List.of("/public/*"));
    }
}
