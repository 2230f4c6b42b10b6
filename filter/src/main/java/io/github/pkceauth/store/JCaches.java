package io.github.pkceauth.store;

import io.github.pkceauth.api.SharedStore;
import java.io.Serial;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the cache that {@code sharedCache} names, in whatever JCache engine the application has. The
 * API is optional, so this class can be loaded where it is missing.
 */
public final class JCaches {

    private JCaches() {}

    /**
     * The store in a cache of the default JCache provider, at its default place.
     *
     * @param name the cache's name
     * @param loader what sees the application's classes, or null for the thread's own
     * @param longest how long anything must be kept
     * @return the store
     * @throws Unusable saying what is missing and how to mend it
     */
    public static SharedStore named(String name, @Nullable ClassLoader loader, Duration longest) throws Unusable {
        ClassLoader seen = loader == null ? Thread.currentThread().getContextClassLoader() : loader;
        try {
            return JCacheStore.open(name, seen, longest, InstantSource.system());
        } catch (NoClassDefFoundError e) {
            throw new Unusable("needs the JCache API: add javax.cache:cache-api to the application, and an engine that"
                    + " has it (Hazelcast, Infinispan, Ignite, Coherence, Redisson)");
        }
    }

    /** Why a cache cannot be used, and what to do about it. */
    public static final class Unusable extends Exception {

        @Serial
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }
}
