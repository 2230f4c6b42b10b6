package io.github.pkceauth.oidc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Message digests that every Java platform has. */
public final class Hashes {

    /** One that nobody uses just now: to make one costs more than to use it for the short texts of a login. */
    private static final AtomicReference<@Nullable MessageDigest> SPARE = new AtomicReference<>();

    private Hashes() {}

    static byte[] sha256(byte[] input) {
        MessageDigest spare = SPARE.getAndSet(null);
        MessageDigest sha256 = spare == null ? named("SHA-256") : spare;
        byte[] hash = sha256.digest(input); // and forgets the input
        SPARE.set(sha256);
        return hash;
    }

    static byte[] digest(String algorithm, byte[] input) {
        return named(algorithm).digest(input);
    }

    private static MessageDigest named(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks " + algorithm, e);
        }
    }

    /** The SHA-256 of several texts; where one ends and the next begins is part of it. */
    static byte[] of(String... texts) {
        byte[][] encoded = new byte[texts.length][];
        int length = 0;
        for (int i = 0; i < texts.length; i++) {
            encoded[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + encoded[i].length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] text : encoded) {
            all.putInt(text.length).put(text);
        }
        return sha256(all.array());
    }

    /** A short name, the same for the same texts, that tells nothing of them. */
    public static String name(String... texts) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(of(texts));
    }
}
