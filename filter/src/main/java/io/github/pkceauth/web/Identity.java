package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells who is signed in on a request. Safe for use by several threads. */
final class Identity {

    private final Sessions sessions;
    private final RelyingParty relyingParty;
    private final EndedLogins endedLogins;
    private final Refresher refresher;
    private final FilterSide filter;
    private final boolean missesNotices;

    /**
     * What it takes to tell.
     *
     * @param missesNotices whether a session that nobody uses may miss a notice of the provider
     */
    Identity(
            Sessions sessions,
            RelyingParty relyingParty,
            EndedLogins endedLogins,
            Refresher refresher,
            FilterSide filter,
            boolean missesNotices) {
        this.sessions = sessions;
        this.relyingParty = relyingParty;
        this.endedLogins = endedLogins;
        this.refresher = refresher;
        this.filter = filter;
        this.missesNotices = missesNotices;
    }

    /** The login that the request's session holds from this provider, good still or not, or null. */
    @Nullable
    Login known(HttpServletRequest request) {
        Login login = sessions.login(request);
        return login != null && relyingParty.made(login) ? login : null;
    }

    /**
     * The login of the request, which has not ended and is refreshed if that is due, or null.
     *
     * @throws AuthFailure if that cannot be told
     */
    @Nullable
    Login login(HttpServletRequest request) throws AuthFailure {
        Login login = known(request);
        if (login == null) {
            return null;
        }
        Optional<Cause> ended = ended(request, login);
        if (ended.isPresent()) {
            filter.signOut().end(request, login, ended.get());
            return null;
        }
        return refresher.upToDate(request, login);
    }

    private Optional<Cause> ended(HttpServletRequest request, Login login) throws AuthFailure {
        if (missesNotices
                && sessions.idleMillis(request) > endedLogins.noticeLife().toMillis()) {
            return Optional.of(Cause.EXPIRED);
        }
        return endedLogins.find(login);
    }

    /**
     * The request with its user where it is dispatched once more, after it has passed, or null: nothing is looked
     * up or refreshed for that.
     */
    @Nullable
    HttpServletRequest again(HttpServletRequest request, HttpServletResponse response) {
        Login login = request.getAttribute(PkceUser.NAME_ATTRIBUTE) == null ? null : known(request);
        return login == null ? null : of(login, request, response);
    }

    /** The request with its user. */
    HttpServletRequest of(Login login, HttpServletRequest request, HttpServletResponse response) {
        // Access logs see the container's request, not the wrapped one.
        request.setAttribute(PkceUser.NAME_ATTRIBUTE, login.user().getName());
        CurrentLogin current = new CurrentLogin(request, refresher, filter.tls(), login);
        return new AuthenticatedRequest(request, response, current, filter);
    }
}
