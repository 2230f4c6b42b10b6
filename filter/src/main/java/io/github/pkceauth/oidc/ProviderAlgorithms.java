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
 * @param answers what it signs its answers to authorization requests with (JARM); empty where it does not say
 * @param userinfo what it signs claims of its userinfo endpoint with; empty where it does not say
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

    private static final String PROOFS = "dpop_signing_alg_values_supported";

    /**
     * Reads them.
     *
     * @param metadata what the provider says, empty if it was not asked
     * @param needs what the deployment needs
     * @throws AuthFailure if none is left for ID tokens, or for proofs of keys
     */
    static ProviderAlgorithms of(Map<String, Object> metadata, Needs needs) throws AuthFailure {
        Set<JWSAlgorithm> idTokens = signing(metadata.get("id_token_signing_alg_values_supported"), needs.fapi2());
        if (idTokens.isEmpty() && needs.idTokenAlgorithms()) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    "the provider's metadata names none of the algorithms of profile=fapi2 for ID tokens"
                            + " (id_token_signing_alg_values_supported): have PS256, ES256 or EdDSA switched on there");
        }
        if (needs.proofs()
                && metadata.get(PROOFS) instanceof List<?> proofs
                && !proofs.contains(DpopKey.ALGORITHM.getName())) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    "the provider's metadata does not name " + DpopKey.ALGORITHM + " in " + PROOFS
                            + ", and the proofs of senderConstraint=dpop are signed so: have it switched on there");
        }
        return new ProviderAlgorithms(
                idTokens,
                common(metadata.get("authorization_signing_alg_values_supported"), needs.fapi2()),
                common(metadata.get("userinfo_signing_alg_values_supported"), needs.fapi2()),
                common(metadata.get("token_endpoint_auth_signing_alg_values_supported"), false),
                common(metadata.get("request_object_signing_alg_values_supported"), false));
    }

    /** The algorithms of ID tokens that may be agreed without a setting, out of those that the provider names. */
    static Set<JWSAlgorithm> signing(@Nullable Object advertised, boolean fapi2) {
        Set<JWSAlgorithm> named = common(advertised, fapi2);
        if (fapi2) {
            return advertised == null ? SigningAlgorithms.FAPI : named;
        }
        return named.isEmpty() ? DEFAULT : named;
    }

    private static Set<JWSAlgorithm> common(@Nullable Object advertised, boolean fapi2) {
        Set<JWSAlgorithm> usable = new LinkedHashSet<>();
        if (advertised instanceof List<?> names) {
            for (Object name : names) {
                SigningAlgorithms.asymmetric(name).ifPresent(usable::add);
            }
        }
        return usable.stream()
                .filter(SigningAlgorithms.allowed(fapi2)::contains)
                .collect(Collectors.toUnmodifiableSet());
    }
}
