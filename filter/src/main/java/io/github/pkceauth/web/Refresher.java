package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps logins refreshed: as the session policy wants it, and as the application does. Safe for use by
 * several threads.
 */
final class Refresher {

    private final LoginLife life;
    private final RefreshFlights flights;
    private final SignOut signOut;

    Refresher(LoginLife life, RefreshFlights flights, SignOut signOut) {
        this.life = life;
        this.flights = flights;
        this.signOut = signOut;
    }

    /**
     * The login as the session policy wants it, or null where nobody is signed in any longer. A login
     * that cannot be refreshed for longer than the grace is kept in its session, to go on with when the
     * provider is back.
     */
    @Nullable
    Login upToDate(HttpServletRequest request, Login login) throws AuthFailure {
        return switch (life.of(login)) {
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
        if (life.isPausing(login)) {
            return isUsable(login) ? login : null;
        }
        RefreshOutcome outcome = flights.join(request, login, stale);
        @Nullable Login now = outcome.login();
        return now == null || outcome.failure() == null || isUsable(now) ? now : null;
    }

    /** With its old tokens, if there are no others. */
    private boolean isUsable(Login login) {
        return life.of(login) != LoginLife.State.STALE || life.isWithinGrace(login);
    }

    /**
     * The login with an access token that is good for a call.
     *
     * @throws AuthFailure if there is none to be had
     */
    Login fresh(HttpServletRequest request, Login login) throws AuthFailure {
        LoginLife.State state = life.ofTokens(login);
        boolean good = state == LoginLife.State.GOOD;
        boolean stale = state == LoginLife.State.STALE;
        boolean cannot = login.tokens().refreshToken() == null || life.isPausing(login);
        if (good || (!stale && cannot)) {
            return login;
        }
        RefreshOutcome outcome = ofDemand(request, login, stale);
        @Nullable Login now = outcome.login();
        if (now != null && (outcome.failure() == null || isGoodForACall(now))) {
            return now;
        }
        throw ended(outcome);
    }

    private boolean isGoodForACall(Login login) {
        return life.ofTokens(login) != LoginLife.State.STALE;
    }

    /**
     * The login with tokens that were refreshed just now.
     *
     * @throws AuthFailure if that cannot be done
     */
    Login refreshed(HttpServletRequest request, Login login) throws AuthFailure {
        RefreshOutcome outcome = ofDemand(request, login, true);
        if (outcome.login() != null && outcome.failure() == null) {
            return outcome.login();
        }
        throw ended(outcome);
    }

    private RefreshOutcome ofDemand(HttpServletRequest request, Login login, boolean wait) throws AuthFailure {
        login.refreshToken(); // or there is nothing to ask the provider with
        if (life.isPausing(login)) {
            throw new AuthFailure(
                    Reason.PROVIDER_UNREACHABLE, "the provider did not refresh a moment ago, and is not asked yet");
        }
        return flights.join(request, login, wait);
    }

    private static AuthFailure ended(RefreshOutcome outcome) {
        return outcome.failure() == null
                ? new AuthFailure(Reason.LOGIN_ENDED, "the login has ended")
                : outcome.failure();
    }
}
