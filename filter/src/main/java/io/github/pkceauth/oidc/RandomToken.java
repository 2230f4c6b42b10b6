package io.github.pkceauth.oidc;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes unguessable values of 256 bits, as state, nonce and code verifier need them. */
public final class RandomToken {

    private static final int BYTES = 32;
    private static final int CHARACTERS = 43;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private RandomToken() {}

    /**
     * A new value: 43 characters of the base64url alphabet, all of them unreserved in URLs.
     *
     * @return the value, never the same twice
     */
    public static String next() {
        return text(bytes(BYTES));
    }

    static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** The value that is made of these bytes. */
    static String text(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** So many new values, in one go at the source of chance, where each costs more than all else of a login's start. */
    static String[] next(int count) {
        byte[] all = new byte[count * BYTES];
        RANDOM.nextBytes(all);
        byte[] bytes = new byte[BYTES];
        byte[] encoded = new byte[CHARACTERS];
        String[] values = new String[count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(all, i * BYTES, bytes, 0, BYTES);
            ENCODER.encode(bytes, encoded);
            values[i] = new String(encoded, StandardCharsets.ISO_8859_1);
        }
        return values;
    }
}
