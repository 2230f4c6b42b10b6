package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private final AuthorizationRequest authorizationRequest;
    private final TokenEndpoint tokenEndpoint;
    private final IdTokenVerifier idTokens;
    private final Users users;
    private final LogoutTokenVerifier logoutTokens;
    private final RevocationEndpoint revocation;

    /** What may be better at the next try, although the provider has answered. */
    private static final Set<Reason> PASSING = Set.of(
            Reason.PROVIDER_UNREACHABLE, Reason.METADATA_INVALID, Reason.ID_TOKEN_KEY_UNKNOWN, Reason.USERINFO_INVALID);

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
     */
    public RelyingParty(
            ProviderSettings settings, Client client, ClaimRules rules, Limits limits, Http http, InstantSource clock) {
        this.issuers = settings.issuers();
        this.client = client;
        this.loginTimeout = limits.login();
        this.longestCall = limits.http();
        this.clock = clock;
        // Whoever fetches metadata may make two calls, and waits for one other at the most.
        Duration longestWait = limits.http().multipliedBy(3);
        this.discovery = new Discovery(
                settings, needsKeys(client, rules), needsUserinfo(client, rules), http, longestWait, clock);
        Keys keys = new Keys(discovery, issuers.haveTenants(), http, longestWait, clock);
        this.http = http;
        this.authorizationRequest = new AuthorizationRequest(client);
        this.tokenEndpoint = new TokenEndpoint(client, http, clock);
        this.idTokens = new IdTokenVerifier(client, issuers, keys, limits.skew(), clock);
        this.users = new Users(rules, http, keys, limits.skew(), clock);
        this.logoutTokens = new LogoutTokenVerifier(client, keys, limits.skew(), clock);
        this.revocation = new RevocationEndpoint(client, http);
    }

    static boolean needsKeys(Client client, ClaimRules rules) {
        return (client.usesOpenId() && !client.idTokensBySecret()) || rules.namesSource(ClaimPath.Source.ACCESS_TOKEN);
    }

    static boolean needsUserinfo(Client client, ClaimRules rules) {
        return !client.usesOpenId()
                || rules.userinfo() == ClaimRules.UserinfoUse.ALWAYS
                || rules.namesSource(ClaimPath.Source.USERINFO);
    }

    /**
     * Begins a login.
     *
     * @param start what for, and how
     * @param redirectUri where the answer is to be sent
     * @return the attempt, to be kept until the answer comes
     * @throws AuthFailure if the provider's metadata cannot be had
     */
    public LoginAttempt begin(LoginStart start, String redirectUri) throws AuthFailure {
        return LoginAttempt.of(discovery.provider(), start, redirectUri, clock.instant(), loginTimeout);
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
        return attempt.issuer().equals(issuers.identifier());
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
        return issuers.contain(login.user().issuer()) && client.id().equals(login.clientId()) && login.id() != null;
    }

    /**
     * Checks that the parameters of a callback are the answer to an attempt.
     *
     * @param parameters the parameters, none of ours repeated
     * @param attempt the attempt that the state names
     * @return the answer
     * @throws AuthFailure if it is another provider's answer (RFC 9207), or none at all
     */
    public AuthorizationResponse answer(Map<String, String[]> parameters, LoginAttempt attempt) throws AuthFailure {
        return AuthorizationResponse.validate(parameters, attempt, issuers);
    }

    /**
     * Where the user is sent to sign in.
     *
     * @param attempt the attempt
     * @param hints further parameters that nothing depends on
     * @return the address, complete
     * @throws AuthFailure if the provider's metadata cannot be had
     */
    public String authorizationUri(LoginAttempt attempt, List<Map.Entry<String, String>> hints) throws AuthFailure {
        return authorizationRequest.uri(discovery.provider(), attempt, hints);
    }

    /**
     * Completes a login: redeems the code in one call, verifies the ID token, and makes the user.
     *
     * @param code the code of a checked answer
     * @return the login
     * @throws AuthFailure if any step fails; the code is spent all the same
     */
    public Login complete(AuthorizationCode code) throws AuthFailure {
        Provider provider = discovery.provider();
        IssuedTokens tokens = tokenEndpoint.redeem(code, provider.tokenEndpoint());
        @Nullable
        IdToken idToken = tokens.idToken() == null
                ? null
                : idTokens.verify(tokens.idToken(), tokens.accessToken(), code, provider);
        return Login.first(
                client.id(),
                users.of(provider, idToken, tokens),
                tokens,
                idToken,
                code.attempt().required());
    }

    /**
     * How long {@link #refresh} may take, with all the calls that it may have to make: two for metadata,
     * the token endpoint's, keys, userinfo, and one more for good measure.
     */
    public Duration longestRefresh() {
        return longestCall.multipliedBy(6);
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
        String refreshToken = login.refreshToken();
        Provider provider = discovery.provider();
        IssuedTokens tokens = tokenEndpoint.refresh(login.tokens(), refreshToken, provider.tokenEndpoint());
        try {
            return new Renewal(login.refreshed(refreshedUser(login, tokens, provider), tokens), null);
        } catch (AuthFailure e) {
            if (PASSING.contains(e.reason())) {
                return new Renewal(login.rotated(tokens), e);
            }
            throw new AuthFailure(
                    Reason.LOGIN_ENDED,
                    "the refreshed tokens cannot be used (" + e.reason().code() + "): " + e.getMessage(),
                    e);
        }
    }

    private PkceUser refreshedUser(Login login, IssuedTokens tokens, Provider provider) throws AuthFailure {
        @Nullable String serialized = tokens.idToken();
        @Nullable
        IdToken idToken = serialized == null
                ? null
                : serialized.equals(login.tokens().idToken())
                        ? idTokens.verifiedBefore(serialized, login)
                        : idTokens.verifyRefreshed(serialized, tokens.accessToken(), login, provider);
        PkceUser user = users.after(login.user(), provider, idToken, tokens);
        if (!user.subject().equals(login.user().subject())) {
            throw new AuthFailure(Reason.USERINFO_SUBJECT, "userinfo is about another subject than at login");
        }
        return user;
    }

    /**
     * Revokes a login's tokens where the provider has an endpoint for it (RFC 7009), without waiting.
     *
     * @param login a login that has ended here
     */
    public void revoke(Login login) {
        try {
            discovery.provider().revocationEndpoint().ifPresent(address -> revocation.revoke(login.tokens(), address));
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
