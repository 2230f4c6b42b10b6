package io.github.pkceauth.store;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.Factory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;

/** Caches of the engine that the tests have, under names of their own, and gone afterwards. */
public final class TestCaches implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final ClassLoader loader = TestCaches.class.getClassLoader();
    private final CacheManager manager = Caching.getCachingProvider(loader).getCacheManager();
    private final int run = COUNT.incrementAndGet();

    /** The engine's own name of a cache. */
    public String name(String cache) {
        return cache + "-" + run;
    }

    /** A cache of texts that forgets nothing. */
    public Cache<String, String> eternal(String cache) {
        return texts(cache, EternalExpiryPolicy.factoryOf());
    }

    /** A cache of texts that forgets. */
    public Cache<String, String> texts(String cache, Factory<? extends ExpiryPolicy> expiry) {
        return of(cache, String.class, expiry);
    }

    /** A cache of texts to anything. */
    public <V> Cache<String, V> of(String cache, Class<V> values, Factory<? extends ExpiryPolicy> expiry) {
        return manager.createCache(
                name(cache),
                new MutableConfiguration<String, V>()
                        .setTypes(String.class, values)
                        .setExpiryPolicyFactory(expiry));
    }

    @Override
    public void close() {
        for (String name : manager.getCacheNames()) {
            if (name.endsWith("-" + run)) {
                manager.destroyCache(name);
            }
        }
    }
}
