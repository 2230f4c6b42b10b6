package io.github.pkceauth.example.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a start has opened so far, to be closed the last first. Thread-safe: the process may be ended in the middle of a
 * start, and is to leave nothing behind then, either.
 */
final class Opened implements Closeable {

    private final Deque<Closeable> resources = new ArrayDeque<>();
    private boolean closed;

    /** Adds what was opened just now. */
    synchronized <T extends Closeable> T add(T resource) throws IOException {
        if (closed) {
            resource.close();
            throw new IOException("The example was stopped before it had started");
        }
        resources.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        IOException failure = null;
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
