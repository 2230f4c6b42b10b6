package io.github.pkceauth.oidc;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes unguessable values of 256 bits, as state, nonce and code verifier need them. */
public final class RandomToken {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomToken() {}

    /**
     * A new value: 43 characters of the base64url alphabet, all of them unreserved in URLs.
     *
     * @return the value, never the same twice
     */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
