package io.github.pkceauth.testkit;

import jakarta.servlet.ServletException;

/** What is behind a container's refusal to start. */
final class Failures {
    private Failures() {}

    /** The ServletException among the causes; fails the test when there is none. */
    static ServletException servletException(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServletException found) {
                return found;
            }
        }
        throw new AssertionError("The container does not start, and no filter has said why", failure);
    }
}
