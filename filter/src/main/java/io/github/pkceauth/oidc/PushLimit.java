package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many authorization requests are pushed for visitors whom nobody knows: so many at once, and so many in a second. What
 * is beyond that is refused before the provider notices; a flood of visitors thus costs the provider no more than so many
 * calls, and this application no more than so many threads, however slow the provider is. Safe for use by several threads.
 */
final class PushLimit {

    /** A part of the threads that containers have, so that who is signed in is served all the same. */
    private static final int AT_ONCE = 32;

    /** Some hundred thousand logins an hour, on each node. */
    private static final int PER_SECOND = 50;

    /** As when everybody comes to work, or back after an outage. */
    private static final int IN_RESERVE = 500;

    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private long lastTime;
    private double reserve = IN_RESERVE;
    private int underWay;

    /**
     * A limit with nothing used of it.
     *
     * @param nanoTime counts as {@link System#nanoTime()} does
     */
    PushLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastTime = nanoTime.getAsLong();
    }

    /**
     * Takes one call, which {@link #leave()} gives back.
     *
     * @throws AuthFailure for the reason {@code TOO_MANY_LOGINS} if there is none left
     */
    synchronized void enter() throws AuthFailure {
        long now = nanoTime.getAsLong();
        reserve = Math.min(IN_RESERVE, reserve + (now - lastTime) / NANOS * PER_SECOND);
        lastTime = now;
        if (underWay >= AT_ONCE) {
            throw tooMany(AT_ONCE + " pushed requests are under way, and the provider has not answered yet");
        }
        if (reserve < 1) {
            throw tooMany("more than " + PER_SECOND + " logins a second are begun, for longer than a rush lasts");
        }
        reserve--;
        underWay++;
    }

    /** The call is over. */
    synchronized void leave() {
        underWay--;
    }

    private static AuthFailure tooMany(String why) {
        return new AuthFailure(
                Reason.TOO_MANY_LOGINS, "no request was pushed, so that the provider is not flooded: " + why);
    }
}
