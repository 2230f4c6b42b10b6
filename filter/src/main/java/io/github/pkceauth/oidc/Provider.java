package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The provider, as its metadata (RFC 8414, OpenID Connect Discovery) and the deployment describe it.
 *
 * @param issuer the issuer identifier
 * @param authorizationEndpoint where the user signs in
 * @param tokenEndpoint where a code becomes tokens
 * @param jwksUri where its keys are, if it has any
 * @param userinfoEndpoint where claims about the user are, if there is one
 * @param endSessionEndpoint where the user signs out, if there is one
 * @param revocationEndpoint where tokens are revoked, if there is one
 * @param namesItself whether it promises {@code iss} in its answers (RFC 9207)
 * @param idTokenAlgorithms the asymmetric algorithms it signs ID tokens with
 */
record Provider(
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        Optional<URI> jwksUri,
        Optional<URI> userinfoEndpoint,
        Optional<URI> endSessionEndpoint,
        Optional<URI> revocationEndpoint,
        boolean namesItself,
        Set<JWSAlgorithm> idTokenAlgorithms) {

    /** What OpenID Connect Core 3.1.3.7 rule 7 takes for granted where nothing else is said. */
    private static final Set<JWSAlgorithm> DEFAULT_ALGORITHMS = Set.of(JWSAlgorithm.RS256);

    /**
     * Puts together metadata and settings; a setting wins.
     *
     * @param settings what the deployment says
     * @param metadata what the provider says, empty if it was not asked
     * @param keysNeeded whether tokens are verified with its keys
     * @param allowed which addresses of the metadata may be used
     * @throws AuthFailure if something that is needed is missing or no usable address
     */
    static Provider of(
            ProviderSettings settings, Map<String, Object> metadata, boolean keysNeeded, Predicate<URI> allowed)
            throws AuthFailure {
        Optional<URI> jwksUri = address("jwks_uri", settings.jwksUri(), metadata, allowed);
        if (keysNeeded) {
            needed("jwks_uri", jwksUri);
        }
        return new Provider(
                settings.issuer(),
                needed(
                        "authorization_endpoint",
                        address("authorization_endpoint", settings.authorizationEndpoint(), metadata, allowed)),
                needed("token_endpoint", address("token_endpoint", settings.tokenEndpoint(), metadata, allowed)),
                jwksUri,
                address("userinfo_endpoint", settings.userinfoEndpoint(), metadata, allowed),
                address("end_session_endpoint", settings.endSessionEndpoint(), metadata, allowed),
                address("revocation_endpoint", settings.revocationEndpoint(), metadata, allowed),
                Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported")),
                algorithms(metadata.get("id_token_signing_alg_values_supported")));
    }

    private static URI needed(String member, Optional<URI> address) throws AuthFailure {
        return address.orElseThrow(
                () -> new AuthFailure(Reason.METADATA_INVALID, "the provider's metadata has no usable " + member));
    }

    /** Where an endpoint is; a setting wins. */
    static Optional<URI> address(
            String member, Optional<URI> setting, Map<String, Object> metadata, Predicate<URI> allowed)
            throws AuthFailure {
        if (setting.isPresent() || !(metadata.get(member) instanceof String text)) {
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

    private static @Nullable URI parsed(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The algorithms that may be agreed without a setting, out of those that the provider names. */
    static Set<JWSAlgorithm> algorithms(@Nullable Object advertised) {
        Set<JWSAlgorithm> usable = new LinkedHashSet<>();
        if (advertised instanceof List<?> names) {
            for (Object name : names) {
                SigningAlgorithms.asymmetric(name).ifPresent(usable::add);
            }
        }
        return usable.isEmpty() ? DEFAULT_ALGORITHMS : Set.copyOf(usable);
    }
}
