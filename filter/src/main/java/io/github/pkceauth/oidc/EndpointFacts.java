package io.github.pkceauth.oidc;

import java.net.URI;
import java.util.Optional;

/**
 * What there is to know of an address at the provider.
 *
 * @param member its name in the metadata
 * @param isNeeded whether there is no login without it
 * @param isSet whether the deployment names it
 * @param address where it is, if it is anywhere
 * @param problem why it cannot be used, if it cannot
 */
public record EndpointFacts(
        String member, boolean isNeeded, boolean isSet, Optional<URI> address, Optional<String> problem) {

    /** Whether what is sent there may be read by others, which a deployment can allow. */
    public boolean isExposed() {
        return address.filter(Loopback::isExposed).isPresent();
    }
}
