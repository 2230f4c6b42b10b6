package io.github.pkceauth.functional;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener as an application brings it along, and one that fails; what they are told is kept for all. */
public final class Told implements LoginListener {

    private static final Queue<LoginEvent> EVENTS = new ConcurrentLinkedQueue<>();

    /** What has been told since the last call. */
    static List<LoginEvent> events() {
        List<LoginEvent> events = List.copyOf(EVENTS);
        EVENTS.clear();
        return events;
    }

    @Override
    public void happened(LoginEvent event) {
        EVENTS.add(event);
    }

    /** Fails each time. */
    public static final class Failing implements LoginListener {
        @Override
        public void happened(LoginEvent event) {
            throw new IllegalStateException("this listener always fails");
        }
    }
}
