package io.github.pkceauth.oidc;

import java.net.URI;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A call to the provider as JDK Flight Recorder shows it, with how long it took. */
final class ProviderCall {

    private final @Nullable Recorded event;

    private ProviderCall(@Nullable Recorded event) {
        this.event = event;
    }

    static ProviderCall begin(String what, URI address) {
        if (!FlightRecorder.isOn()) {
            return new ProviderCall(null);
        }
        Recorded event = new Recorded();
        if (event.isEnabled()) {
            event.endpoint = what;
            event.host = String.valueOf(address.getHost());
            event.begin();
        }
        return new ProviderCall(event);
    }

    /** The call is over; 0 stands for no whole answer. */
    void end(int status) {
        if (event != null && event.isEnabled()) {
            event.status = status;
            event.commit();
        }
    }

    @Name("io.github.pkceauth.ProviderCall")
    @Label("Call to the Provider")
    @Category("PkceAuthFilter")
    @Description("A call of the filter to the OpenID provider, and how long it took")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // the recorder reads them
    private static final class Recorded extends Event {
        @Label("Endpoint")
        @Nullable
        String endpoint;

        @Label("Host")
        @Nullable
        String host;

        @Label("Status")
        @Description("HTTP status, or 0 where there was no whole answer in time")
        int status;
    }
}
