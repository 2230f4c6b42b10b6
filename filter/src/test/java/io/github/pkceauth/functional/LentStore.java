package io.github.pkceauth.functional;

import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.store.MemoryStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** An application's own store, which the test at hand fills up, cuts off, and repairs. */
public final class LentStore implements SharedStore {
    private static volatile SharedStore lent = new MemoryStore(1000, System::nanoTime);

    /** Made by the platform's ServiceLoader. */
    public LentStore() {}

    /** Another store from now on. */
    static void becomes(SharedStore other) {
        lent = other;
    }

    /** Empty, and large enough. */
    static void isNew() {
        becomes(new MemoryStore(1000, System::nanoTime));
    }

    /** What is there can be read, and nothing more be put. */
    static void isFull() {
        becomes(new Full(lent));
    }

    /** Nobody answers. */
    static void isAway() {
        becomes(new Away(lent));
    }

    /** It is as it was before it was full or away. */
    static void isBack() {
        if (lent instanceof Full full) {
            becomes(full.before());
        } else if (lent instanceof Away away) {
            becomes(away.before());
        }
    }

    @Override
    public Map<String, String> get(Set<String> keys) {
        return lent.get(keys);
    }

    @Override
    public void put(String key, String value, Duration timeToLive) {
        lent.put(key, value, timeToLive);
    }

    @Override
    public boolean putIfAbsent(String key, String value, Duration timeToLive) {
        return lent.putIfAbsent(key, value, timeToLive);
    }

    private record Full(SharedStore before) implements SharedStore {
        @Override
        public Map<String, String> get(Set<String> keys) {
            return before.get(keys);
        }

        @Override
        public void put(String key, String value, Duration timeToLive) {
            throw new IllegalStateException("there is no room");
        }

        @Override
        public boolean putIfAbsent(String key, String value, Duration timeToLive) {
            throw new IllegalStateException("there is no room");
        }
    }

    private record Away(SharedStore before) implements SharedStore {
        @Override
        public Map<String, String> get(Set<String> keys) {
            throw new IllegalStateException("nobody answers");
        }

        @Override
        public void put(String key, String value, Duration timeToLive) {
            throw new IllegalStateException("nobody answers");
        }

        @Override
        public boolean putIfAbsent(String key, String value, Duration timeToLive) {
            throw new IllegalStateException("nobody answers");
        }
    }
}
