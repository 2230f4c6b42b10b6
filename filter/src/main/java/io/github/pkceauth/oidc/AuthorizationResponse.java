package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The provider's answer to an authorization request, found to be the answer to one particular {@link
 * LoginAttempt}: a code, or the provider's error (RFC 6749 4.1.2). Checking it costs no network call
 * and uses nothing up, so that a forged answer does no harm to the login it imitates. One that is signed has been verified before, see {@link SignedAnswers}.
 */
public final class AuthorizationResponse {

    private static final List<String> ONCE = List.of("state", "code", "iss", "error", "error_description", "error_uri");

    private final LoginAttempt attempt;
    private final @Nullable String code;
    private final @Nullable String error;
    private final @Nullable String description;

    private AuthorizationResponse(LoginAttempt attempt, Map<String, String[]> parameters) {
        this.attempt = attempt;
        this.code = single(parameters, "code");
        this.error = single(parameters, "error");
        this.description = single(parameters, "error_description");
    }

    /**
     * The state that an answer carries.
     *
     * @param parameters the parameters of the callback
     * @return the state, empty if there is none
     * @throws AuthFailure if a parameter that may stand there once is repeated (RFC 6749 3.1)
     */
    public static String stateOf(Map<String, String[]> parameters) throws AuthFailure {
        for (String name : ONCE) {
            String[] values = parameters.get(name);
            if (values != null && values.length > 1) {
                throw new AuthFailure(
                        Reason.CALLBACK_INVALID, "the callback has the parameter " + name + " more than once");
            }
        }
        String state = single(parameters, "state");
        return state == null ? "" : state;
    }

    /**
     * Whether an answer says of itself that it is an error; an empty {@code error} says nothing.
     *
     * @param parameters the parameters of the callback
     * @return whether it does, true or forged
     */
    public static boolean claimsError(Map<String, String[]> parameters) {
        return single(parameters, "error") != null;
    }

    /**
     * Checks that the parameters are an answer to the attempt. Tokens in the front channel and
     * parameters of unknown names are ignored.
     *
     * @param parameters the parameters of the callback, none of ours repeated
     * @param attempt the attempt that the state names
     * @param issuers whom it may be from
     * @return the answer
     * @throws AuthFailure if it is another provider's answer (RFC 9207), or none at all
     */
    public static AuthorizationResponse validate(
            Map<String, String[]> parameters, LoginAttempt attempt, Issuers issuers) throws AuthFailure {
        checkIssuer(single(parameters, "iss"), attempt, issuers);
        AuthorizationResponse response = new AuthorizationResponse(attempt, parameters);
        if ((response.code == null) == (response.error == null)) {
            throw new AuthFailure(
                    Reason.CALLBACK_INVALID,
                    "the callback has " + (response.code == null ? "neither code nor error" : "both code and error"));
        }
        return response;
    }

    private static void checkIssuer(@Nullable String iss, LoginAttempt attempt, Issuers issuers) throws AuthFailure {
        if (iss == null) {
            if (attempt.issuerExpected()) {
                throw new AuthFailure(
                        Reason.ISSUER_MISSING,
                        "the provider's metadata promises iss in the callback, and it is missing");
            }
        } else if (!issuers.contain(iss)) {
            throw new AuthFailure(
                    Reason.ISSUER_MISMATCH,
                    "the callback has iss '"
                            + Printable.of(iss)
                            + "', but the login began at '"
                            + attempt.issuer()
                            + "'");
        }
    }

    /** Whether this is the provider's error. */
    public boolean isError() {
        return code == null;
    }

    /**
     * The code, if this is one; else the provider's error is thrown.
     *
     * @return the code, good for one try
     * @throws AuthFailure the provider's error
     */
    public AuthorizationCode code() throws AuthFailure {
        if (code != null) {
            return new AuthorizationCode(code, attempt);
        }
        String shownError = Printable.of(error);
        String words = description == null ? shownError : shownError + ": " + Printable.of(description);
        throw AuthFailure.fromProvider(
                "access_denied".equals(error) ? Reason.ACCESS_DENIED : Reason.PROVIDER_ERROR,
                "the provider answered the authorization request with the error " + words,
                words);
    }

    /** The parameter's value; an empty one is as none. */
    private static @Nullable String single(Map<String, String[]> parameters, String name) {
        String[] values = parameters.get(name);
        return values == null || values.length == 0 || values[0].isEmpty() ? null : values[0];
    }

    @Override
    public String toString() {
        return "AuthorizationResponse[" + (code == null ? "error" : "code") + "]";
    }
}
