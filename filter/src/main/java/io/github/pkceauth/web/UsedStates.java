package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The states whose answers have been taken lately. A session has no atomic "take", so this decides
 * which of several simultaneous callbacks is the one. Bounded; when full it refuses, because
 * forgetting a state early would let it be used twice. Safe for use by several threads.
 */
final class UsedStates {

    /** As long as a request that found a pending login may take until it takes it. */
    private static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final int capacity;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Long> used = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    /**
     * No states yet.
     *
     * @param capacity how many are kept at once
     * @param nanoTime counts as {@link System#nanoTime()} does. Not the clock: set back by an hour, it
     *     would keep every state for that hour, and refuse all logins once they are too many
     */
    UsedStates(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.nextSweep = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Takes a state.
     *
     * @param state the state
     * @return whether this is the first and only time
     * @throws AuthFailure if there is no room to remember it
     */
    boolean take(String state) throws AuthFailure {
        long now = nanoTime.getAsLong();
        sweepIfDue(now);
        if (used.size() >= capacity) {
            throw new AuthFailure(
                    Reason.TOO_MANY_LOGINS,
                    capacity + " logins were answered within a minute, and more cannot be kept apart");
        }
        return used.putIfAbsent(state, now + IN_FLIGHT.toNanos()) == null;
    }

    private void sweepIfDue(long now) {
        long due = nextSweep.get();
        // Differences, because the count may run over.
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
            used.values().removeIf(until -> now - until >= 0);
        }
    }
}
