package io.github.pkceauth.config;

import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.store.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the application brings along, where its classes cannot be seen: nothing, and any cache may be there. */
final class ServicesUnseen implements Services {

    @Override
    public List<LoginListener> listeners() {
        return List.of();
    }

    @Override
    public Optional<SharedStore> sharedStore() {
        return Optional.empty();
    }

    /** Stands in for the cache of that name; nobody signs in where this one is. */
    @Override
    public SharedStore cache(String name, Duration longest) {
        return new MemoryStore(0, System::nanoTime);
    }
}
