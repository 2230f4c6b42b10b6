package io.github.pkceauth.oidc;

/** When authorization requests are pushed to the provider before the user is sent there (RFC 9126). */
public enum Pushing {
    /** Where the provider's metadata say that they must be. */
    AUTO,
    /** Always. */
    REQUIRED,
    /** Never. */
    NEVER
}
