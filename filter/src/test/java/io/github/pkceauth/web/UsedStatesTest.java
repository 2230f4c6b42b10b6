package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsedStatesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant now = START;

    @Test
    void aStateIsTakenOnce() throws Exception {
        UsedStates states = states(10);

        assertTrue(states.take("a", START.plusSeconds(60)));
        assertFalse(states.take("a", START.plusSeconds(60)));
        assertFalse(states.take("a", START.plusSeconds(600)));
        assertTrue(states.take("b", START.plusSeconds(60)));
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
                        taken += states.take("state " + round, START.plusSeconds(60)) ? 1 : 0;
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
        assertTrue(states.take("a", START.plusSeconds(60)));
        assertTrue(states.take("b", START.plusSeconds(60)));

        AuthFailure failure = assertThrows(AuthFailure.class, () -> states.take("c", START.plusSeconds(60)));

        assertEquals(AuthFailure.Reason.TOO_MANY_LOGINS, failure.reason());
        assertEquals("2 logins were answered within a minute, and more cannot be kept apart", failure.getMessage());
    }

    @Test
    void aStateThatNobodyWouldAcceptAnyMoreMakesRoom() throws Exception {
        UsedStates states = states(1);
        assertTrue(states.take("a", START.plusSeconds(60)));

        now = START.plusSeconds(60).minusMillis(1);
        assertThrows(AuthFailure.class, () -> states.take("b", now.plusSeconds(60)));

        now = now.plus(Duration.ofSeconds(1));
        assertTrue(states.take("b", now.plusSeconds(60)));
        assertThrows(AuthFailure.class, () -> states.take("c", now.plusSeconds(60)));
    }

    @Test
    void aStateStaysTakenAsLongAsItCouldBeAccepted() throws Exception {
        UsedStates states = states(10);
        assertTrue(states.take("a", START.plusSeconds(60)));

        now = START.plusSeconds(60).minusMillis(1);

        assertFalse(states.take("a", START.plusSeconds(60)));
    }

    private UsedStates states(int capacity) {
        return new UsedStates(capacity, () -> now);
    }
}
