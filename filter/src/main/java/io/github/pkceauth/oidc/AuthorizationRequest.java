package io.github.pkceauth.oidc;

import java.util.Set;

/** The request that sends the user to the provider (RFC 6749 4.1.1, OpenID Connect Core 3.1.2.1). */
public final class AuthorizationRequest {

    /**
     * The parameters that are the filter's own: further parameters of a deployment can neither
     * override nor repeat them. {@code max_age} is among them because its answer would go unchecked.
     */
    public static final Set<String> RESERVED = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "response_mode",
            "audience",
            "resource",
            "request",
            "request_uri",
            "code",
            "code_verifier",
            "client_secret",
            "client_assertion",
            "client_assertion_type",
            "max_age");

    private AuthorizationRequest() {}

    static String uri(Provider provider, Client client, LoginAttempt attempt) {
        Parameters parameters = new Parameters()
                .add("response_type", "code")
                .add("client_id", client.id())
                .add("redirect_uri", attempt.redirectUri())
                .add("scope", client.scope())
                .add("state", attempt.state())
                .add("nonce", attempt.nonce())
                .add("code_challenge", Pkce.challenge(attempt.codeVerifier()))
                .add("code_challenge_method", Pkce.METHOD);
        if (client.formPost()) {
            parameters.add("response_mode", "form_post");
        }
        client.audience().ifPresent(audience -> parameters.add("audience", audience));
        client.resources().forEach(resource -> parameters.add("resource", resource));
        return parameters
                .addAll(client.extraParameters())
                .appendedTo(provider.authorizationEndpoint().toString());
    }
}
