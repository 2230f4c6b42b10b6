package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes logins of what the token endpoint answers, once all of that is verified: at first for a code, and later for refresh
 * tokens. Safe for use by several threads.
 */
final class VerifiedLogins {

    /** What may be better at the next try, although the provider has answered. */
    private static final Set<Reason> PASSING = Set.of(
            Reason.PROVIDER_UNREACHABLE, Reason.METADATA_INVALID, Reason.ID_TOKEN_KEY_UNKNOWN, Reason.USERINFO_INVALID);

    private final Client client;
    private final Discovery discovery;
    private final TokenEndpoint tokenEndpoint;
    private final IdTokenDecryption decryption;
    private final IdTokenVerifier idTokens;
    private final Users users;

    VerifiedLogins(
            Client client,
            Discovery discovery,
            TokenEndpoint tokenEndpoint,
            IdTokenDecryption decryption,
            IdTokenVerifier idTokens,
            Users users) {
        this.client = client;
        this.discovery = discovery;
        this.tokenEndpoint = tokenEndpoint;
        this.decryption = decryption;
        this.idTokens = idTokens;
        this.users = users;
    }

    /** Redeems a code in one call, verifies the ID token, and makes the user; see {@link RelyingParty#complete}. */
    Login complete(AuthorizationCode code) throws AuthFailure {
        Provider provider = discovery.provider();
        IssuedTokens tokens = decrypted(tokenEndpoint.redeem(code, provider));
        checkDetails(tokens, code.attempt().required());
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

    /** A page that was to be seen with them would send the user round in circles. */
    private static void checkDetails(IssuedTokens tokens, AuthenticationRequirements required) throws AuthFailure {
        Set<String> granted = AuthorizationDetails.granted(tokens.authorizationDetails());
        if (!granted.containsAll(required.details())) {
            throw new AuthFailure(
                    Reason.AUTHORIZATION_DETAILS_MISSING,
                    "the login was for authorization details of the types " + required.details()
                            + ", and the provider granted " + Printable.of(granted));
        }
    }

    /** Refreshes a login's tokens in one call, and what its user's claims are; see {@link RelyingParty#refresh}. */
    Renewal refresh(Login login) throws AuthFailure {
        String refreshToken = login.refreshToken();
        Provider provider = discovery.provider();
        IssuedTokens answered = tokenEndpoint.refresh(login.tokens(), refreshToken, provider);
        try {
            boolean isAsBefore =
                    Objects.equals(answered.idToken(), login.tokens().idToken());
            IssuedTokens tokens = isAsBefore ? answered : decrypted(answered);
            return new Renewal(login.refreshed(refreshedUser(login, tokens, provider, isAsBefore), tokens), null);
        } catch (AuthFailure e) {
            if (PASSING.contains(e.reason())) {
                return new Renewal(login.rotated(answered), e);
            }
            throw new AuthFailure(
                    Reason.LOGIN_ENDED,
                    "the refreshed tokens cannot be used (" + e.reason().code() + "): " + e.getMessage(),
                    e);
        }
    }

    /** With the ID token as it is verified, and sent back at logout (OpenID Connect RP-Initiated Logout 1.0 section 2). */
    private IssuedTokens decrypted(IssuedTokens tokens) throws AuthFailure {
        return tokens.idToken() == null ? tokens : tokens.withIdToken(decryption.idToken(tokens.idToken()));
    }

    private PkceUser refreshedUser(Login login, IssuedTokens tokens, Provider provider, boolean isAsBefore)
            throws AuthFailure {
        @Nullable String serialized = tokens.idToken();
        @Nullable
        IdToken idToken = serialized == null
                ? null
                : isAsBefore
                        ? idTokens.verifiedBefore(serialized, login)
                        : idTokens.verifyRefreshed(serialized, tokens.accessToken(), login, provider);
        PkceUser user = users.after(login.user(), provider, idToken, tokens);
        if (!user.subject().equals(login.user().subject())) {
            throw new AuthFailure(Reason.USERINFO_SUBJECT, "userinfo is about another subject than at login");
        }
        return user;
    }
}
