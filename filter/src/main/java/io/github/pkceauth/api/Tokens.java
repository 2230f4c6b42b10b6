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
     * The tokens of the user who is signed in on a request that passed through the filter.
     *
     * @param request the request as the application received it
     * @return the tokens, or empty where nobody is signed in by the filter
     */
    static Optional<Tokens> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Tokens tokens ? Optional.of(tokens) : Optional.empty();
    }
}
