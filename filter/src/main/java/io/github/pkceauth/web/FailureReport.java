package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.oidc.Printable;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Set;

/** Takes note of failures: one line for whoever has to find out, under the reference that the user sees. */
final class FailureReport {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    /** What strangers can bring about as often as they like must not drown the warnings. */
    private static final Set<Reason> AT_ANYBODYS_WILL =
            Set.of(Reason.PREFETCH_REFUSED, Reason.PROVIDER_ERROR, Reason.TOO_MANY_LOGINS);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Events events;

    FailureReport(Events events) {
        this.events = events;
    }

    /** Takes note, and hands out the reference. */
    String of(HttpServletRequest request, AuthFailure failure) {
        String reference = Long.toString(RANDOM.nextLong() >>> 1, Character.MAX_RADIX);
        log(request, failure, reference);
        events.tell(new LoginEvent.Failed(failure, reference));
        return reference;
    }

    private static void log(HttpServletRequest request, AuthFailure failure, String reference) {
        Reason reason = failure.reason();
        String line = reason.code()
                + " ["
                + reference
                + "] "
                + failure.getMessage()
                + " ("
                + Printable.of(request.getMethod())
                + " "
                + Printable.of(DecodedPath.of(request))
                + ")";
        Level level = reason.status() < 500 || AT_ANYBODYS_WILL.contains(reason) ? Level.INFO : Level.WARNING;
        if (reason == Reason.INTERNAL_ERROR) {
            LOG.log(Level.ERROR, line, failure.getCause());
        } else {
            LOG.log(level, line);
            LOG.log(Level.DEBUG, reference, failure);
        }
    }
}
