package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.Login.Outage;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.Renewal;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps logins refreshed. However many requests of a login find that it is time, on one node or on
 * many, one of them calls the provider, and the others take what came of it. Safe for use by several
 * threads.
 */
final class Refresher {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final RelyingParty relyingParty;
    private final Sessions sessions;
    private final EndedLogins endedLogins;
    private final SignOut signOut;
    private final RefreshTurns turns;
    private final LoginLife life;
    private final Duration longestWait;
    private final Events events;
    private final InstantSource clock;
    private final ConcurrentMap<String, CompletableFuture<Outcome>> underWay = new ConcurrentHashMap<>();

    /**
     * What came of a refresh.
     *
     * @param login the login as it is now, or null where it has ended
     * @param failure why its tokens are the old ones, or null
     */
    private record Outcome(@Nullable Login login, @Nullable AuthFailure failure) {
        private static final Outcome ENDED = new Outcome(null, null);
    }

    Refresher(
            RelyingParty relyingParty,
            Sessions sessions,
            EndedLogins endedLogins,
            SignOut signOut,
            RefreshTurns turns,
            LoginLife life,
            Duration longestWait,
            Events events,
            InstantSource clock) {
        this.relyingParty = relyingParty;
        this.sessions = sessions;
        this.endedLogins = endedLogins;
        this.signOut = signOut;
        this.turns = turns;
        this.life = life;
        this.longestWait = longestWait;
        this.events = events;
        this.clock = clock;
    }

    /**
     * The login as the session policy wants it, or null where nobody is signed in any longer. A login
     * that cannot be refreshed for longer than the grace is kept in its session, to go on with when the
     * provider is back.
     */
    @Nullable
    Login upToDate(HttpServletRequest request, Login login) throws AuthFailure {
        return switch (life.of(login, clock.instant())) {
            case GOOD -> login;
            case DUE -> byPolicy(request, login, false);
            case STALE -> byPolicy(request, login, true);
            case ENDED -> {
                signOut.end(request, login, Cause.EXPIRED);
                yield null;
            }
        };
    }

    private @Nullable Login byPolicy(HttpServletRequest request, Login login, boolean stale) throws AuthFailure {
        if (life.isPausing(login, clock.instant())) {
            return isUsable(login) ? login : null;
        }
        Outcome outcome = refresh(request, login, stale);
        @Nullable Login now = outcome.login();
        return now == null || outcome.failure() == null || isUsable(now) ? now : null;
    }

    /** With its old tokens, if there are no others. */
    private boolean isUsable(Login login) {
        Instant now = clock.instant();
        return life.of(login, now) != LoginLife.State.STALE || life.isWithinGrace(login, now);
    }

    /**
     * The login with an access token that is good for a call.
     *
     * @throws AuthFailure if there is none to be had
     */
    Login fresh(HttpServletRequest request, Login login) throws AuthFailure {
        LoginLife.State state = life.ofTokens(login, clock.instant());
        boolean good = state == LoginLife.State.GOOD;
        boolean stale = state == LoginLife.State.STALE;
        boolean cannot = login.tokens().refreshToken() == null || life.isPausing(login, clock.instant());
        if (good || (!stale && cannot)) {
            return login;
        }
        Outcome outcome = ofDemand(request, login, stale);
        @Nullable Login now = outcome.login();
        if (now != null && (outcome.failure() == null || isGoodForACall(now))) {
            return now;
        }
        throw ended(outcome);
    }

    private boolean isGoodForACall(Login login) {
        return life.ofTokens(login, clock.instant()) != LoginLife.State.STALE;
    }

    /**
     * The login with tokens that were refreshed just now.
     *
     * @throws AuthFailure if that cannot be done
     */
    Login refreshed(HttpServletRequest request, Login login) throws AuthFailure {
        Outcome outcome = ofDemand(request, login, true);
        if (outcome.login() != null && outcome.failure() == null) {
            return outcome.login();
        }
        throw ended(outcome);
    }

    private Outcome ofDemand(HttpServletRequest request, Login login, boolean wait) throws AuthFailure {
        if (login.tokens().refreshToken() == null) {
            throw new AuthFailure(
                    Reason.REFRESH_IMPOSSIBLE,
                    "the provider issued no refresh token: let its registration of the client allow it, and add"
                            + " offline_access to scope where the provider wants that");
        }
        if (life.isPausing(login, clock.instant())) {
            throw new AuthFailure(
                    Reason.PROVIDER_UNREACHABLE, "the provider did not refresh a moment ago, and is not asked yet");
        }
        return refresh(request, login, wait);
    }

    private static AuthFailure ended(Outcome outcome) {
        return outcome.failure() == null
                ? new AuthFailure(Reason.LOGIN_ENDED, "the login has ended")
                : outcome.failure();
    }

    /** One of all the requests that come here leads, the others wait for it, or go on with what they have. */
    private Outcome refresh(HttpServletRequest request, Login seen, boolean wait) throws AuthFailure {
        CompletableFuture<Outcome> mine = new CompletableFuture<>();
        CompletableFuture<Outcome> theirs = underWay.putIfAbsent(seen.id(), mine);
        if (theirs != null) {
            return wait ? adopted(request, seen, theirs) : new Outcome(seen, null);
        }
        try {
            Outcome outcome = lead(request, seen, wait);
            mine.complete(outcome);
            return outcome;
        } catch (AuthFailure | RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(seen.id(), mine);
        }
    }

    private Outcome adopted(HttpServletRequest request, Login seen, CompletableFuture<Outcome> theirs)
            throws AuthFailure {
        try {
            Outcome outcome = theirs.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
            // This request may have a copy of the session of its own, depending on the session store.
            if (outcome.login() == null) {
                return Outcome.ENDED;
            }
            return sessions.replace(request, outcome.login()) ? outcome : inPlace(sessions.login(request));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthFailure failure) {
                throw failure;
            }
            throw new AuthFailure(Reason.INTERNAL_ERROR, "the filter failed; please report this", e);
        } catch (TimeoutException e) {
            return failed(request, seen, unwaited("gave no answer within " + longestWait));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(request, seen, unwaited("was not waited for: this thread was interrupted"));
        }
    }

    private static AuthFailure unwaited(String how) {
        return new AuthFailure(Reason.PROVIDER_UNREACHABLE, "another request's refresh of the same login " + how);
    }

    private Outcome lead(HttpServletRequest request, Login seen, boolean wait) throws AuthFailure {
        // The one before may have come to its end between this request's first look and now.
        @Nullable Login current = sessions.login(request);
        if (current == null || !current.id().equals(seen.id())) {
            return inPlace(current);
        }
        if (current.isNewerThan(seen)) {
            return found(current, seen);
        }
        Optional<Login> newer = turns.newerThan(current);
        while (newer.isEmpty() && !turns.take(current)) {
            if (!wait) {
                return new Outcome(current, null);
            }
            try {
                newer = turns.await(current, longestWait);
            } catch (AuthFailure e) {
                if (e.reason() == Reason.STORE_UNAVAILABLE) {
                    throw e;
                }
                Optional<Cause> ended = endedLogins.find(current);
                return ended.isPresent() ? end(request, current, ended.get(), null) : failed(request, current, e);
            }
        }
        if (newer.isEmpty()) {
            newer = turns.newerThan(current); // another node may have come to its end just before this one's turn
        }
        if (newer.isPresent()) {
            return sessions.replace(request, newer.get()) ? found(newer.get(), seen) : inPlace(sessions.login(request));
        }
        Optional<Cause> ended = endedLogins.find(current);
        return ended.isPresent() ? end(request, current, ended.get(), null) : call(request, current);
    }

    /** What another request or node has come to: new tokens, or no more than a new refresh token. */
    private static Outcome found(Login newer, Login seen) {
        boolean hasNewTokens = !newer.tokens().receivedAt().equals(seen.tokens().receivedAt());
        return new Outcome(newer, hasNewTokens ? null : unwaited("came to nothing a moment ago"));
    }

    /** The login in whose place the user has signed in anew in the meantime, if that is why it is gone. */
    private Outcome inPlace(@Nullable Login current) {
        return current == null || !relyingParty.made(current) ? Outcome.ENDED : new Outcome(current, null);
    }

    private Outcome call(HttpServletRequest request, Login current) {
        Renewal renewal;
        try {
            renewal = relyingParty.refresh(current);
        } catch (AuthFailure e) {
            if (e.reason() == Reason.LOGIN_ENDED) {
                LOG.log(Level.INFO, "a login has ended at the provider: {0}", e.getMessage());
                Outcome outcome = end(request, current, Cause.REFRESH_REFUSED, e);
                turns.over(current); // marked as ended by now, for those who wait for this turn
                return outcome;
            }
            warn(current, e);
            Outage outage = LoginLife.outage(current, clock.instant());
            turns.failed(current, Duration.between(clock.instant(), outage.over()));
            return failed(request, current, e);
        }
        @Nullable AuthFailure failure = renewal.failure();
        if (failure == null) {
            return kept(request, renewal.login(), null);
        }
        warn(current, failure);
        return kept(request, during(renewal.login()), failure);
    }

    /** What is not kept is lost, because the refresh token before it is used up. */
    private Outcome kept(HttpServletRequest request, Login login, @Nullable AuthFailure failure) {
        turns.succeeded(login);
        Optional<Cause> ended = ended(login);
        if (ended.isPresent()) {
            // A logout came in between, and stands; nobody needs the new tokens.
            relyingParty.revoke(login);
            return end(request, login, ended.get(), null);
        }
        if (!sessions.replace(request, login)) {
            @Nullable Login current = sessions.login(request);
            if (current == null) {
                endedLogins.add(login);
                relyingParty.revoke(login);
            }
            return inPlace(current);
        }
        if (failure == null) {
            events.tell(new LoginEvent.Refreshed(login.user()));
        }
        return new Outcome(login, failure);
    }

    /** Where that cannot be told just now, the next request is refused until it can. */
    private Optional<Cause> ended(Login login) {
        try {
            return endedLogins.find(login);
        } catch (AuthFailure e) {
            LOG.log(Level.DEBUG, "whether a refreshed login has ended in the meantime is found out later", e);
            return Optional.empty();
        }
    }

    /** Ends the login, and with it its session, but not one in which the user has signed in anew in the meantime. */
    private Outcome end(HttpServletRequest request, Login login, Cause cause, @Nullable AuthFailure failure) {
        @Nullable Login current = sessions.login(request);
        if (current == null || !current.id().equals(login.id())) {
            endedLogins.add(login);
            return inPlace(current);
        }
        signOut.end(request, login, cause);
        return new Outcome(null, failure);
    }

    private Outcome failed(HttpServletRequest request, Login login, AuthFailure failure) {
        Login during = during(login);
        return sessions.replace(request, during) ? new Outcome(during, failure) : inPlace(sessions.login(request));
    }

    private Login during(Login login) {
        return login.during(LoginLife.outage(login, clock.instant()));
    }

    /** Once for each login and outage, and not for each try. */
    private static void warn(Login login, AuthFailure failure) {
        LOG.log(
                login.outage() == null ? Level.WARNING : Level.DEBUG,
                "the tokens of a login could not be refreshed, which is tried again: {0}",
                failure.getMessage());
    }
}
