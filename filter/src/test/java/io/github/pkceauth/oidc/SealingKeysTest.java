package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealingKeysTest {
    private static final byte[] OLD = Hashes.of("an old key");
    private static final byte[] NEW = Hashes.of("a new key");
    private static final byte[] TEXT = "a text".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HERE = "here".getBytes(StandardCharsets.UTF_8);
    private static final byte[] THERE = "there".getBytes(StandardCharsets.UTF_8);

    private final SealingKeys keys = new SealingKeys(List.of(NEW, OLD));

    @Test
    void whatIsSealedOpensInItsPlace() {
        assertArrayEquals(TEXT, keys.open(keys.seal(TEXT, HERE), HERE));
    }

    @Test
    void anEmptyTextIsSealedAsWell() {
        assertArrayEquals(new byte[0], keys.open(keys.seal(new byte[0], HERE), HERE));
    }

    @Test
    void itOpensInNoOtherPlace() {
        assertNull(keys.open(keys.seal(TEXT, HERE), THERE));
    }

    @Test
    void everySingleBitCounts() {
        byte[] sealed = keys.seal(TEXT, HERE);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] bent = sealed.clone();
            bent[bit / 8] ^= (byte) (1 << bit % 8);

            assertNull(keys.open(bent, HERE), "bit " + bit);
        }
    }

    @Test
    void aPieceOfItDoesNotOpen() {
        byte[] sealed = keys.seal(TEXT, HERE);
        for (int length = 0; length < sealed.length; length++) {
            assertNull(keys.open(Arrays.copyOf(sealed, length), HERE), "length " + length);
        }
        assertNull(keys.open(Arrays.copyOf(sealed, sealed.length + 1), HERE));
    }

    @Test
    void theFirstKeySealsAndBothOpen() {
        SealingKeys before = new SealingKeys(List.of(OLD));
        SealingKeys after = new SealingKeys(List.of(NEW));

        assertArrayEquals(TEXT, keys.open(before.seal(TEXT, HERE), HERE));
        assertArrayEquals(TEXT, after.open(keys.seal(TEXT, HERE), HERE));
        assertNull(before.open(keys.seal(TEXT, HERE), HERE));
        assertNull(after.open(before.seal(TEXT, HERE), HERE));
    }

    @Test
    void theSameTextIsNeverSealedTheSame() {
        assertNotEquals(Arrays.toString(keys.seal(TEXT, HERE)), Arrays.toString(keys.seal(TEXT, HERE)));
    }

    @Test
    void theyAreKnownByTheirBytesAndShownToNobody() {
        SealingKeys same = new SealingKeys(List.of(NEW.clone(), OLD.clone()));

        assertEquals(keys, same);
        assertEquals(keys.hashCode(), same.hashCode());
        assertNotEquals(keys, new SealingKeys(List.of(OLD, NEW)));
        assertEquals("SealingKeys[hidden]", keys.toString());
        assertFalse(keys.equals(null));
    }

    @Test
    void nobodyChangesThemFromOutside() {
        byte[] mine = NEW.clone();
        SealingKeys copy = new SealingKeys(List.of(mine));
        mine[0]++;

        assertEquals(new SealingKeys(List.of(NEW)), copy);
    }
}
