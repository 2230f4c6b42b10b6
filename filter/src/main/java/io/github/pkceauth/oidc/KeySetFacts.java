package io.github.pkceauth.oidc;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What there is to know of the provider's keys.
 *
 * @param call how they were read
 * @param keys the keys, in their order, none where they could not be read
 */
public record KeySetFacts(CallFacts call, List<Published> keys) {

    /**
     * A key of the provider.
     *
     * @param id its {@code kid}, if it has one
     * @param type its {@code kty}
     * @param isForEncryption whether it says itself that it is for encryption, and so nothing to us
     * @param algorithms what it can verify, nothing where it cannot be used
     * @param refusal why it cannot be used, if it cannot
     */
    public record Published(
            Optional<String> id,
            String type,
            boolean isForEncryption,
            Set<String> algorithms,
            Optional<String> refusal) {}
}
