package io.github.pkceauth.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that came with a login, for calls to an API on the user's behalf.
 *
 * <p>{@code toString()} never shows a token. Instances are immutable, safe for use by several
 * threads, and serializable with the session.
 */
@SuppressWarnings("exports") // users need not have the annotation @Nullable
public interface Tokens extends Serializable {

    /**
     * The name under which {@link HttpServletRequest#getAttribute} of a signed-in request hands out
     * the tokens. The attribute is not listed by {@code getAttributeNames()}, so that dumps of a
     * request's attributes hold no token.
     */
    String ATTRIBUTE = "io.github.pkceauth.api.Tokens";

    /**
     * The access token, to be sent as {@code Authorization: Bearer <token>} (RFC 6750 2.1) and never
     * in an address.
     *
     * @return the token, never empty
     */
    String accessToken();

    /**
     * When the access token expires, by this server's clock (RFC 6749 5.1, {@code expires_in}).
     *
     * @return the time, or null where the provider did not say
     */
    @Nullable
    Instant accessTokenExpiresAt();

    /**
     * The scope that was granted, space-separated (RFC 6749 3.3).
     *
     * @return what the provider granted, or what was asked for where it did not say
     */
    String scope();

    /**
     * The refresh token.
     *
     * @return the token, or null where the provider issued none
     */
    @Nullable
    String refreshToken();

    /**
     * The ID token in its serialized form, verified at login.
     *
     * @return the token, or null where {@code openid} was not asked for
     */
    @Nullable
    String idToken();

    /**
     * The tokens of the user who is signed in on a request that passed through the filter, as they are:
     * the access token may be about to expire.
     *
     * @param request the request as the application received it
     * @return the tokens, or empty where nobody is signed in by the filter
     */
    static Optional<Tokens> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Tokens tokens ? Optional.of(tokens) : Optional.empty();
    }

    /**
     * The tokens of the user who is signed in on a request, with an access token that is good for a call
     * now: refreshed (RFC 6749 section 6) if it has expired or is about to. Several requests of a login
     * that ask at once cause one call to the provider. May wait for that call, for {@code httpTimeout} at
     * the most and for other nodes' calls a little longer.
     *
     * @param request the request as the application received it, passed on by the filter
     * @return the tokens
     * @throws AuthFailure with the reason {@code LOGIN_REQUIRED} where nobody is signed in, {@code
     *     LOGIN_ENDED} where the provider has ended the login (the session is gone then), {@code
     *     REFRESH_IMPOSSIBLE} where the access token has expired and the provider issued no refresh
     *     token, or the reason for which the provider could not be asked
     */
    static Tokens fresh(HttpServletRequest request) throws AuthFailure {
        return Source.of(request).fresh();
    }

    /**
     * The same, refreshed in any case: for an API that refuses an access token which should be good.
     *
     * @param request the request as the application received it, passed on by the filter
     * @return the new tokens
     * @throws AuthFailure as {@link #fresh} does
     */
    static Tokens refreshed(HttpServletRequest request) throws AuthFailure {
        return Source.of(request).refreshed();
    }

    /** Where a request's fresh tokens come from; the filter alone implements it. */
    interface Source {

        /** The name of the request attribute, which is not listed by {@code getAttributeNames()}. */
        String ATTRIBUTE = "io.github.pkceauth.api.Tokens.Source";

        /**
         * Tokens whose access token is good for a call now.
         *
         * @return the tokens
         * @throws AuthFailure if there are none
         */
        Tokens fresh() throws AuthFailure;

        /**
         * Tokens that were refreshed just now.
         *
         * @return the tokens
         * @throws AuthFailure if there are none
         */
        Tokens refreshed() throws AuthFailure;

        private static Source of(HttpServletRequest request) throws AuthFailure {
            if (request.getAttribute(ATTRIBUTE) instanceof Source source) {
                return source;
            }
            throw new AuthFailure(
                    AuthFailure.Reason.LOGIN_REQUIRED, "nobody is signed in on this request, so there are no tokens");
        }
    }
}
