package io.github.pkceauth.oidc;

/** A secret that cannot be printed by accident: {@code toString()} hides it, {@code reveal()} not. */
public final class Secret {

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself, for the one place that sends it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
