package io.github.pkceauth.web;

import io.github.pkceauth.api.LoginEvent;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/**
 * The events of logins as JDK Flight Recorder shows them. Recordings are passed around, so they say
 * what happened and how often, and not to whom.
 */
final class Recordings {

    private Recordings() {}

    static void record(LoginEvent event) {
        if (event instanceof LoginEvent.SignedIn) {
            new SignedIn().commit();
        } else if (event instanceof LoginEvent.Refreshed) {
            new Refreshed().commit();
        } else if (event instanceof LoginEvent.SignedOut out) {
            SignedOut recorded = new SignedOut();
            recorded.cause = out.cause().name();
            recorded.commit();
        } else if (event instanceof LoginEvent.Failed failed) {
            Failed recorded = new Failed();
            recorded.reason = failed.failure().reason().code();
            recorded.reference = failed.reference();
            recorded.commit();
        }
    }

    @Name("io.github.pkceauth.SignedIn")
    @Label("Signed in")
    @Category("PkceAuthFilter")
    @Description("A user has signed in")
    @StackTrace(false)
    private static final class SignedIn extends Event {}

    @Name("io.github.pkceauth.Refreshed")
    @Label("Refreshed")
    @Category("PkceAuthFilter")
    @Description("The tokens of a login were refreshed")
    @StackTrace(false)
    private static final class Refreshed extends Event {}

    @Name("io.github.pkceauth.SignedOut")
    @Label("Signed out")
    @Category("PkceAuthFilter")
    @Description("A login has ended")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // the recorder reads them
    private static final class SignedOut extends Event {
        @Label("Cause")
        @Nullable
        String cause;
    }

    @Name("io.github.pkceauth.Failed")
    @Label("Failed")
    @Category("PkceAuthFilter")
    @Description("A login, a logout or a notice was refused")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // the recorder reads them
    private static final class Failed extends Event {
        @Label("Reason")
        @Nullable
        String reason;

        @Label("Reference")
        @Description("Stands in the log line and on the page that the user sees")
        @Nullable
        String reference;
    }
}
