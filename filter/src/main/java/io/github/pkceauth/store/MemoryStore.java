package io.github.pkceauth.store;

import io.github.pkceauth.api.SharedStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One node's own memory in place of a store that is shared. Bounded and expiring; when full it
 * refuses, because what is forgotten early could be used twice, or come back to life.
 */
public final class MemoryStore implements SharedStore {

    private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

    /** Longer than any server runs, and short enough for the count of nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final int capacity;
    private final LongSupplier nanoTime;
    private final ConcurrentMap<String, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    private record Entry(String value, long until) {
        // A difference, because the count may run over.
        boolean isOver(long now) {
            return now - until >= 0;
        }
    }

    /**
     * Nothing yet.
     *
     * @param capacity how much is kept at once
     * @param nanoTime counts as {@link System#nanoTime()} does. Not the clock: set back by an hour, it
     *     would keep everything for that hour, and refuse all that comes once there is too much
     */
    public MemoryStore(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
        this.nextSweep = new AtomicLong(nanoTime.getAsLong());
    }

    @Override
    public Map<String, String> get(Set<String> keys) {
        Map<String, String> found = new HashMap<>();
        for (String key : keys) {
            String value = get(key);
            if (value != null) {
                found.put(key, value);
            }
        }
        return found;
    }

    /**
     * Reads one value.
     *
     * @param key its key
     * @return the value, or null
     */
    public @Nullable String get(String key) {
        Entry entry = entries.get(key);
        return entry == null || entry.isOver(nanoTime.getAsLong()) ? null : entry.value();
    }

    @Override
    public void put(String key, String value, Duration timeToLive) {
        long now = ready(key);
        entries.put(key, new Entry(value, until(now, timeToLive)));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the question is whether it is this call's, and not one like it
    public boolean putIfAbsent(String key, String value, Duration timeToLive) {
        long now = ready(key);
        Entry fresh = new Entry(value, until(now, timeToLive));
        Entry kept = entries.merge(key, fresh, (old, put) -> old.isOver(now) ? put : old);
        return kept == fresh;
    }

    private static long until(long now, Duration timeToLive) {
        return now + (timeToLive.compareTo(LONGEST) < 0 ? timeToLive : LONGEST).toNanos();
    }

    private long ready(String key) {
        long now = nanoTime.getAsLong();
        long due = nextSweep.get();
        if (now - due >= 0 && nextSweep.compareAndSet(due, now + SWEEP_NANOS)) {
            entries.values().removeIf(entry -> entry.isOver(now));
        }
        if (entries.size() >= capacity && !entries.containsKey(key)) {
            throw new IllegalStateException("this server's memory of them is full, at " + capacity);
        }
        return now;
    }
}
