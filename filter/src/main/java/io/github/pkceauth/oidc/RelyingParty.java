package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the protocol, whole: begins a login, completes it, and ends it at the
 * provider. Makes no call before it is asked to. Safe for use by several threads.
 */
public final class RelyingParty implements AutoCloseable {

    private final Issuers issuers;
    private final Client client;
    private final Duration loginTimeout;
    private final Duration longestCall;
    private final InstantSource clock;
    private final Discovery discovery;
    private final Http http;
    private final PushLimit pushLimit;
    private final LoginRequests loginRequests;
    private final SignedAnswers signedAnswers;
    private final VerifiedLogins logins;
    private final LogoutTokenVerifier logoutTokens;
    private final RevocationEndpoint revocation;

    /**
     * The time limits of a relying party.
     *
     * @param login how long a pending login may take
     * @param http how long a whole call to the provider may take
     * @param skew how far clocks may differ
     */
    public record Limits(Duration login, Duration http, Duration skew) {}

    /**
     * A relying party; nothing is read or sent yet.
     *
     * @param settings what the deployment says about the provider
     * @param client this application as the provider knows it
     * @param rules how claims become a user
     * @param limits time limits
     * @param http the door to the network
     * @param clock tells the time
     * @param nanoTime counts as {@link System#nanoTime()} does
     */
    public RelyingParty(
            ProviderSettings settings,
            Client client,
            ClaimRules rules,
            Limits limits,
            Http http,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.issuers = settings.issuers();
        this.client = client;
        this.loginTimeout = limits.login();
        this.longestCall = limits.http();
        this.clock = clock;
        // Whoever fetches metadata may make two calls, and waits for one other at the most.
        Duration longestWait = limits.http().multipliedBy(3);
        this.discovery = new Discovery(settings, Needs.of(client, rules), http, longestWait, clock);
        Keys keys = new Keys(discovery, issuers.haveTenants(), http, longestWait, clock);
        this.http = http;
        this.pushLimit = new PushLimit(nanoTime);
        DpopNonces nonces = DpopNonces.ofProvider();
        AuthenticatedCalls calls = new AuthenticatedCalls(client, http, nonces, clock);
        this.loginRequests = new LoginRequests(client, new PushedRequests(client, calls, pushLimit), clock);
        this.signedAnswers = new SignedAnswers(new JwtRules("the signed answer", client, keys, limits.skew(), clock));
        IdTokenDecryption decryption = new IdTokenDecryption(
                client.assurance().keys(), client.assurance().idTokenEncryption());
        this.logins = new VerifiedLogins(
                client,
                discovery,
                new TokenEndpoint(client, calls, clock),
                decryption,
                new IdTokenVerifier(client, issuers, keys, limits.skew(), clock),
                users(rules, keys, nonces, limits.skew()));
        this.logoutTokens = new LogoutTokenVerifier(client, keys, decryption, limits.skew(), clock);
        this.revocation = new RevocationEndpoint(calls, http);
    }

    private Users users(ClaimRules rules, Keys keys, DpopNonces nonces, Duration skew) {
        return new Users(
                rules,
                new UserinfoEndpoint(
                        http,
                        new JwtRules("userinfo", client, keys, skew, clock),
                        issuers,
                        client.assurance().keys(),
                        nonces,
                        clock),
                new AccessTokenClaims(
                        keys, SigningAlgorithms.allowed(client.assurance().fapi2()), skew, clock),
                clock);
    }

    /**
     * Begins a login.
     *
     * @param start what for, and how
     * @param redirectUri where the answer is to be sent
     * @param visitor the address that it is begun from
     * @return the attempt, to be kept until the answer comes
     * @throws AuthFailure if the provider's metadata cannot be had, or if so many begin that the provider would be flooded
     */
    public LoginAttempt begin(LoginStart start, String redirectUri, String visitor) throws AuthFailure {
        Provider provider = discovery.provider();
        if (provider.pushEndpoint().isPresent()) {
            pushLimit.admit(visitor);
        }
        return LoginAttempt.of(
                provider,
                start,
                redirectUri,
                clock.instant(),
                loginTimeout,
                client.usesProofs() ? DpopKey.generate() : null);
    }

    /**
     * Whether that is the provider that users sign in at.
     *
     * @param otherIssuer an issuer identifier from anywhere
     * @return whether it is this one's, to the letter
     */
    public boolean isAt(String otherIssuer) {
        return issuers.contain(otherIssuer);
    }

    /**
     * Whether an attempt began at this provider; another's code must never reach this one's token
     * endpoint (RFC 9700 section 4.4.2).
     *
     * @param attempt an attempt out of a session, which may be older than this deployment
     * @return whether its answer can be this provider's
     */
    public boolean began(LoginAttempt attempt) {
        return attempt.issuer().equals(issuers.identifier()) && isBound(attempt.dpopKey());
    }

    /**
     * Whether a login was made at this provider for this client. The provider may have signed the user in
     * to another, with other roles, and not to this one: what was checked of the ID token's audience holds
     * for the session as well.
     *
     * @param login a login out of a session, which may be older than this deployment, or another
     *     application's in a session store that is shared
     * @return whether this provider vouches for it here
     */
    public boolean made(Login login) {
        // Either id may be null in a record that was serialized before there was one in it.
        return issuers.contain(login.user().issuer())
                && client.id().equals(login.clientId())
                && login.id() != null
                && isBound(login.tokens().dpopKey());
    }

    /** What began before tokens were to be bound to keys would go on without them, and must not. */
    private boolean isBound(@Nullable DpopKey key) {
        return key != null || !client.usesProofs();
    }

    /**
     * The state that an answer carries, by which alone nothing of it can be believed.
     *
     * @param parameters the parameters of the callback
     * @return the state, empty if there is none
     * @throws AuthFailure if a parameter that may stand there once is repeated (RFC 6749 3.1), or cannot be read
     */
    public String stateOf(Map<String, String[]> parameters) throws AuthFailure {
        return client.responseMode().isSigned()
                ? signedAnswers.stateOf(parameters)
                : AuthorizationResponse.stateOf(parameters);
    }

    /**
     * Checks that the parameters of a callback are the answer to an attempt.
     *
     * @param parameters the parameters, none of ours repeated
     * @param attempt the attempt that the state names
     * @return the answer
     * @throws AuthFailure if it is another provider's answer (RFC 9207), or none at all; or, where answers are signed, if
     *     the provider has not signed it
     */
    public AuthorizationResponse answer(Map<String, String[]> parameters, LoginAttempt attempt) throws AuthFailure {
        Map<String, String[]> answer = client.responseMode().isSigned()
                ? signedAnswers.verified(parameters, discovery.provider(), issuers)
                : parameters;
        return AuthorizationResponse.validate(answer, attempt, issuers);
    }

    /**
     * Where the user is sent to sign in.
     *
     * @param attempt the attempt
     * @param hints further parameters that nothing depends on
     * @return the address, complete and good for once
     * @throws AuthFailure if the provider's metadata cannot be had, or the request cannot be pushed to it
     */
    public String authorizationUri(LoginAttempt attempt, List<Map.Entry<String, String>> hints) throws AuthFailure {
        return loginRequests.uri(discovery.provider(), attempt, hints);
    }

    /**
     * Completes a login: redeems the code in one call, verifies the ID token, and makes the user.
     *
     * @param code the code of a checked answer
     * @return the login
     * @throws AuthFailure if any step fails; the code is spent all the same
     */
    public Login complete(AuthorizationCode code) throws AuthFailure {
        return logins.complete(code);
    }

    /**
     * How long {@link #refresh} may take, with all the calls that it may have to make: two for metadata, the token
     * endpoint's, keys, userinfo, each of the two that proofs go along with once more, and one for good measure.
     */
    public Duration longestRefresh() {
        return longestCall.multipliedBy(client.usesProofs() ? 8 : 6);
    }

    /** How long the token endpoint may take to answer, and once more where it wants a nonce. */
    public Duration longestTokenCall() {
        return longestCall.multipliedBy(client.usesProofs() ? 2 : 1);
    }

    /**
     * Refreshes a login's tokens in one call, and what its user's claims are (OpenID Connect Core 12).
     *
     * @param login the login
     * @return the login from now on; where the new tokens cannot be verified yet, it has the old ones and
     *     the new refresh token
     * @throws AuthFailure for the reason {@code LOGIN_ENDED} if the provider refuses, or its answer is about
     *     another login; {@code REFRESH_IMPOSSIBLE} if there is no refresh token; or for another if nothing
     *     has changed and a later try may succeed
     */
    public Renewal refresh(Login login) throws AuthFailure {
        return logins.refresh(login);
    }

    /**
     * Revokes a login's tokens where the provider has an endpoint for it (RFC 7009), without waiting.
     *
     * @param login a login that has ended here
     */
    public void revoke(Login login) {
        try {
            Provider provider = discovery.provider();
            provider.revocationEndpoint().ifPresent(address -> revocation.revoke(login.tokens(), address, provider));
        } catch (AuthFailure e) {
            System.getLogger("io.github.pkceauth")
                    .log(
                            System.Logger.Level.WARNING,
                            "the tokens of a login that has ended could not be revoked: {0}",
                            e.getMessage());
        }
    }

    /**
     * Reads a notice that a user has signed out at the provider (OpenID Connect Back-Channel Logout 1.0).
     *
     * @param logoutToken the token as it came
     * @return the verified notice, which may have been used before
     * @throws AuthFailure if it is not valid, or the provider's keys cannot be had
     */
    public LogoutNotice logoutNotice(String logoutToken) throws AuthFailure {
        return logoutTokens.verify(logoutToken, discovery.provider());
    }

    /**
     * Where the user is sent to sign out at the provider.
     *
     * @param login the login that has ended here
     * @param postLogoutRedirectUri where the provider sends the user afterwards
     * @param state comes back from there
     * @return the address, or empty where the provider has no such endpoint
     * @throws AuthFailure if the provider's metadata cannot be had
     */
    public Optional<String> endSessionUri(Login login, String postLogoutRedirectUri, String state) throws AuthFailure {
        return discovery
                .provider()
                .endSessionEndpoint()
                .map(endpoint -> EndSessionRequest.uri(
                        endpoint.toString(), client.id(), login.tokens(), postLogoutRedirectUri, state));
    }

    /** Gives up what the calls to the provider need; calls that are under way are let finish. */
    @Override
    public void close() {
        http.close();
    }
}
