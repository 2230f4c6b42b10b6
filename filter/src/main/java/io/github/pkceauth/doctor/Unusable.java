package io.github.pkceauth.doctor;

/** Arguments that cannot be used, or a file that they name; the message says why, and what to write instead. */
final class Unusable extends Exception {

    private static final long serialVersionUID = 1L;

    Unusable(String message) {
        super(message);
    }
}
