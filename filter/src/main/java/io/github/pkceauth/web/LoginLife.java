package io.github.pkceauth.web;

import io.github.pkceauth.config.SessionLife;
import io.github.pkceauth.config.SessionLife.Policy;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.Login.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells from a login and the time alone whether it is good, and what is to be done about it. */
final class LoginLife {

    private static final long LONGEST_AHEAD_MILLIS = 30_000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final long NEVER = Long.MAX_VALUE;

    private final @Nullable Policy policy;
    private final long maxAgeMillis;
    private final Duration refreshGrace;
    private final InstantSource clock;

    /** What a login is at some time. */
    enum State {
        /** Nothing needs to be done. */
        GOOD,
        /** Good still, and to be refreshed soon. */
        DUE,
        /** To be refreshed before it is used again. */
        STALE,
        /** Over, and no refresh can help. */
        ENDED
    }

    LoginLife(SessionLife life, InstantSource clock) {
        this.policy = life.policy().orElse(null);
        this.maxAgeMillis = life.maxAge().map(Duration::toMillis).orElse(NEVER);
        this.refreshGrace = life.refreshGrace();
        this.clock = clock;
    }

    /** What a login is by the session policy. Asked on every request: without objects, and the time only if it counts. */
    State of(Login login) {
        boolean refreshes = login.tokens().refreshToken() != null;
        Policy effective = policy != null ? policy : refreshes ? Policy.REFRESH : Policy.CONTAINER;
        if (maxAgeMillis == NEVER && effective == Policy.CONTAINER) {
            return State.GOOD;
        }
        long now = clock.millis();
        if (maxAgeMillis != NEVER && now - login.user().loginTime().toEpochMilli() >= maxAgeMillis) {
            return State.ENDED;
        }
        return switch (effective) {
            case CONTAINER -> State.GOOD;
            case ID_TOKEN ->
                now < login.idTokenExpiresAt().orElse(Instant.EPOCH).toEpochMilli() ? State.GOOD : State.ENDED;
            case REFRESH -> refreshes ? ofTokens(login, now) : now < expiry(login) ? State.GOOD : State.ENDED;
        };
    }

    /** What a login's access token is. Without a word about when it expires, it is good. */
    State ofTokens(Login login) {
        return ofTokens(login, clock.millis());
    }

    private static State ofTokens(Login login, long now) {
        long since = login.tokens().receivedAt().toEpochMilli();
        long expiry = expiry(login);
        // An ID token from before the last refresh tells nothing of the access token that came by it.
        if (expiry == NEVER || (login.tokens().accessTokenExpiresAt() == null && expiry < since)) {
            return State.GOOD;
        }
        long ahead = Math.min(LONGEST_AHEAD_MILLIS, (expiry - since) / 5);
        return now < expiry - ahead ? State.GOOD : now < expiry ? State.DUE : State.STALE;
    }

    /** Whether a login that could not be refreshed may be used all the same, with its old tokens. */
    boolean isWithinGrace(Login login) {
        @Nullable Outage outage = login.outage();
        long expiry = expiry(login);
        return outage != null
                && expiry != NEVER
                && clock.millis() < Math.max(outage.since().toEpochMilli(), expiry) + refreshGrace.toMillis();
    }

    /** Whether it is too soon for another try. A pause that is longer than any is a clock that was set back. */
    boolean isPausing(Login login) {
        @Nullable Outage outage = login.outage();
        Instant now = clock.instant();
        return outage != null
                && now.isBefore(outage.over())
                && !now.plus(LONGEST_PAUSE).isBefore(outage.over());
    }

    /** The outage that a failed try at some time belongs to; each pause is as long as the outage so far. */
    static Outage outage(Login login, Instant now) {
        @Nullable Outage before = login.outage();
        Instant since = before == null || before.since().isAfter(now) ? now : before.since();
        Duration soFar = Duration.between(since, now);
        Duration pause = soFar.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : soFar;
        return new Outage(since, now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE));
    }

    private static long expiry(Login login) {
        @Nullable Instant accessToken = login.tokens().accessTokenExpiresAt();
        @Nullable
        Instant expiry =
                accessToken != null ? accessToken : login.idTokenExpiresAt().orElse(null);
        return expiry == null ? NEVER : expiry.toEpochMilli();
    }
}
