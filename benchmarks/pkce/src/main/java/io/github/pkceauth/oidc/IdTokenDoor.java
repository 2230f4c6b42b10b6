package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The filter's verification of ID tokens, as part of a login at a provider. The verifier is hidden in its package, which
 * this class shares on the class path. Its metadata and keys are read with the first token.
 */
public final class IdTokenDoor {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String issuer;
    private final Discovery discovery;
    private final IdTokenVerifier verifier;

    /**
     * A verification.
     *
     * @param issuer the provider
     * @param clientId whom its tokens must be for
     */
    public IdTokenDoor(String issuer, String clientId) {
        this.issuer = issuer;
        InstantSource clock = InstantSource.system();
        Http http = new Http(Tls.ofJvm(), LIMIT, false);
        ProviderSettings settings = new ProviderSettings(
                Issuers.one(issuer),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Client client = new Client(
                clientId,
                new ClientAuthentication.None(),
                Optional.empty(),
                "openid",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                ResponseMode.QUERY,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Assurance.USUAL);
        discovery = new Discovery(
                settings, new Needs(true, true, false, Pushing.AUTO, false, false, false), http, LIMIT, clock);
        verifier = new IdTokenVerifier(
                client, Issuers.one(issuer), new Keys(discovery, false, http, LIMIT, clock), LIMIT, clock);
    }

    /**
     * Verifies a token.
     *
     * @param idToken the token as it came
     * @param nonce of the authorization request
     * @param accessToken what came with it
     * @return what is verified
     * @throws AuthFailure naming the rule that it breaks
     */
    public Object verify(String idToken, String nonce, String accessToken) throws AuthFailure {
        Instant now = Instant.now();
        LoginAttempt attempt = new LoginAttempt(
                "state",
                nonce,
                "verifier",
                issuer,
                true,
                issuer,
                "/",
                now.minus(LIMIT),
                now.plus(LIMIT),
                null,
                AuthenticationRequirements.NONE,
                null);
        return verifier.verify(idToken, accessToken, new AuthorizationCode("code", attempt), discovery.provider());
    }
}
