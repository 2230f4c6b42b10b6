package io.github.pkceauth.oidc;

import io.github.pkceauth.api.Tokens;

/** The request that ends the user's session at the provider (RP-Initiated Logout 1.0 section 2). */
final class EndSessionRequest {

    private EndSessionRequest() {}

    static String uri(String endpoint, String clientId, Tokens tokens, String postLogoutRedirectUri, String state) {
        return new Parameters()
                .addIfPresent("id_token_hint", tokens.idToken())
                .add("client_id", clientId)
                .add("post_logout_redirect_uri", postLogoutRedirectUri)
                .add("state", state)
                .appendedTo(endpoint);
    }
}
