package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many authorization requests are pushed for visitors whom nobody knows: so many at once, and so many in a second. What
 * is beyond that is refused before anything is made or sent for it; a flood of visitors thus costs the provider no more than
 * so many calls, and this application no more than so many threads, however slow the provider is. An address that sends more
 * than its share has no part of the half that is kept for the others. Safe for use by several threads.
 */
final class PushLimit {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    /** A part of the threads that containers have, so that who is signed in is served all the same. */
    private static final int AT_ONCE = 32;

    /** More than a hundred thousand logins an hour, on each node. */
    private static final int PER_SECOND = 50;

    /** As when everybody comes to work, or back after an outage. */
    private static final int IN_RESERVE = 500;

    /** What an address may take of all this before it counts as one that sends much. */
    private static final int SHARE_PER_SECOND = 2;

    private static final int SHARE_IN_RESERVE = 20;

    /** Addresses that are remembered; those not seen for longest are forgotten. */
    private static final int ADDRESSES = 4096;

    private static final long WARNING_INTERVAL = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Bucket all;
    private final Map<String, Bucket> shares = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };
    private int underWay;
    private @Nullable Long warned;

    /**
     * A limit with nothing used of it.
     *
     * @param nanoTime counts as {@link System#nanoTime()} does
     */
    PushLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.all = new Bucket(PER_SECOND, IN_RESERVE, nanoTime.getAsLong());
    }

    /** What is left of a number that grows with time. */
    private static final class Bucket {

        private static final double SECOND = Duration.ofSeconds(1).toNanos();

        private final int perSecond;
        private final int most;
        private double left;
        private long lastTime;

        Bucket(int perSecond, int most, long now) {
            this.perSecond = perSecond;
            this.most = most;
            this.left = most;
            this.lastTime = now;
        }

        void fill(long now) {
            left = Math.min(most, left + (now - lastTime) / SECOND * perSecond);
            lastTime = now;
        }

        /** Takes one if more than that would be left. */
        boolean take(int reserve) {
            boolean has = left >= reserve + 1;
            if (has) {
                left--;
            }
            return has;
        }
    }

    /**
     * Lets a login begin.
     *
     * @param visitor the address that it is begun from
     * @throws AuthFailure for the reason {@code TOO_MANY_LOGINS} if it is one too many
     */
    synchronized void admit(String visitor) throws AuthFailure {
        long now = nanoTime.getAsLong();
        all.fill(now);
        Bucket share = shares.computeIfAbsent(visitor, any -> new Bucket(SHARE_PER_SECOND, SHARE_IN_RESERVE, now));
        share.fill(now);
        boolean isWithinShare = share.take(0);
        if (!all.take(isWithinShare ? 0 : IN_RESERVE / 2)) {
            throw tooMany("more than " + PER_SECOND + " logins a second are begun, for longer than a rush lasts");
        }
    }

    /**
     * Takes the place of one call, which {@link #leave()} gives back.
     *
     * @throws AuthFailure for the reason {@code TOO_MANY_LOGINS} if there is none left
     */
    synchronized void enter() throws AuthFailure {
        if (underWay >= AT_ONCE) {
            throw tooMany(AT_ONCE + " pushed requests are under way, and the provider has not answered yet");
        }
        underWay++;
    }

    /** The call is over. */
    synchronized void leave() {
        underWay--;
    }

    private AuthFailure tooMany(String why) {
        String message = "no request was pushed, so that the provider is not flooded: " + why;
        long now = nanoTime.getAsLong();
        if (warned == null || now - warned >= WARNING_INTERVAL) {
            warned = now;
            LOG.log(Level.WARNING, "too_many_logins: {0}; said once a minute", message);
        }
        return new AuthFailure(Reason.TOO_MANY_LOGINS, message);
    }
}
