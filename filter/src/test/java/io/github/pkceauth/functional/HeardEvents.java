package io.github.pkceauth.functional;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginListener;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An application's listener, which remembers what it has heard. */
public final class HeardEvents implements LoginListener {
    private static final Queue<LoginEvent> HEARD = new ConcurrentLinkedQueue<>();

    /** Made by the platform's ServiceLoader. */
    public HeardEvents() {}

    /** What was heard since it was forgotten. */
    static List<LoginEvent> all() {
        return List.copyOf(HEARD);
    }

    static void forget() {
        HEARD.clear();
    }

    @Override
    public void happened(LoginEvent event) {
        HEARD.add(event);
    }
}
