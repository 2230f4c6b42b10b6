package io.github.pkceauth.oidc;

import java.util.Map;
import java.util.Optional;

/**
 * What there is to know of the provider's metadata.
 *
 * @param call how they were read, or empty where the deployment says everything and they are not read
 * @param members what they say, empty where there are none
 * @param issuerProblem what is wrong with their issuer, if something is
 */
public record MetadataFacts(Optional<CallFacts> call, Map<String, Object> members, Optional<String> issuerProblem) {

    /** Whether a login can go by them. */
    public boolean areGood() {
        return issuerProblem.isEmpty() && call.flatMap(CallFacts::mishap).isEmpty();
    }
}
