package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The states whose answers have been taken lately. A session has no atomic "take", so this decides
 * which of several simultaneous callbacks is the one. Bounded; when full it refuses, because
 * forgetting a state early would let it be used twice. Safe for use by several threads.
 */
final class UsedStates {

    private final int capacity;
    private final InstantSource clock;
    private final ConcurrentMap<String, Instant> used = new ConcurrentHashMap<>();
    private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.MIN);

    UsedStates(int capacity, InstantSource clock) {
        this.capacity = capacity;
        this.clock = clock;
    }

    /**
     * Takes a state.
     *
     * @param state the state
     * @param until when nobody can be about to take it any more
     * @return whether this is the first and only time
     * @throws AuthFailure if there is no room to remember it
     */
    boolean take(String state, Instant until) throws AuthFailure {
        sweepIfDue();
        if (used.size() >= capacity) {
            throw new AuthFailure(
                    Reason.TOO_MANY_LOGINS,
                    capacity + " logins were answered within a minute, and more cannot be kept apart");
        }
        return used.putIfAbsent(state, until) == null;
    }

    private void sweepIfDue() {
        Instant now = clock.instant();
        Instant due = nextSweep.get();
        if (now.isBefore(due) || !nextSweep.compareAndSet(due, now.plusSeconds(1))) {
            return;
        }
        used.values().removeIf(until -> !now.isBefore(until));
    }
}
