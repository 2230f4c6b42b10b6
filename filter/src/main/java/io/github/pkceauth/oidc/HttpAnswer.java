package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.text.ParseException;
import java.util.Locale;
import java.util.Map;

/**
 * A whole answer of the provider. Its body may hold tokens and is never printed.
 *
 * @param from what answered, with its address, for messages
 * @param status the HTTP status
 * @param contentType the content type as sent, or empty
 * @param contentCoding the content coding as sent, or {@link #IDENTITY}
 * @param challenge all of {@code WWW-Authenticate} as sent, or empty
 * @param dpopNonce the {@code DPoP-Nonce} as sent, or empty (RFC 9449 section 8)
 * @param body the body
 */
record HttpAnswer(
        String from,
        int status,
        String contentType,
        String contentCoding,
        String challenge,
        String dpopNonce,
        String body) {

    /** The content coding that is none (RFC 9110 section 8.4.1). */
    static final String IDENTITY = "identity";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    boolean isJson() {
        String type = mediaType();
        return type.equals("application/json") || (type.startsWith("application/") && type.endsWith("+json"));
    }

    /** Whether the body is a JWT (RFC 7519 section 10.3). */
    boolean isJwt() {
        return mediaType().equals("application/jwt");
    }

    private String mediaType() {
        int end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    /**
     * The body as a JSON object.
     *
     * @param invalid what it means for the login if it is none
     * @throws AuthFailure if it is none
     */
    Map<String, Object> json(Reason invalid) throws AuthFailure {
        // RFC 8259 section 8.1: nobody may send the mark, and whoever reads may ignore it.
        String text = body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body;
        try {
            return Json.object(text);
        } catch (ParseException e) {
            // The parser's message quotes the body, so it goes no further.
            throw new AuthFailure(invalid, from + " answered " + nothingReadable());
        }
    }

    /** Some servers name a charset as the coding, and send plain text, so that the name alone tells nothing. */
    private String nothingReadable() {
        return contentCoding.equalsIgnoreCase(IDENTITY)
                ? "something that is no JSON object"
                : "in the content coding '" + Printable.of(contentCoding) + "', although identity was asked for";
    }

    /** Fails unless the status is 200, with what came instead. */
    HttpAnswer orFail(Reason reason) throws AuthFailure {
        if (status == 200) {
            return this;
        }
        throw unexpected(reason);
    }

    /** The failure that a status other than 200 is. */
    AuthFailure unexpected(Reason reason) {
        String hint = status / 100 == 3 ? "; redirects are not followed: give the final address" : "";
        return new AuthFailure(reason, from + " answered with status " + status + hint);
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + from + ", status " + status + "]";
    }
}
