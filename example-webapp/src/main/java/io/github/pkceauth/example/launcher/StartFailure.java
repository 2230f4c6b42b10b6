package io.github.pkceauth.example.launcher;

/** Says why the example does not start: its message names the culprit and the mend, and needs no stack trace. */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
