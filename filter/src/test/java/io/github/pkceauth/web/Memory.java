package io.github.pkceauth.web;

import io.github.pkceauth.store.MemoryStore;

/** Compartments of this server's own memory, for tests. */
final class Memory {

    private Memory() {}

    static SharedState of(int capacity) {
        return new SharedState(new MemoryStore(capacity, System::nanoTime), "a client", "things");
    }
}
