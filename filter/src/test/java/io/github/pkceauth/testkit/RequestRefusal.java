package io.github.pkceauth.testkit;

/** Why an authorization request is not one to answer at its redirect URI. */
final class RequestRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    RequestRefusal(String error, String description) {
        super(description);
        this.error = error;
    }

    /** The error code, RFC 6749 section 4.1.2.1 and its extensions. */
    String error() {
        return error;
    }

    String description() {
        return error + ": " + getMessage();
    }
}
