package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.oidc.Hashes;
import io.github.pkceauth.oidc.Printable;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One compartment of the store that the nodes share: for one purpose of one client at one provider.
 * Keys are hashed, so that neither their length nor what they tell matters to the store. What cannot
 * be looked up or kept is refused, because nothing can be told from it. Safe for several threads.
 */
final class SharedState {

    private final SharedStore store;
    private final String owner;
    private final String purpose;

    /**
     * A compartment.
     *
     * @param store the store
     * @param owner who it belongs to: filters that differ in it know nothing of each other
     * @param purpose what is kept in it, in the plural, for messages as well; nodes of different versions
     *     must agree on it
     */
    SharedState(SharedStore store, String owner, String purpose) {
        this.store = store;
        this.owner = owner;
        this.purpose = purpose;
    }

    Optional<String> get(String name) throws AuthFailure {
        String key = key(name);
        return Optional.ofNullable(asked(purpose, () -> store.get(Set.of(key))).get(key));
    }

    /** The values of those names that have one. */
    Collection<String> getAll(Collection<String> names) throws AuthFailure {
        return asked(purpose, () -> store.get(names.stream().map(this::key).collect(Collectors.toSet())))
                .values();
    }

    void put(String name, String value, Duration timeToLive) throws AuthFailure {
        asked(purpose, () -> {
            store.put(key(name), value, timeToLive);
            return true;
        });
    }

    /** Whether it was this call that put it, of all on all nodes. */
    boolean putIfAbsent(String name, String value, Duration timeToLive) throws AuthFailure {
        return asked(purpose, () -> store.putIfAbsent(key(name), value, timeToLive));
    }

    private String key(String name) {
        return "pkce:" + Hashes.name(owner, purpose, name);
    }

    /** The answer of a store of that purpose, or what is to be said where there is none. */
    static <T> T asked(String purpose, Supplier<T> question) throws AuthFailure {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new AuthFailure(
                    Reason.STORE_UNAVAILABLE,
                    "the store of " + purpose + " cannot be used: " + Printable.of(e.getMessage()),
                    e);
        }
    }
}
