package io.github.pkceauth.oidc;

/**
 * What a deployment needs of its provider.
 *
 * @param keys whether something is verified with the provider's keys
 * @param userinfo whether no login can do without userinfo
 * @param push whether requests must be pushed (RFC 9126)
 * @param proofs whether tokens are bound to keys of the client's (RFC 9449)
 * @param mutualTls whether calls are made with a certificate, which may have addresses of their own (RFC 8705 section 5)
 * @param fapi2 whether it is to be as FAPI 2.0 wants it
 */
record Needs(boolean keys, boolean userinfo, boolean push, boolean proofs, boolean mutualTls, boolean fapi2) {

    static Needs of(Client client, ClaimRules rules) {
        boolean ofIdTokens = client.usesOpenId() && !client.idTokensBySecret();
        return new Needs(
                ofIdTokens || client.responseMode().isSigned() || rules.namesSource(ClaimPath.Source.ACCESS_TOKEN),
                !client.usesOpenId()
                        || rules.userinfo() == ClaimRules.UserinfoUse.ALWAYS
                        || rules.namesSource(ClaimPath.Source.USERINFO),
                client.assurance().pushing() == Pushing.REQUIRED,
                client.usesProofs(),
                client.usesMutualTls(),
                client.assurance().fapi2());
    }
}
