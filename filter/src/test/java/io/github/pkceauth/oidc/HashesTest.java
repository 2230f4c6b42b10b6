package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashesTest {

    /** Nodes of different versions find each other's entries in a store by it. */
    @Test
    void aNameIsTheHashOfTheTextsEachBehindItsLength() {
        assertEquals("BPQHsUk3RQxvZgzf8PDeEa3D0uXXRDFNnWnbLXE5m44", Hashes.name("a", "ü"));
    }

    @Test
    void whereOneTextEndsAndTheNextBeginsCounts() {
        assertNotEquals(Hashes.name("ab", "c"), Hashes.name("a", "bc"));
        assertNotEquals(Hashes.name("a"), Hashes.name("a", ""));
    }

    @Test
    void threadsDoNotMixTheirHashesUp() {
        Set<String> one = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 10_000).parallel().forEach(i -> one.add(i % 2 + Hashes.name("text " + i % 2)));

        assertEquals(Set.of("0" + Hashes.name("text 0"), "1" + Hashes.name("text 1")), one);
    }
}
