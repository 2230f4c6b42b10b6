package io.github.pkceauth.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;

/** SHA-256 in base64url, as the specifications have it for challenges, tokens and certificates. */
final class Sha256 {
    private Sha256() {}

    static String of(String ascii) {
        return of(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    static String of(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
