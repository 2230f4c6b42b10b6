package io.github.pkceauth.oidc;

/**
 * A code out of a checked {@link AuthorizationResponse}, together with the attempt it answers: only
 * with that attempt's verifier and redirect URI can it be redeemed.
 */
public final class AuthorizationCode {

    private final String value;
    private final LoginAttempt attempt;

    AuthorizationCode(String value, LoginAttempt attempt) {
        this.value = value;
        this.attempt = attempt;
    }

    String value() {
        return value;
    }

    LoginAttempt attempt() {
        return attempt;
    }

    @Override
    public String toString() {
        return "AuthorizationCode[hidden]";
    }
}
