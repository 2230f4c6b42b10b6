package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * This application as the provider knows it, and what it asks for.
 *
 * @param id the client identifier
 * @param authentication how it proves who it is
 * @param secret the client secret, which also keys HS256 where that is agreed
 * @param scope what is asked for, space-separated
 * @param audience the API that the access token is for (Auth0 and others)
 * @param resources the resources that the access token is for (RFC 8707)
 * @param authorizationDetails what is asked for in detail
 * @param responseMode how the answer comes
 * @param prompt what the provider is to ask the user, whatever it knows already, if anything
 * @param extraParameters further parameters of the authorization request, none of them ours
 * @param idTokenAlgorithm the one algorithm agreed for ID tokens, if one is
 * @param assurance how much more than usual is done for all of it to be genuine
 */
public record Client(
        String id,
        ClientAuthentication authentication,
        Optional<Secret> secret,
        String scope,
        Optional<String> audience,
        List<String> resources,
        Optional<AuthorizationDetails> authorizationDetails,
        ResponseMode responseMode,
        Optional<String> prompt,
        List<Map.Entry<String, String>> extraParameters,
        Optional<JWSAlgorithm> idTokenAlgorithm,
        Assurance assurance) {

    /** Whether an ID token is asked for; without it this is plain OAuth 2.0. */
    public boolean usesOpenId() {
        return Arrays.asList(scope.split(" ")).contains("openid");
    }

    /** The same, with details of these types asked for only by logins that need them. */
    public Client detailing(Set<String> typesWhereNeeded) {
        return new Client(
                id,
                authentication,
                secret,
                scope,
                audience,
                resources,
                authorizationDetails.map(details -> details.asking(typesWhereNeeded)),
                responseMode,
                prompt,
                extraParameters,
                idTokenAlgorithm,
                assurance);
    }

    /** Whether each login has a key that its tokens are bound to. */
    boolean usesProofs() {
        return assurance.constraint() == SenderConstraint.DPOP;
    }

    /** Whether it signs something that is for the provider alone. */
    public boolean signs() {
        return assurance.signsRequests()
                || authentication instanceof ClientAuthentication.PrivateKeyJwt
                || authentication instanceof ClientAuthentication.SecretJwt;
    }

    /** Whether calls to the provider are made with this client's certificate. */
    public boolean usesMutualTls() {
        return assurance.constraint() == SenderConstraint.MTLS
                || authentication instanceof ClientAuthentication.MutualTls;
    }

    /** Whether ID tokens are signed with the client secret instead of the provider's keys. */
    boolean idTokensBySecret() {
        return idTokenAlgorithm.filter(JWSAlgorithm.HS256::equals).isPresent();
    }
}
