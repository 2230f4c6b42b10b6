package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The signature algorithms that a provider signs with and takes, out of its metadata. Of what it signs none may be more
 * than it names, so that a key that it publishes for something else vouches for nothing.
 *
 * @param idTokens what it signs ID tokens with
 * @param answers what it signs its answers to authorization requests with (JARM)
 * @param userinfo what it signs claims of its userinfo endpoint with
 * @param assertions what it takes of client assertions; empty where it does not say
 * @param requestObjects what it takes of request objects; empty where it does not say
 */
record ProviderAlgorithms(
        Set<JWSAlgorithm> idTokens,
        Set<JWSAlgorithm> answers,
        Set<JWSAlgorithm> userinfo,
        Set<JWSAlgorithm> assertions,
        Set<JWSAlgorithm> requestObjects) {

    /** What OpenID Connect Core 3.1.3.7 rule 7 takes for granted where nothing else is said. */
    private static final Set<JWSAlgorithm> DEFAULT = Set.of(JWSAlgorithm.RS256);

    /**
     * Reads them.
     *
     * @param metadata what the provider says, empty if it was not asked
     * @param fapi2 whether only those of FAPI 2.0 count
     * @throws AuthFailure if none is left for ID tokens, or for proofs of keys
     */
    static ProviderAlgorithms of(Map<String, Object> metadata, boolean fapi2, boolean withProofs) throws AuthFailure {
        Set<JWSAlgorithm> idTokens = signing(metadata.get("id_token_signing_alg_values_supported"), fapi2);
        if (idTokens.isEmpty()) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    "the provider's metadata names none of the algorithms of profile=fapi2 for ID tokens"
                            + " (id_token_signing_alg_values_supported): have PS256, ES256 or EdDSA switched on there");
        }
        Set<JWSAlgorithm> proofs = named(metadata.get("dpop_signing_alg_values_supported"));
        if (withProofs && !proofs.isEmpty() && !proofs.contains(DpopKey.ALGORITHM)) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    "the provider's metadata does not name " + DpopKey.ALGORITHM
                            + " among dpop_signing_alg_values_supported, and the proofs of senderConstraint=dpop are signed"
                            + " so: have it switched on there");
        }
        return new ProviderAlgorithms(
                idTokens,
                orElse(metadata.get("authorization_signing_alg_values_supported"), fapi2, idTokens),
                orElse(metadata.get("userinfo_signing_alg_values_supported"), fapi2, idTokens),
                named(metadata.get("token_endpoint_auth_signing_alg_values_supported")),
                named(metadata.get("request_object_signing_alg_values_supported")));
    }

    /** The algorithms that may be agreed without a setting, out of those that the provider names. */
    static Set<JWSAlgorithm> signing(@Nullable Object advertised, boolean fapi2) {
        Set<JWSAlgorithm> named = named(advertised);
        if (!fapi2) {
            return named.isEmpty() ? DEFAULT : named;
        }
        return advertised == null ? SigningAlgorithms.FAPI : common(named);
    }

    private static Set<JWSAlgorithm> orElse(@Nullable Object advertised, boolean fapi2, Set<JWSAlgorithm> otherwise) {
        Set<JWSAlgorithm> named = fapi2 ? common(named(advertised)) : named(advertised);
        return named.isEmpty() ? otherwise : named;
    }

    private static Set<JWSAlgorithm> common(Set<JWSAlgorithm> named) {
        return named.stream().filter(SigningAlgorithms.FAPI::contains).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<JWSAlgorithm> named(@Nullable Object advertised) {
        Set<JWSAlgorithm> usable = new LinkedHashSet<>();
        if (advertised instanceof List<?> names) {
            for (Object name : names) {
                SigningAlgorithms.asymmetric(name).ifPresent(usable::add);
            }
        }
        return Set.copyOf(usable);
    }
}
