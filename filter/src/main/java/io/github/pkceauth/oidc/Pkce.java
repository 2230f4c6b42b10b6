package io.github.pkceauth.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Proof Key for Code Exchange (RFC 7636), with the one method that is worth having: S256. */
final class Pkce {

    /** The {@code code_challenge_method} of every request; {@code plain} is not spoken. */
    static final String METHOD = "S256";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Pkce() {}

    /** The code challenge of a code verifier (RFC 7636 section 4.2). */
    static String challenge(String verifier) {
        byte[] hash = Hashes.sha256(verifier.getBytes(StandardCharsets.US_ASCII));
        return ENCODER.encodeToString(hash);
    }
}
