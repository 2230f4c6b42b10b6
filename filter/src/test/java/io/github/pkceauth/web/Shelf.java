package io.github.pkceauth.web;

import io.github.pkceauth.api.SharedStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A shared store without a sense of time, which tests break, and write into. */
final class Shelf implements SharedStore {

    private final Map<String, String> values = new ConcurrentHashMap<>();
    private volatile boolean broken;

    /** Writes this in place of all that was put. */
    void poison(String value) {
        values.replaceAll((key, before) -> value);
    }

    /** Cannot be reached from now on. */
    void breaks() {
        broken = true;
    }

    @Override
    public Map<String, String> get(Set<String> keys) {
        failIfBroken();
        Map<String, String> found = new HashMap<>(values);
        found.keySet().retainAll(keys);
        return found;
    }

    @Override
    public void put(String key, String value, Duration timeToLive) {
        failIfBroken();
        values.put(key, value);
    }

    @Override
    public boolean putIfAbsent(String key, String value, Duration timeToLive) {
        failIfBroken();
        return values.putIfAbsent(key, value) == null;
    }

    private void failIfBroken() {
        if (broken) {
            throw new IllegalStateException("nobody answers");
        }
    }
}
