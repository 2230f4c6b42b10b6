package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsedStatesTest {

    /** The count of nanoseconds begins anywhere, and may run over while states are kept. */
    private static final long START = Long.MAX_VALUE - 30_000_000_000L;

    private long now = START;

    @Test
    void aStateIsTakenOnce() throws Exception {
        UsedStates states = states(10);

        assertTrue(states.take("a"));
        assertFalse(states.take("a"));
        assertTrue(states.take("b"));
    }

    @Test
    void ofThreadsThatComeTogetherOneTakesTheState() throws Exception {
        int threads = 2;
        int rounds = 3000;
        UsedStates states = states(rounds + 1);
        AtomicInteger arrived = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                runs.add(pool.submit(() -> {
                    int taken = 0;
                    for (int round = 1; round <= rounds; round++) {
                        // A barrier that parks its threads would wake them one after the other.
                        arrived.incrementAndGet();
                        while (arrived.get() < threads * round) {
                            Thread.onSpinWait();
                        }
                        taken += states.take("state " + round) ? 1 : 0;
                    }
                    return taken;
                }));
            }
            int taken = 0;
            for (Future<Integer> run : runs) {
                taken += run.get(60, TimeUnit.SECONDS);
            }
            assertEquals(rounds, taken);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whenFullItRefusesBecauseForgettingWouldLetAStateBeUsedTwice() throws Exception {
        UsedStates states = states(2);
        assertTrue(states.take("a"));
        assertTrue(states.take("b"));

        AuthFailure failure = assertThrows(AuthFailure.class, () -> states.take("c"));

        assertEquals(AuthFailure.Reason.TOO_MANY_LOGINS, failure.reason());
        assertEquals("2 logins were answered within a minute, and more cannot be kept apart", failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(longs = {START, 0, Long.MAX_VALUE / 4 * 3, Long.MIN_VALUE, -5_000_000_000L})
    void aStateThatNobodyWouldAcceptAnyMoreMakesRoom(long start) throws Exception {
        now = start;
        UsedStates states = states(1);
        assertTrue(states.take("a"));

        now = start + Duration.ofSeconds(60).toNanos() - 1;
        assertThrows(AuthFailure.class, () -> states.take("b"));

        now += Duration.ofSeconds(1).toNanos();
        assertTrue(states.take("b"));
        assertThrows(AuthFailure.class, () -> states.take("c"));
    }

    @Test
    void aStateStaysTakenAsLongAsItCouldBeAccepted() throws Exception {
        UsedStates states = states(10);
        assertTrue(states.take("a"));

        now = START + Duration.ofSeconds(60).toNanos() - 1;

        assertFalse(states.take("a"));
    }

    private UsedStates states(int capacity) {
        return new UsedStates(capacity, () -> now);
    }
}
