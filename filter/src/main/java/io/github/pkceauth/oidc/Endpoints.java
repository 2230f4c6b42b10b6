package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a provider's endpoints are, by its metadata and by settings.
 *
 * @param metadata what the provider says, empty if it was not asked
 * @param mutualTls whether those with a certificate are meant, where they are elsewhere (RFC 8705 section 5)
 * @param allowed which addresses of the metadata may be used
 */
record Endpoints(Map<String, Object> metadata, boolean mutualTls, Predicate<URI> allowed) {

    /** RFC 9126 section 5. */
    static final String PUSH = "pushed_authorization_request_endpoint";

    /** Those that the client calls itself; to others it sends browsers, which have no certificate of its own. */
    private static final Set<String> CALLED =
            Set.of("token_endpoint", "revocation_endpoint", "userinfo_endpoint", PUSH);

    /** Whether the provider promises or demands something. */
    boolean says(String member) {
        return Boolean.TRUE.equals(metadata.get(member));
    }

    /** Whether authorization requests are pushed by a deployment that wants it so (RFC 9126 section 5). */
    boolean arePushed(Pushing pushing) {
        return pushing == Pushing.REQUIRED || (pushing == Pushing.AUTO && demandPush());
    }

    /** Whether the provider takes no authorization request that is not pushed. */
    boolean demandPush() {
        return says("require_pushed_authorization_requests");
    }

    /** Where an endpoint is; a setting wins. */
    Optional<URI> address(String member, Optional<URI> setting) throws AuthFailure {
        if (setting.isPresent() || !(announced(member) instanceof String text)) {
            return setting;
        }
        URI address = parsed(text);
        if (address == null || address.getRawFragment() != null || !allowed.test(address)) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    "the provider's metadata has a " + member + " that is no https address: " + Printable.of(text));
        }
        return Optional.of(address);
    }

    private @Nullable Object announced(String member) {
        return mutualTls
                        && CALLED.contains(member)
                        && metadata.get("mtls_endpoint_aliases") instanceof Map<?, ?> aliases
                        && aliases.get(member) instanceof String alias
                ? alias
                : metadata.get(member);
    }

    private static @Nullable URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
