package io.github.pkceauth.api;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What the nodes of one application have to know together: which logins have ended, which logout
 * notices and pending logins are used up, and who is refreshing which tokens. A key-value store with
 * a time to live and an atomic put-if-absent; nothing else is asked of it.
 *
 * <p>Without one, each node keeps this in its own memory. The parameter {@code sharedCache} makes one
 * out of a JCache (JSR 107). An application with another store names its implementation in {@code
 * META-INF/services/io.github.pkceauth.api.SharedStore}, with a public constructor without parameters.
 *
 * <p>Keys are printable ASCII of at most 100 characters. Values are printable ASCII; a value that
 * holds tokens is encrypted with a key that only the session has. An implementation
 *
 * <ul>
 *   <li>is safe for use by several threads, and by several nodes at once;
 *   <li>gives back what was put until its time to live is over, and never afterwards;
 *   <li>throws an unchecked exception when it cannot do what it is asked to, because it is full or
 *       cannot be reached. The filter then refuses what depends on it (status 503). It must not
 *       forget early to make room.
 * </ul>
 */
public interface SharedStore {

    /**
     * Looks up several keys at once, at every request of a signed-in user.
     *
     * @param keys the keys, at most a handful
     * @return the values of those keys that have one; keys without a value are left out
     */
    Map<String, String> get(Set<String> keys);

    /**
     * Puts a value, in place of any other.
     *
     * @param key the key
     * @param value the value
     * @param timeToLive how long it is kept, longer than zero
     */
    void put(String key, String value, Duration timeToLive);

    /**
     * Puts a value where there is none; of several callers on all nodes exactly one succeeds.
     *
     * @param key the key
     * @param value the value
     * @param timeToLive how long it is kept, longer than zero
     * @return whether this call put it
     */
    boolean putIfAbsent(String key, String value, Duration timeToLive);
}
