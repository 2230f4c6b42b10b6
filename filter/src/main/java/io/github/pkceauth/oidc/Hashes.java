package io.github.pkceauth.oidc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Message digests that every Java platform has. */
public final class Hashes {

    private Hashes() {}

    static byte[] digest(String algorithm, byte[] input) {
        try {
            return MessageDigest.getInstance(algorithm).digest(input);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks " + algorithm, e);
        }
    }

    /** The SHA-256 of several texts; where one ends and the next begins is part of it. */
    static byte[] of(String... texts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String text : texts) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                out.writeInt(encoded.length);
                out.write(encoded);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory has none
        }
        return digest("SHA-256", bytes.toByteArray());
    }

    /** A short name, the same for the same texts, that tells nothing of them. */
    public static String name(String... texts) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(texts));
    }
}
