package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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
 * @param pushEndpoint where authorization requests are pushed, if they are (RFC 9126)
 * @param namesItself whether it promises {@code iss} in its answers (RFC 9207)
 * @param algorithms what it signs with, and takes of what is signed here
 */
record Provider(
        String issuer,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        Optional<URI> jwksUri,
        Optional<URI> userinfoEndpoint,
        Optional<URI> endSessionEndpoint,
        Optional<URI> revocationEndpoint,
        Optional<URI> pushEndpoint,
        boolean namesItself,
        ProviderAlgorithms algorithms) {

    /**
     * Puts together metadata and settings; a setting wins.
     *
     * @param settings what the deployment says
     * @param metadata what the provider says, empty if it was not asked
     * @param needs what the deployment needs
     * @param allowed which addresses of the metadata may be used
     * @throws AuthFailure if something that is needed is missing or no usable address
     */
    static Provider of(ProviderSettings settings, Map<String, Object> metadata, Needs needs, Predicate<URI> allowed)
            throws AuthFailure {
        Endpoints endpoints = new Endpoints(metadata, needs.mutualTls(), allowed);
        Optional<URI> jwksUri = endpoints.address("jwks_uri", settings.jwksUri());
        if (needs.keys()) {
            needed("jwks_uri", jwksUri);
        }
        return new Provider(
                settings.issuer(),
                needed(
                        "authorization_endpoint",
                        endpoints.address("authorization_endpoint", settings.authorizationEndpoint())),
                needed("token_endpoint", endpoints.address("token_endpoint", settings.tokenEndpoint())),
                jwksUri,
                endpoints.address("userinfo_endpoint", settings.userinfoEndpoint()),
                endpoints.address("end_session_endpoint", settings.endSessionEndpoint()),
                endpoints.address("revocation_endpoint", settings.revocationEndpoint()),
                pushEndpoint(endpoints, needs.pushing()),
                // FAPI 2.0 Security Profile 5.3.3.2: iss is checked, which takes that it is there.
                needs.fapi2() || endpoints.says("authorization_response_iss_parameter_supported"),
                ProviderAlgorithms.of(metadata, needs));
    }

    /** Where requests are pushed, if they are. */
    static Optional<URI> pushEndpoint(Endpoints endpoints, Pushing pushing) throws AuthFailure {
        if (endpoints.demandPush() && pushing == Pushing.NEVER) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID,
                    "the provider's metadata has require_pushed_authorization_requests, and pushedAuthorization is never:"
                            + " write auto");
        }
        return endpoints.arePushed(pushing)
                ? Optional.of(needed(Endpoints.PUSH, endpoints.address(Endpoints.PUSH, Optional.empty())))
                : Optional.empty();
    }

    private static URI needed(String member, Optional<URI> address) throws AuthFailure {
        return address.orElseThrow(
                () -> new AuthFailure(Reason.METADATA_INVALID, "the provider's metadata has no usable " + member));
    }
}
