package io.github.pkceauth.oidc;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys for what the server leaves with others, AES-256-GCM (NIST SP 800-38D): the first seals, all open. What is sealed
 * opens in the place alone that it was sealed for, which has a key of its own made of ours: a random IV under one key is
 * good for 2<sup>32</sup> messages, which anybody could ask for in time. Safe for use by several threads.
 */
public final class SealingKeys {

    /** The length of a key. */
    public static final int BYTES = 32;

    /** How much longer a text is when it is sealed: by the IV in front of it and the tag behind. */
    static final int OVERHEAD = 12 + 16;

    private static final int IV_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] PURPOSE = "io.github.pkceauth sealed for ".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> keys;

    /**
     * Keys of {@link #BYTES} each.
     *
     * @param keys the one that seals, and then those that open what an earlier one has sealed
     */
    public SealingKeys(List<byte[]> keys) {
        this.keys = keys.stream().map(byte[]::clone).toList();
    }

    /** Seals a text for a place. */
    byte[] seal(byte[] text, byte[] place) {
        byte[] sealed = new byte[text.length + OVERHEAD];
        byte[] iv = RandomToken.bytes(IV_BYTES);
        System.arraycopy(iv, 0, sealed, 0, IV_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, keys.get(0), sealed, place).doFinal(text, 0, text.length, sealed, IV_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks AES/GCM", e);
        }
        return sealed;
    }

    /** What was sealed for that place with one of the keys, or null. */
    byte @Nullable [] open(byte[] sealed, byte[] place) {
        if (sealed.length < OVERHEAD) {
            return null;
        }
        for (byte[] key : keys) {
            try {
                return cipher(Cipher.DECRYPT_MODE, key, sealed, place)
                        .doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
            } catch (GeneralSecurityException e) {
                // Sealed with another key, or for another place, or made up: which of them makes no difference.
            }
        }
        return null;
    }

    private static Cipher cipher(int mode, byte[] key, byte[] sealed, byte[] place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(keyOf(place, key), "AES"), new GCMParameterSpec(TAG_BITS, sealed, 0, IV_BYTES));
        cipher.updateAAD(place);
        return cipher;
    }

    private static byte[] keyOf(byte[] place, byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(PURPOSE);
        return mac.doFinal(place);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SealingKeys that && Arrays.deepEquals(keys.toArray(), that.keys.toArray());
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(keys.toArray());
    }

    @Override
    public String toString() {
        return "SealingKeys[hidden]";
    }
}
