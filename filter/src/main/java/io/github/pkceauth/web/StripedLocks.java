package io.github.pkceauth.web;

import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fixed number of locks for any number of keys: equal keys share a lock, others hardly ever do. */
final class StripedLocks {

    private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);

    Lock of(@Nullable String key) {
        return locks[Math.floorMod(Objects.hashCode(key), locks.length)];
    }
}
