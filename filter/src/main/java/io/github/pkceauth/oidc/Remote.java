package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A value that lives at the provider: read at first need, kept for a while, fetched by one thread at
 * a time. A value that has been read once outlives an outage; after a failure there is a pause
 * before the next try, which grows from one failure to the next. Safe for use by several threads,
 * virtual ones included.
 *
 * @param <T> what is read, immutable
 */
final class Remote<T> {

    /** Reads the value over the network. */
    interface Fetch<T> {
        T fetch() throws AuthFailure;
    }

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FORCED_WINDOW = Duration.ofSeconds(10);

    private final Fetch<T> source;
    private final Duration lifetime;
    private final Duration longestWait;
    private final InstantSource clock;
    private final ReentrantLock fetching = new ReentrantLock();

    private volatile @Nullable Known<T> known;
    private volatile @Nullable Outage outage;
    private volatile Instant nextForced = Instant.MIN;

    private record Known<T>(T value, Instant goodUntil) {}

    private record Outage(AuthFailure failure, Duration pause, Instant over) {}

    /**
     * A value that is not read yet.
     *
     * @param source reads it
     * @param lifetime how long it is good for
     * @param longestWait how long a thread waits for another's fetch
     * @param clock tells the time
     */
    Remote(Fetch<T> source, Duration lifetime, Duration longestWait, InstantSource clock) {
        this.source = source;
        this.lifetime = lifetime;
        this.longestWait = longestWait;
        this.clock = clock;
    }

    /**
     * The value, fetched if it is not known or no longer good.
     *
     * @throws AuthFailure if it never could be read
     */
    @SuppressWarnings("ReferenceEquality") // the question is whether it is still the same fetch's
    T get() throws AuthFailure {
        Known<T> seen = known;
        if (seen == null) {
            return first();
        }
        if (isAhead(seen.goodUntil(), lifetime) || pausing() || !fetching.tryLock()) {
            return seen.value();
        }
        try {
            return known == seen ? fetchOrKeep(seen) : currentOr(seen);
        } finally {
            fetching.unlock();
        }
    }

    /**
     * A value newer than the one that did not serve, if one can be had: at most one fetch a window,
     * however many ask.
     *
     * @param unfit the value that did not serve
     * @return the newer value, or the same where there is none
     */
    T newerThan(T unfit) throws AuthFailure {
        lock();
        try {
            Known<T> current = known;
            if (current == null || current.value() != unfit) {
                return current == null ? fetch() : current.value();
            }
            if (isAhead(nextForced, FORCED_WINDOW)) {
                return unfit;
            }
            try {
                return fetchOrKeep(current);
            } finally {
                // From its end on: else those who waited for a fetch that hung would each begin another.
                nextForced = clock.instant().plus(FORCED_WINDOW);
            }
        } finally {
            fetching.unlock();
        }
    }

    private T first() throws AuthFailure {
        failWhilePausing();
        Outage last = outage;
        if (last != null && fetching.isLocked()) {
            throw last.failure(); // no queue behind a provider that has failed already
        }
        lock();
        try {
            Known<T> current = known;
            if (current != null) {
                return current.value();
            }
            failWhilePausing();
            return fetch();
        } finally {
            fetching.unlock();
        }
    }

    private T currentOr(Known<T> fallback) {
        Known<T> current = known;
        return current == null ? fallback.value() : current.value();
    }

    private T fetchOrKeep(Known<T> current) {
        try {
            return fetch();
        } catch (AuthFailure e) {
            System.getLogger("io.github.pkceauth")
                    .log(
                            System.Logger.Level.WARNING,
                            "using what is known of the provider, because it could not be read again: {0}",
                            e.getMessage());
            return current.value();
        }
    }

    private T fetch() throws AuthFailure {
        try {
            T value = source.fetch();
            known = new Known<>(value, clock.instant().plus(lifetime));
            outage = null;
            return value;
        } catch (AuthFailure e) {
            Outage before = outage;
            Duration pause = before == null ? FIRST_PAUSE : doubled(before.pause());
            outage = new Outage(e, pause, clock.instant().plus(pause));
            throw e;
        }
    }

    private static Duration doubled(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private boolean pausing() {
        Outage current = outage;
        return current != null && isAhead(current.over(), current.pause());
    }

    private void failWhilePausing() throws AuthFailure {
        Outage current = outage;
        if (current != null && isAhead(current.over(), current.pause())) {
            AuthFailure last = current.failure();
            throw new AuthFailure(
                    last.reason(), last.getMessage() + " (not tried again before " + current.over() + ")", last);
        }
    }

    /** Whether a time is to come, and no further away than it ever was: clocks can be set back. */
    private boolean isAhead(Instant time, Duration span) {
        Instant now = clock.instant();
        return now.isBefore(time) && !now.plus(span).isBefore(time);
    }

    private void lock() throws AuthFailure {
        try {
            if (fetching.tryLock(longestWait.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AuthFailure(
                Reason.PROVIDER_UNREACHABLE,
                "the provider's answer to another request was not there within " + longestWait);
    }
}
