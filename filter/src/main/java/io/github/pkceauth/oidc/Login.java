package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.PkceUser;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A completed login: what a session holds, replaced as a whole at every change. Its serialized form is
 * read by older and newer versions of the filter side by side: components may be added, but none
 * renamed or removed.
 *
 * @param clientId the client that the provider signed the user in to
 * @param id names the login among the nodes, and is known to nobody who has not the session
 * @param user who is signed in
 * @param tokens what came with it
 * @param nonce the first ID token's, which later ones may repeat; null in plain OAuth 2.0
 * @param issuedAt when the provider signed the user in, by its own clock: {@code iat} of the first ID token
 * @param generation how often the tokens were refreshed
 * @param outage why they could not be refreshed lately, or null
 * @param form the form that this login was made for, until its user has been told of it, or null
 * @param context how and when the user signed in at the provider; null in a record of before there was one in it
 */
public record Login(
        String clientId,
        String id,
        PkceUser user,
        IssuedTokens tokens,
        @Nullable String nonce,
        Instant issuedAt,
        int generation,
        @Nullable Outage outage,
        @Nullable SentForm form,
        @Nullable AuthenticationContext context)
        implements Serializable {

    /**
     * A time in which the provider does not refresh.
     *
     * @param since when it was first seen to fail
     * @param over when the next try is due
     */
    public record Outage(Instant since, Instant over) implements Serializable {}

    static Login first(
            String clientId,
            PkceUser user,
            IssuedTokens tokens,
            @Nullable IdToken idToken,
            AuthenticationRequirements asked) {
        Claims claims = idToken == null ? Claims.NONE : idToken.claims();
        return new Login(
                clientId,
                RandomToken.next(),
                user,
                tokens,
                claims.text("nonce").orElse(null),
                claims.time("iat").orElse(tokens.receivedAt()),
                0,
                null,
                null,
                AuthenticationContext.of(idToken, asked));
    }

    Login refreshed(PkceUser newer, IssuedTokens newTokens) {
        return new Login(clientId, id, newer, newTokens, nonce, issuedAt, generation + 1, null, form, context);
    }

    /** The same with another refresh token, because the one before is used up. */
    Login rotated(IssuedTokens newer) {
        return new Login(
                clientId,
                id,
                user,
                tokens.withRefreshTokenOf(newer),
                nonce,
                issuedAt,
                generation + 1,
                outage,
                form,
                context);
    }

    /** The same in a time in which the provider does not refresh. */
    public Login during(Outage current) {
        return new Login(clientId, id, user, tokens, nonce, issuedAt, generation, current, form, context);
    }

    /** The same with that form, or with none. */
    public Login with(@Nullable SentForm other) {
        return new Login(clientId, id, user, tokens, nonce, issuedAt, generation, outage, other, context);
    }

    /**
     * What its tokens are refreshed with.
     *
     * @throws AuthFailure for the reason {@code REFRESH_IMPOSSIBLE} if the provider issued no refresh token
     */
    public String refreshToken() throws AuthFailure {
        @Nullable String refreshToken = tokens.refreshToken();
        if (refreshToken == null) {
            throw new AuthFailure(
                    Reason.REFRESH_IMPOSSIBLE,
                    "the provider issued no refresh token: let its registration of the client allow it, and add"
                            + " offline_access to scope where the provider wants that");
        }
        return refreshToken;
    }

    /** When the ID token expires, if there is one. */
    public Optional<Instant> idTokenExpiresAt() {
        return tokens.idToken() == null ? Optional.empty() : new Claims(user.claims()).time("exp");
    }

    /**
     * Whether it is what is required.
     *
     * @param required what is required
     * @param now the time
     * @param skew how far the provider's clock may be off
     */
    public boolean meets(AuthenticationRequirements required, Instant now, Duration skew) {
        return authentication().meets(required, now, skew) && isGranted(required);
    }

    /** Whether the details that are required were granted. */
    public boolean isGranted(AuthenticationRequirements required) {
        return required.detailTypes().isEmpty()
                || AuthorizationDetails.granted(tokens.authorizationDetails()).containsAll(required.details());
    }

    /** How and when the user signed in at the provider. */
    public AuthenticationContext authentication() {
        return context == null ? AuthenticationContext.UNKNOWN : context;
    }

    /** Whether it is the same user of the same provider as another login. */
    public boolean isOfSameUserAs(Login other) {
        return user.issuer().equals(other.user.issuer()) && user.subject().equals(other.user.subject());
    }

    /** Whether it is a later state of the same login. */
    public boolean isNewerThan(Login other) {
        return id.equals(other.id) && generation > other.generation;
    }

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
