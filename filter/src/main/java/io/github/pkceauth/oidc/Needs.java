package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Set;

/**
 * What a deployment needs of its provider.
 *
 * @param keys whether something is verified with the provider's keys
 * @param idTokenAlgorithms whether the provider has to say what it signs ID tokens with
 * @param userinfo whether no login can do without userinfo
 * @param pushing when requests are pushed (RFC 9126)
 * @param proofs whether tokens are bound to keys of the client's (RFC 9449)
 * @param mutualTls whether calls are made with a certificate, which may have addresses of their own (RFC 8705 section 5)
 * @param fapi2 whether it is to be as FAPI 2.0 wants it
 */
record Needs(
        boolean keys,
        boolean idTokenAlgorithms,
        boolean userinfo,
        Pushing pushing,
        boolean proofs,
        boolean mutualTls,
        boolean fapi2) {

    static Needs of(Client client, ClaimRules rules) {
        boolean ofIdTokens = client.usesOpenId() && !client.idTokensBySecret();
        return new Needs(
                ofIdTokens || client.responseMode().isSigned() || rules.namesSource(ClaimPath.Source.ACCESS_TOKEN),
                client.usesOpenId() && client.idTokenAlgorithm().isEmpty(),
                !client.usesOpenId()
                        || rules.userinfo() == ClaimRules.UserinfoUse.ALWAYS
                        || rules.namesSource(ClaimPath.Source.USERINFO),
                client.assurance().pushing(),
                client.usesProofs(),
                client.usesMutualTls(),
                client.assurance().fapi2());
    }

    /** The algorithms that anything may be signed with. */
    Set<JWSAlgorithm> algorithms() {
        return SigningAlgorithms.allowed(fapi2);
    }
}
