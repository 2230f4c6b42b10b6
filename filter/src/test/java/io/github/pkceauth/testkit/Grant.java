package io.github.pkceauth.testkit;

/**
 * What a user has granted at the authorization endpoint.
 *
 * @param id tells it from every other, also of the same user for the same client
 * @param acr how the user signed in; empty where the provider does not say
 * @param challenge the PKCE code challenge, S256
 * @param nonce empty where the client sent none
 * @param details the authorization details as JSON text; empty where the client sent none
 * @param bound to whose key the code, and what comes of it, is bound
 */
record Grant(
        String id,
        TestUser user,
        String sid,
        long authTime,
        String acr,
        String redirectUri,
        String scope,
        String challenge,
        String nonce,
        String details,
        Confirmation bound) {

    boolean isOpenId() {
        return (" " + scope + " ").contains(" openid ");
    }

    /** The same for a refresh, which repeats no nonce. */
    Grant withoutNonce() {
        return new Grant(id, user, sid, authTime, acr, redirectUri, scope, challenge, "", details, bound);
    }

    /** The same, bound to this key. */
    Grant boundTo(Confirmation key) {
        return new Grant(id, user, sid, authTime, acr, redirectUri, scope, challenge, nonce, details, key);
    }
}
