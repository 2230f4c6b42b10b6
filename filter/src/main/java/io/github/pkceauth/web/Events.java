package io.github.pkceauth.web;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginListener;
import io.github.pkceauth.oidc.FlightRecorder;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/** Tells the application's listeners and JDK Flight Recorder what happens to logins. */
final class Events {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final List<LoginListener> listeners;

    Events(List<LoginListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void tell(LoginEvent event) {
        if (FlightRecorder.isOn()) {
            Recordings.record(event);
        }
        for (LoginListener listener : listeners) {
            try {
                listener.happened(event);
            } catch (RuntimeException | LinkageError e) {
                LOG.log(Level.WARNING, "a LoginListener has failed, and is told the next event all the same", e);
            }
        }
    }
}
