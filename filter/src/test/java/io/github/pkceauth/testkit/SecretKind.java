package io.github.pkceauth.testkit;

/** What nobody but the parties of a login may ever see. */
public enum SecretKind {
    /** The authorization code. */
    CODE,
    /** The code verifier of PKCE. */
    CODE_VERIFIER,
    /** The state of a login, or of a logout. */
    STATE,
    /** The nonce. */
    NONCE,
    /** The client's secret, in any spelling that goes over the wire. */
    CLIENT_SECRET,
    /** A JWT that a client has authenticated by. */
    CLIENT_ASSERTION,
    /** An access token. */
    ACCESS_TOKEN,
    /** A refresh token. */
    REFRESH_TOKEN,
    /** An ID token. */
    ID_TOKEN,
    /** A logout token. */
    LOGOUT_TOKEN,
    /** The id of a container's session. */
    SESSION_ID
}
