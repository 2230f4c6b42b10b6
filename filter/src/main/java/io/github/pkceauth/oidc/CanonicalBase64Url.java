package io.github.pkceauth.oidc;

/**
 * Tells text of which every character and every bit counts: base64url without padding, line breaks, foreign
 * characters or bits that are left over (RFC 7515 section 2, RFC 4648 sections 3 and 5). What can be written in
 * many ways is many things to whoever remembers one.
 */
final class CanonicalBase64Url {

    private static final int SIX_BITS = 6;
    private static final int BYTE = 8;

    private CanonicalBase64Url() {}

    /** Whether these characters are the one way in which some bytes are written; no characters are no bytes. */
    static boolean is(CharSequence text, int from, int to) {
        int last = 0;
        for (int i = from; i < to; i++) {
            last = value(text.charAt(i));
            if (last < 0) {
                return false;
            }
        }
        int left = (to - from) * SIX_BITS % BYTE;
        // Six bits left over are a character that no byte has any part in.
        return left < SIX_BITS && (last & ((1 << left) - 1)) == 0;
    }

    private static int value(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : c == '_' ? 63 : -1;
    }
}
