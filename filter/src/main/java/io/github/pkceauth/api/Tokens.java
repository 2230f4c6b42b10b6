package io.github.pkceauth.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
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
     * The access token, to be sent in a header by the scheme that its type is called, and never in an address. {@link
     * #headers} makes that header, and what else a call needs.
     *
     * @return the token, never empty
     */
    String accessToken();

    /**
     * The type of the access token: {@code Bearer} (RFC 6750), which whoever has it can use; or {@code DPoP} (RFC 9449),
     * which is good only together with a proof of this login's key.
     *
     * @return one of these two, to the letter
     */
    String tokenType();

    /**
     * The headers for one call of an API with the access token: {@code Authorization}, and for a token of the type {@code
     * DPoP} the proof in {@code DPoP} (RFC 9449 section 7.1), which is good for this method, this address, this token
     * and this one call.
     *
     * <p>An API may want a nonce in the proof, and say so in its answer: hand that to {@link #heedNonce}, and call once more
     * where it returns true. With {@code senderConstraint=mtls}, make the call by {@link #sslContext}.
     *
     * <pre>{@code
     * HttpRequest.Builder call = HttpRequest.newBuilder(address);
     * tokens.headers("GET", address).forEach(call::header);
     * }</pre>
     *
     * @param method the HTTP method, in upper case as it is sent
     * @param address the absolute address as it is called; query and fragment are left out of the proof
     * @return names and values of the headers, with secrets in them
     * @throws IllegalArgumentException if the method is not in upper case, or the address is not absolute or has a name
     *     or password in it
     */
    Map<String, String> headers(String method, URI address);

    /**
     * Takes note of the nonce that an API wants to find in the next proof (RFC 9449 section 9), for {@link #headers} of
     * all logins: it is kept in memory beside the tokens, which stay as they are. To be told of each answer to a call with
     * these headers; for bearer tokens it does nothing.
     *
     * @param address the address that was called
     * @param status the HTTP status of the answer
     * @param headers the headers of the answer, as {@code java.net.http.HttpHeaders.map()} has them
     * @return whether the call was refused for the want of that nonce alone, so that it is to be made once more, with new
     *     headers; once only
     */
    boolean heedNonce(URI address, int status, Map<String, List<String>> headers);

    /**
     * What was granted in detail (RFC 9396 section 7): the {@code authorization_details} of the provider's last answer.
     *
     * @return a JSON array as text, or null where the provider said nothing of that
     */
    @Nullable
    String authorizationDetails();

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
     * that ask at once cause one call to the provider, or two where it wants a nonce. May wait for {@code httpTimeout} for
     * each at the most, and for other nodes' calls a little longer.
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

    /**
     * How TLS connections for calls with a request's tokens are to be made: with the certificates that {@code
     * trustedCertificates} adds to the JVM's trust, and only where the tokens are bound to the client's certificate ({@code
     * senderConstraint=mtls}, RFC 8705 section 3) with that one. It is the application's own, and not what the filter's
     * calls are made with.
     *
     * @param request the request as the application received it, passed on by the filter
     * @return the context, to be used for as long as the application runs
     * @throws AuthFailure with the reason {@code LOGIN_REQUIRED} where nobody is signed in
     */
    static SSLContext sslContext(HttpServletRequest request) throws AuthFailure {
        return Source.of(request).sslContext();
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

        /**
         * How TLS connections for calls with them are made.
         *
         * @return the context
         */
        SSLContext sslContext();

        private static Source of(HttpServletRequest request) throws AuthFailure {
            if (request.getAttribute(ATTRIBUTE) instanceof Source source) {
                return source;
            }
            throw new AuthFailure(
                    AuthFailure.Reason.LOGIN_REQUIRED, "nobody is signed in on this request, so there are no tokens");
        }
    }
}
