package io.github.pkceauth.oidc;

import java.net.URI;
import java.util.Optional;

/**
 * What the deployment says about the provider; the rest comes from the provider's metadata.
 *
 * @param issuers whom users may be signed in by
 * @param metadataUrl where the metadata is read, if not at the issuer's own address
 * @param authorizationEndpoint overrides the metadata
 * @param tokenEndpoint overrides the metadata
 * @param jwksUri overrides the metadata
 * @param userinfoEndpoint overrides the metadata
 * @param endSessionEndpoint overrides the metadata
 * @param revocationEndpoint overrides the metadata
 */
public record ProviderSettings(
        Issuers issuers,
        Optional<URI> metadataUrl,
        Optional<URI> authorizationEndpoint,
        Optional<URI> tokenEndpoint,
        Optional<URI> jwksUri,
        Optional<URI> userinfoEndpoint,
        Optional<URI> endSessionEndpoint,
        Optional<URI> revocationEndpoint) {

    /** The issuer identifier, compared exactly and never normalised; of all tenants together, where there are several. */
    public String issuer() {
        return issuers.identifier();
    }
}
