package io.github.pkceauth.oidc;

import java.nio.charset.StandardCharsets;

/** A secret that cannot be printed by accident: {@code toString()} hides it, {@code reveal()} not. */
public final class Secret {

    /** How many bytes a secret must have to key HS256. */
    public static final int HS256_BYTES = 32;

    private final String value;

    public Secret(String value) {
        this.value = value;
    }

    /** The secret itself, for the one place that sends it. */
    public String reveal() {
        return value;
    }

    /** Whether it is long enough to key HS256 (RFC 7518 section 3.2): as long as the hash at the least. */
    public boolean isKeyForHs256() {
        return value.getBytes(StandardCharsets.UTF_8).length >= HS256_BYTES;
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
