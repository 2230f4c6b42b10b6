package io.github.pkceauth.example.launcher;

/** Says why the example does not start: its message names the culprit and the mend, and needs no stack trace. */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the process ends with. */
    private final int exitCode;

    StartFailure(String message) {
        this(message, 1);
    }

    StartFailure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
        this.exitCode = 1;
    }

    int exitCode() {
        return exitCode;
    }
}
