package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out about the provider at first need: from its metadata (OpenID Connect Discovery 4, RFC
 * 8414 section 3), or from the settings alone where they say everything. Safe for use by several
 * threads.
 */
final class Discovery {

    private static final Duration LIFETIME = Duration.ofHours(1);
    static final String WHAT = "metadata";

    private final ProviderSettings settings;
    private final Needs needs;
    private final Http http;
    private final boolean settled;
    private final Remote<Provider> provider;

    /**
     * What is needed to find out.
     *
     * @param settings what the deployment says
     * @param needs what the deployment needs
     * @param http the door to the network
     * @param longestWait how long a thread waits for another's fetch
     * @param clock tells the time
     */
    Discovery(ProviderSettings settings, Needs needs, Http http, Duration longestWait, InstantSource clock) {
        this.settings = settings;
        this.needs = needs;
        this.http = http;
        this.settled = settings.authorizationEndpoint().isPresent()
                && settings.tokenEndpoint().isPresent()
                && (settings.jwksUri().isPresent() || !needs.keys())
                && (settings.userinfoEndpoint().isPresent() || !needs.userinfo())
                && needs.pushing() != Pushing.REQUIRED;
        this.provider = new Remote<>(this::read, LIFETIME, longestWait, clock);
    }

    /**
     * The provider.
     *
     * @throws AuthFailure if its metadata cannot be read or used
     */
    Provider provider() throws AuthFailure {
        return provider.get();
    }

    private Provider read() throws AuthFailure {
        List<URI> locations = locations();
        Map<String, Object> metadata = settled ? Map.of() : metadata(locations);
        return Provider.of(settings, metadata, needs, this::allows);
    }

    /** Whether the settings say everything, so that no metadata is read. */
    boolean isSettled() {
        return settled;
    }

    /** Which addresses of the metadata may be used. */
    boolean allows(URI address) {
        return http.allows(address, locations().get(0));
    }

    private Map<String, Object> metadata(List<URI> locations) throws AuthFailure {
        HttpAnswer answer = find(locations).answer();
        Map<String, Object> metadata = members(answer);
        checkIssuer(answer, metadata);
        return metadata;
    }

    /** An answer at one of the places where metadata may be. */
    record Found(URI at, HttpAnswer answer) {}

    Found find(List<URI> locations) throws AuthFailure {
        URI at = locations.get(0);
        HttpAnswer answer = http.get(WHAT, at, Map.of());
        for (int i = 1; i < locations.size() && answer.status() != 200; i++) {
            at = locations.get(i);
            answer = http.get(WHAT, at, Map.of());
        }
        return new Found(at, answer);
    }

    /** The metadata that an answer is, whosever they are. */
    static Map<String, Object> members(HttpAnswer answer) throws AuthFailure {
        if (answer.status() / 100 == 5 || answer.status() == 429) {
            throw answer.unexpected(Reason.PROVIDER_UNREACHABLE);
        }
        return answer.orFail(Reason.METADATA_INVALID).json(Reason.METADATA_INVALID);
    }

    /** Holds metadata to the issuer that the deployment names (OpenID Connect Discovery 4.3, RFC 8414 section 3.3). */
    void checkIssuer(HttpAnswer answer, Map<String, Object> metadata) throws AuthFailure {
        if (!settings.issuer().equals(metadata.get("issuer"))) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    answer.from()
                            + " is of the issuer '"
                            + Printable.of(metadata.get("issuer"))
                            + "', but the parameter issuer is '"
                            + settings.issuer()
                            + "'; they must be equal to the letter, a final slash included"
                            + (isTemplate(metadata.get("issuer"))
                                    ? "; these metadata are of many tenants: give the issuer of one tenant, or name the tenants in tenants and give this issuer"
                                    : ""));
        }
    }

    /** No issuer is one with a placeholder in it, as Entra ID has it where users of any tenant sign in. */
    private static boolean isTemplate(@Nullable Object issuer) {
        return issuer instanceof String text && text.contains("{");
    }

    /** Where the metadata may be: behind the issuer (OpenID Connect), or in its middle (RFC 8414). */
    List<URI> locations() {
        if (settings.metadataUrl().isPresent()) {
            return List.of(settings.metadataUrl().get());
        }
        URI issuer = URI.create(settings.issuer());
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
        return List.of(
                URI.create(origin + trimmed + "/.well-known/openid-configuration"),
                URI.create(origin + "/.well-known/oauth-authorization-server" + trimmed));
    }
}
