package io.github.pkceauth.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JCacheStoreTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @AutoClose
    private final TestCaches caches = new TestCaches();

    private final Cache<String, String> cache = caches.eternal("logins");
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final JCacheStore store = new JCacheStore(cache, () -> now);

    @Test
    void whatWasPutIsThereAndNothingElse() {
        store.put("a", "one", MINUTE);
        store.put("b", "two words", MINUTE);
        store.put("b", "three or more words", MINUTE);

        assertEquals(Map.of("a", "one", "b", "three or more words"), store.get(Set.of("a", "b", "c")));
        assertEquals(Map.of(), store.get(Set.of("c")));
    }

    @Test
    void anEmptyValueIsAValue() {
        store.put("a", "", MINUTE);

        assertEquals(Map.of("a", ""), store.get(Set.of("a")));
    }

    @Test
    void eachValueHasALifeOfItsOwn() {
        store.put("short", "x", MINUTE);
        store.put("long", "x", MINUTE.multipliedBy(2));

        now = now.plus(MINUTE).minusMillis(1);
        assertEquals(Set.of("short", "long"), store.get(Set.of("short", "long")).keySet());
        now = now.plusMillis(1);
        assertEquals(Set.of("long"), store.get(Set.of("short", "long")).keySet());
    }

    @Test
    void whatIsPutAnewLivesAnew() {
        store.put("a", "one", MINUTE);
        now = now.plusSeconds(59);
        store.put("a", "two", MINUTE);
        now = now.plusSeconds(59);

        assertEquals(Map.of("a", "two"), store.get(Set.of("a")));
    }

    @Test
    void whatIsThereIsNotPutAgain() {
        assertTrue(store.putIfAbsent("a", "one", MINUTE));
        assertFalse(store.putIfAbsent("a", "two", MINUTE));
        assertEquals(Map.of("a", "one"), store.get(Set.of("a")));
    }

    @Test
    void whatIsOverIsReplaced() {
        assertTrue(store.putIfAbsent("a", "one", MINUTE));
        now = now.plus(MINUTE);

        assertTrue(store.putIfAbsent("a", "two", MINUTE));
        assertFalse(store.putIfAbsent("a", "three", MINUTE));
        assertEquals(Map.of("a", "two"), store.get(Set.of("a")));
    }

    /** What another node puts between the look and the replacement stands. */
    @Test
    void whatIsOverIsReplacedByOneNodeAlone() {
        store.put("a", "old", MINUTE);
        now = now.plus(MINUTE);
        JCacheStore other = new JCacheStore(cache, () -> now);
        InstantSource meanwhile = new InstantSource() {
            private int looks;

            @Override
            public Instant instant() {
                // First for its own value, and then to see whether what it has found is over.
                if (looks++ == 1) {
                    assertTrue(other.putIfAbsent("a", "theirs", MINUTE));
                }
                return now;
            }
        };

        assertFalse(new JCacheStore(cache, meanwhile).putIfAbsent("a", "mine", MINUTE));
        assertEquals(Map.of("a", "theirs"), store.get(Set.of("a")));
    }

    @Test
    void theSameValueAgainIsNotPutAgain() {
        assertTrue(store.putIfAbsent("a", "one", MINUTE));

        assertFalse(store.putIfAbsent("a", "one", MINUTE));
    }

    @Test
    void twoNodesSeeTheSame() {
        JCacheStore other = new JCacheStore(cache, () -> now);
        store.put("a", "one", MINUTE);

        assertEquals(Map.of("a", "one"), other.get(Set.of("a")));
        assertFalse(other.putIfAbsent("a", "two", MINUTE));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofThreadsThatComeTogetherOnePuts(boolean inPlaceOfWhatIsOver) throws Exception {
        int threads = 4;
        int rounds = 500;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            for (int round = 0; round < rounds; round++) {
                String key = "key " + round;
                if (inPlaceOfWhatIsOver) {
                    store.put(key, "old", MINUTE);
                    now = now.plus(MINUTE);
                }
                List<Future<Boolean>> runs = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    String value = "value " + i;
                    runs.add(pool.submit(() -> {
                        start.await();
                        return store.putIfAbsent(key, value, MINUTE);
                    }));
                }
                int put = 0;
                for (Future<Boolean> run : runs) {
                    put += run.get(30, TimeUnit.SECONDS) ? 1 : 0;
                }
                assertEquals(1, put, key);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "foreign", "12x value", " value", "99999999999999999999 value", "-"})
    void whatSomebodyElseHasPutIsNoAnswer(String foreign) {
        cache.put("a", foreign);

        assertForeign(() -> store.get(Set.of("a", "b")));
        assertForeign(() -> store.putIfAbsent("a", "mine", MINUTE));
        assertEquals(foreign, cache.get("a"));
    }

    private static void assertForeign(Runnable question) {
        assertEquals(
                "the cache holds something under a key of this filter's that is not its own",
                assertThrows(IllegalStateException.class, question::run).getMessage());
    }

    @Test
    void aCacheThatIsClosedIsAFailureAndNotEmpty() {
        store.put("a", "one", MINUTE);
        cache.close();

        assertThrows(IllegalStateException.class, () -> store.get(Set.of("a")));
        assertThrows(IllegalStateException.class, () -> store.put("a", "two", MINUTE));
        assertThrows(IllegalStateException.class, () -> store.putIfAbsent("a", "two", MINUTE));
    }
}
