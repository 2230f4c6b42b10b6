package io.github.pkceauth.store;

import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.store.JCaches.Unusable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.expiry.ExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A cache of JCache (JSR 107), which many engines share among nodes. JCache knows one time to live for
 * a whole cache; each value here has its own, written in front of it, and the cache's must be longer.
 */
final class JCacheStore implements SharedStore {

    private static final char SEPARATOR = ' ';

    private final Cache<String, String> cache;
    private final InstantSource clock;

    JCacheStore(Cache<String, String> cache, InstantSource clock) {
        this.cache = cache;
        this.clock = clock;
    }

    static JCacheStore open(String name, ClassLoader loader, Duration longest, InstantSource clock) throws Unusable {
        try {
            CacheManager manager = Caching.getCachingProvider(loader).getCacheManager();
            Cache<String, String> cache = manager.getCache(name, String.class, String.class);
            if (cache == null) {
                throw new Unusable("is no cache of the JCache engine "
                        + manager.getCachingProvider().getClass().getName()
                        + ": configure it there, with keys and values of java.lang.String, without eviction, and with"
                        + " no expiry or one that is longer than "
                        + longest);
            }
            checkExpiry(cache, longest);
            return new JCacheStore(cache, clock);
        } catch (CacheException | ClassCastException | IllegalStateException e) {
            throw new Unusable("cannot be opened as a JCache of String to String (" + e + ")");
        }
    }

    /** A cache that forgets early would bring ended logins back to life. */
    @SuppressWarnings("unchecked") // a class literal knows no type arguments
    private static void checkExpiry(Cache<String, String> cache, Duration longest) throws Unusable {
        CompleteConfiguration<?, ?> configuration;
        try {
            configuration = cache.getConfiguration(CompleteConfiguration.class);
        } catch (IllegalArgumentException e) {
            return; // JSR 107 lets an engine keep it to itself
        }
        ExpiryPolicy expiry = configuration.getExpiryPolicyFactory().create();
        javax.cache.expiry.Duration kept = expiry.getExpiryForCreation();
        if (kept.isEternal()) {
            return;
        }
        javax.cache.expiry.@Nullable Duration keptAfterUpdate = expiry.getExpiryForUpdate();
        if (keptAfterUpdate == null) {
            // What was put long ago and is put anew would be forgotten with its first life.
            throw new Unusable("is a cache whose expiry does not begin anew when a value is put in place of another:"
                    + " give it an expiry that does, as javax.cache.expiry.ModifiedExpiryPolicy, or none");
        }
        checkLength(kept, longest);
        checkLength(keptAfterUpdate, longest);
    }

    private static void checkLength(javax.cache.expiry.Duration kept, Duration longest) throws Unusable {
        if (!kept.isEternal() && kept.getTimeUnit().toMillis(kept.getDurationAmount()) < longest.toMillis()) {
            throw new Unusable("is a cache that forgets after "
                    + Duration.ofMillis(kept.getTimeUnit().toMillis(kept.getDurationAmount()))
                    + ", and what it is told must be kept for "
                    + longest
                    + ": give it a longer expiry, or none");
        }
    }

    @Override
    public Map<String, String> get(Set<String> keys) {
        long now = clock.millis();
        Map<String, String> found = new HashMap<>();
        // Engines ask the set whether it holds null, which the JDK's immutable ones do not bear.
        cache.getAll(new HashSet<>(keys)).forEach((key, stored) -> {
            if (isAlive(stored, now)) {
                found.put(key, stored.substring(stored.indexOf(SEPARATOR) + 1));
            }
        });
        return found;
    }

    @Override
    public void put(String key, String value, Duration timeToLive) {
        cache.put(key, stored(value, timeToLive));
    }

    @Override
    public boolean putIfAbsent(String key, String value, Duration timeToLive) {
        String fresh = stored(value, timeToLive);
        if (cache.putIfAbsent(key, fresh)) {
            return true;
        }
        @Nullable String there = cache.get(key);
        if (there == null) {
            return cache.putIfAbsent(key, fresh);
        }
        return !isAlive(there, clock.millis()) && cache.replace(key, there, fresh);
    }

    private String stored(String value, Duration timeToLive) {
        return clock.instant().plus(timeToLive).toEpochMilli() + String.valueOf(SEPARATOR) + value;
    }

    /** What somebody else has put into the cache is nothing that can be read, and must not pass for nothing. */
    private static boolean isAlive(String stored, long now) {
        int end = stored.indexOf(SEPARATOR);
        try {
            return now < Long.parseLong(stored.substring(0, Math.max(0, end)));
        } catch (NumberFormatException e) {
            throw new IllegalStateException(
                    "the cache holds something under a key of this filter's that is not its own");
        }
    }
}
