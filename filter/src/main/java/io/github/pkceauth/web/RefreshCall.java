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
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one call that refreshes a login, and what is kept of it: by the request whose turn it is, and
 * by nobody else. Safe for use by several threads.
 */
final class RefreshCall {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final RelyingParty relyingParty;
    private final Sessions sessions;
    private final EndedLogins endedLogins;
    private final SignOut signOut;
    private final RefreshTurns turns;
    private final Events events;
    private final InstantSource clock;

    RefreshCall(
            RelyingParty relyingParty,
            Sessions sessions,
            EndedLogins endedLogins,
            SignOut signOut,
            RefreshTurns turns,
            Events events,
            InstantSource clock) {
        this.relyingParty = relyingParty;
        this.sessions = sessions;
        this.endedLogins = endedLogins;
        this.signOut = signOut;
        this.turns = turns;
        this.events = events;
        this.clock = clock;
    }

    /** Refreshes a login, unless it has ended. */
    RefreshOutcome make(HttpServletRequest request, Login current) throws AuthFailure {
        Optional<RefreshOutcome> ended = ifEnded(request, current);
        return ended.isPresent() ? ended.get() : call(request, current);
    }

    /** What there is to say of a login that has ended, which ends its session as well. */
    Optional<RefreshOutcome> ifEnded(HttpServletRequest request, Login login) throws AuthFailure {
        return endedLogins.find(login).map(cause -> end(request, login, cause, null));
    }

    private RefreshOutcome call(HttpServletRequest request, Login current) {
        Renewal renewal;
        try {
            renewal = relyingParty.refresh(current);
        } catch (AuthFailure e) {
            if (e.reason() == Reason.LOGIN_ENDED) {
                tellEnd(e);
                RefreshOutcome outcome = end(request, current, Cause.REFRESH_REFUSED, e);
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
    private RefreshOutcome kept(HttpServletRequest request, Login login, @Nullable AuthFailure failure) {
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
        return new RefreshOutcome(login, failure);
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
    private RefreshOutcome end(HttpServletRequest request, Login login, Cause cause, @Nullable AuthFailure failure) {
        @Nullable Login current = sessions.login(request);
        if (current == null || !current.id().equals(login.id())) {
            endedLogins.add(login);
            return inPlace(current);
        }
        signOut.end(request, login, cause);
        return new RefreshOutcome(null, failure);
    }

    /** A login that goes on with the tokens that it has, as long as it may. */
    RefreshOutcome failed(HttpServletRequest request, Login login, AuthFailure failure) {
        Login during = during(login);
        return sessions.replace(request, during)
                ? new RefreshOutcome(during, failure)
                : inPlace(sessions.login(request));
    }

    private Login during(Login login) {
        return login.during(LoginLife.outage(login, clock.instant()));
    }

    /** That the provider has ended a login is nothing unusual; that it answers about another one is. */
    private static void tellEnd(AuthFailure failure) {
        if (failure.getCause() == null) {
            LOG.log(Level.INFO, "a login has ended at the provider: {0}", failure.getMessage());
        } else {
            LOG.log(Level.WARNING, "a login was ended: {0}", failure.getMessage());
        }
    }

    /** Once for each login and outage, and not for each try. */
    private static void warn(Login login, AuthFailure failure) {
        LOG.log(
                login.outage() == null ? Level.WARNING : Level.DEBUG,
                "the tokens of a login could not be refreshed, which is tried again: {0}",
                failure.getMessage());
    }

    /** The login in whose place the user has signed in anew in the meantime, if that is why it is gone. */
    RefreshOutcome inPlace(@Nullable Login current) {
        return current == null || !relyingParty.made(current)
                ? RefreshOutcome.ENDED
                : new RefreshOutcome(current, null);
    }
}
