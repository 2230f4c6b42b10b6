package io.github.pkceauth.web;

import io.github.pkceauth.config.SessionLife;
import io.github.pkceauth.config.SessionLife.Policy;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.Login.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells from a login and the time alone whether it is good, and what is to be done about it. */
final class LoginLife {

    private static final Duration LONGEST_AHEAD = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final SessionLife life;

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

    LoginLife(SessionLife life) {
        this.life = life;
    }

    /** What a login is by the session policy. */
    State of(Login login, Instant now) {
        if (life.maxAge().isPresent()
                && !now.isBefore(login.user().loginTime().plus(life.maxAge().get()))) {
            return State.ENDED;
        }
        boolean refreshes = login.tokens().refreshToken() != null;
        return switch (life.policy().orElse(refreshes ? Policy.REFRESH : Policy.CONTAINER)) {
            case CONTAINER -> State.GOOD;
            case ID_TOKEN -> login.idTokenExpiresAt().filter(now::isBefore).isPresent() ? State.GOOD : State.ENDED;
            case REFRESH -> refreshes ? ofTokens(login, now) : ofLast(login, now);
        };
    }

    /** What a login's access token is. Without a word about when it expires, it is good. */
    State ofTokens(Login login, Instant now) {
        Instant since = login.tokens().receivedAt();
        // An ID token from before the last refresh tells nothing of the access token that came by it.
        @Nullable Instant expiry = expiry(login).orElse(null);
        if (expiry == null || (login.tokens().accessTokenExpiresAt() == null && expiry.isBefore(since))) {
            return State.GOOD;
        }
        Duration ahead = shorter(LONGEST_AHEAD, Duration.between(since, expiry).dividedBy(5));
        return now.isBefore(expiry.minus(ahead)) ? State.GOOD : now.isBefore(expiry) ? State.DUE : State.STALE;
    }

    /** Whether a login that could not be refreshed may be used all the same, with its old tokens. */
    boolean isWithinGrace(Login login, Instant now) {
        @Nullable Outage outage = login.outage();
        @Nullable Instant expiry = expiry(login).orElse(null);
        if (outage == null || expiry == null) {
            return false;
        }
        Instant from = outage.since().isAfter(expiry) ? outage.since() : expiry;
        return now.isBefore(from.plus(life.refreshGrace()));
    }

    /** Whether it is too soon for another try. A pause that is longer than any is a clock that was set back. */
    boolean isPausing(Login login, Instant now) {
        @Nullable Outage outage = login.outage();
        return outage != null
                && now.isBefore(outage.over())
                && !now.plus(LONGEST_PAUSE).isBefore(outage.over());
    }

    /** The outage that a failed try at some time belongs to; each pause is as long as the outage so far. */
    static Outage outage(Login login, Instant now) {
        @Nullable Outage before = login.outage();
        Instant since = before == null || before.since().isAfter(now) ? now : before.since();
        Duration soFar = Duration.between(since, now);
        Duration pause = shorter(LONGEST_PAUSE, soFar.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : soFar);
        return new Outage(since, now.plus(pause));
    }

    /** Without a refresh token, the login under this policy lasts as long as what it has. */
    private static State ofLast(Login login, Instant now) {
        return expiry(login).filter(expiry -> !now.isBefore(expiry)).isPresent() ? State.ENDED : State.GOOD;
    }

    private static Optional<Instant> expiry(Login login) {
        return Optional.ofNullable(login.tokens().accessTokenExpiresAt()).or(login::idTokenExpiresAt);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
