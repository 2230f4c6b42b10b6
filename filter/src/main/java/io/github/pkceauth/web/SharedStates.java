package io.github.pkceauth.web;

import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.config.Config;
import io.github.pkceauth.oidc.Hashes;
import io.github.pkceauth.store.MemoryStore;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes the compartments of the store that the nodes share; where there is none, each is a piece of
 * this server's memory, so that none can fill another's.
 */
final class SharedStates {

    /** Three thousand logins a second, each of them a call to the provider, would fill it in its minute. */
    private static final int CAPACITY = 200_000;

    private final Optional<SharedStore> store;
    private final String owner;
    private final LongSupplier nanoTime;

    SharedStates(Config config, LongSupplier nanoTime) {
        this.store = config.sharedStore();
        this.owner = Hashes.name(config.provider().issuer(), config.client().id());
        this.nanoTime = nanoTime;
    }

    /** Whether other nodes see it, too. */
    boolean areShared() {
        return store.isPresent();
    }

    SharedState of(String purpose) {
        return new SharedState(store.orElseGet(this::memory), owner, purpose);
    }

    LogoutMarks marks(String purpose) {
        return areShared() ? new SharedMarks(of(purpose)) : new OwnMarks(purpose, this::memory);
    }

    private MemoryStore memory() {
        return new MemoryStore(CAPACITY, nanoTime);
    }
}
