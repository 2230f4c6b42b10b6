package io.github.pkceauth.oidc;

import io.github.pkceauth.api.Tokens;
import org.jspecify.annotations.Nullable;

/** The request that ends the user's session at the provider (RP-Initiated Logout 1.0 section 2). */
final class EndSessionRequest {

    /** Containers bound their answers' headers, to 8 KiB as a rule, and an address is one of them. */
    private static final int LONGEST_HINT = 4000;

    private EndSessionRequest() {}

    static String uri(String endpoint, String clientId, Tokens tokens, String postLogoutRedirectUri, String state) {
        return new Parameters()
                .addIfPresent("id_token_hint", hint(tokens.idToken()))
                .add("client_id", clientId)
                .add("post_logout_redirect_uri", postLogoutRedirectUri)
                .add("state", state)
                .appendedTo(endpoint);
    }

    private static @Nullable String hint(@Nullable String idToken) {
        if (idToken == null || idToken.length() <= LONGEST_HINT) {
            return idToken;
        }
        System.getLogger("io.github.pkceauth")
                .log(
                        System.Logger.Level.INFO,
                        "the ID token is too long to go along as id_token_hint; the provider may ask whether to sign"
                                + " out");
        return null;
    }
}
