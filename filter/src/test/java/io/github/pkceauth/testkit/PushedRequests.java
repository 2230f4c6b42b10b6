package io.github.pkceauth.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The authorization requests that were pushed and have not been followed yet, RFC 9126. Thread-safe. */
final class PushedRequests {
    private static final String PREFIX = "urn:ietf:params:oauth:request_uri:";

    private record Pushed(Parameters request, Instant expires) {}

    private final Map<String, Pushed> waiting = new ConcurrentHashMap<>();
    volatile boolean taken;
    volatile boolean required;
    volatile Duration life = Duration.ofSeconds(60);

    /** Keeps a request, and names it. */
    String add(Parameters request, String unguessable) {
        String uri = PREFIX + unguessable;
        waiting.put(uri, new Pushed(request, Instant.now().plus(life)));
        return uri;
    }

    /** The request of that name, which stays: a user may look at a login form twice. */
    @Nullable
    Parameters find(String uri) {
        Pushed pushed = waiting.get(uri);
        return pushed != null && Instant.now().isBefore(pushed.expires()) ? pushed.request() : null;
    }

    /** Whether a request of that name waited; it does not any more. */
    boolean use(String uri) {
        return waiting.remove(uri) != null;
    }
}
