package io.github.pkceauth.oidc;

/** What tokens are bound to, so that they are no good to whoever steals them. */
public enum SenderConstraint {
    /** Nothing: whoever has a token can use it (RFC 6750). */
    NONE,
    /** A key that each login has of its own (RFC 9449). */
    DPOP,
    /** The certificate of this client (RFC 8705 section 3). */
    MTLS
}
