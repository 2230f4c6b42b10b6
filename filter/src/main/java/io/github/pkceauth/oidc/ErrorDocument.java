package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the provider says where it refuses a request of the client (RFC 6749 section 5.2).
 *
 * @param error the error, or empty
 * @param words error and description, with whatever they quote of the request left out; empty where there is neither
 */
record ErrorDocument(String error, String words) {

    private static final int UNAUTHORIZED = 401;

    /** The document that an answer is, or null where it is none. */
    static @Nullable ErrorDocument in(HttpAnswer answer, Confidential sent) {
        try {
            return of(new Claims(answer.json(Reason.TOKEN_RESPONSE_INVALID)), sent);
        } catch (AuthFailure e) {
            return null;
        }
    }

    /** The document of these members. */
    static ErrorDocument of(Claims members, Confidential sent) {
        String error = members.text("error").orElse("");
        String description = members.text("error_description").orElse("");
        String colon = error.isEmpty() || description.isEmpty() ? "" : ": ";
        return new ErrorDocument(error, Printable.of(sent.hiddenIn(error + colon + description)));
    }

    /** What to do about it if it is about the client, else nothing; some say so by the status alone. */
    String mend(int status, ClientAuthentication used) {
        boolean isOfClient =
                status == UNAUTHORIZED || error.equals("invalid_client") || error.equals("unauthorized_client");
        return isOfClient
                ? "; check clientId, " + proof(used) + " and clientAuthentication (used: " + used.method()
                        + ") against the client's registration"
                : "";
    }

    private static String proof(ClientAuthentication used) {
        if (used instanceof ClientAuthentication.MutualTls) {
            return "keyStore";
        }
        return used instanceof ClientAuthentication.PrivateKeyJwt
                ? "clientKey (and this server's clock)"
                : "clientSecret";
    }
}
