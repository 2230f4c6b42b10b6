package io.github.pkceauth.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryStoreTest {

    /** The count of nanoseconds begins anywhere, and may run over while things are kept. */
    private static final long START = Long.MAX_VALUE - 30_000_000_000L;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long now = START;

    @Test
    void whatWasPutIsThereAndNothingElse() {
        MemoryStore store = store(10);
        store.put("a", "one", MINUTE);
        store.put("b", "two", MINUTE);
        store.put("b", "three", MINUTE);

        assertEquals(Map.of("a", "one", "b", "three"), store.get(Set.of("a", "b", "c")));
        assertEquals(Map.of(), store.get(Set.of("c")));
    }

    /** A logout token may say that it is valid until the year 9999. */
    @Test
    void whatIsToBeKeptForLongerThanTheCountReachesIsKept() {
        MemoryStore store = store(10);
        store.put("a", "one", Duration.ofDays(365L * 8000));

        assertTrue(store.putIfAbsent("b", "one", Duration.ofSeconds(Long.MAX_VALUE)));
        now += Duration.ofDays(365).toNanos();
        assertFalse(store.putIfAbsent("b", "two", MINUTE));
        assertEquals(Map.of("a", "one", "b", "one"), store.get(Set.of("a", "b")));
    }

    @Test
    void whatIsThereIsNotPutAgain() {
        MemoryStore store = store(10);

        assertTrue(store.putIfAbsent("a", "one", MINUTE));
        assertFalse(store.putIfAbsent("a", "two", MINUTE));
        assertTrue(store.putIfAbsent("b", "one", MINUTE));
        assertEquals(Map.of("a", "one"), store.get(Set.of("a")));
    }

    @Test
    void ofThreadsThatComeTogetherOnePuts() throws Exception {
        int threads = 2;
        int rounds = 3000;
        MemoryStore store = store(rounds + 1);
        AtomicInteger arrived = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                runs.add(pool.submit(() -> {
                    int put = 0;
                    for (int round = 1; round <= rounds; round++) {
                        // A barrier that parks its threads would wake them one after the other.
                        arrived.incrementAndGet();
                        while (arrived.get() < threads * round) {
                            Thread.onSpinWait();
                        }
                        put += store.putIfAbsent("key " + round, "", MINUTE) ? 1 : 0;
                    }
                    return put;
                }));
            }
            int put = 0;
            for (Future<Integer> run : runs) {
                put += run.get(60, TimeUnit.SECONDS);
            }
            assertEquals(rounds, put);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whenFullItRefusesBecauseForgettingWouldLetSomethingBeUsedTwice() {
        MemoryStore store = store(2);
        store.put("a", "", MINUTE);
        assertTrue(store.putIfAbsent("b", "", MINUTE));

        assertEquals(
                "this server's memory of them is full, at 2",
                assertThrows(IllegalStateException.class, () -> store.put("c", "", MINUTE))
                        .getMessage());
        assertThrows(IllegalStateException.class, () -> store.putIfAbsent("d", "", MINUTE));
        assertEquals(Set.of("a", "b"), store.get(Set.of("a", "b", "c", "d")).keySet());
    }

    @Test
    void whenFullItStillChangesWhatIsThere() {
        MemoryStore store = store(1);
        store.put("a", "one", MINUTE);

        store.put("a", "two", MINUTE);

        assertFalse(store.putIfAbsent("a", "three", MINUTE));
        assertEquals(Map.of("a", "two"), store.get(Set.of("a")));
    }

    @ParameterizedTest
    @ValueSource(longs = {START, 0, Long.MAX_VALUE / 4 * 3, Long.MIN_VALUE, -5_000_000_000L})
    void whatHasOutlivedItsTimeMakesRoom(long start) {
        now = start;
        MemoryStore store = store(1);
        assertTrue(store.putIfAbsent("a", "", MINUTE));

        now = start + MINUTE.toNanos() - 1;
        assertThrows(IllegalStateException.class, () -> store.putIfAbsent("b", "", MINUTE));

        now += Duration.ofSeconds(1).toNanos();
        assertTrue(store.putIfAbsent("b", "", MINUTE));
        assertThrows(IllegalStateException.class, () -> store.putIfAbsent("c", "", MINUTE));
    }

    @Test
    void itIsThereUntilItsTimeIsOverAndNoLonger() {
        MemoryStore store = store(10);
        store.put("a", "one", MINUTE);
        store.put("b", "one", MINUTE.multipliedBy(2));

        now = START + MINUTE.toNanos() - 1;
        assertEquals(Set.of("a", "b"), store.get(Set.of("a", "b")).keySet());
        assertFalse(store.putIfAbsent("a", "two", MINUTE));

        now = START + MINUTE.toNanos();
        assertEquals(Set.of("b"), store.get(Set.of("a", "b")).keySet());
        assertTrue(store.putIfAbsent("a", "two", MINUTE));
        assertEquals("two", store.get(Set.of("a")).get("a"));
    }

    private MemoryStore store(int capacity) {
        return new MemoryStore(capacity, () -> now);
    }
}
