package io.github.pkceauth.web;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Tells who is signed in on a request. Safe for use by several threads. */
final class Identity {

    private final Sessions sessions;
    private final RelyingParty relyingParty;
    private final Challenge challenge;

    Identity(Sessions sessions, RelyingParty relyingParty, Challenge challenge) {
        this.sessions = sessions;
        this.relyingParty = relyingParty;
        this.challenge = challenge;
    }

    /** The login of the request's session that this provider vouches for, or null. */
    @Nullable
    Login login(HttpServletRequest request) {
        Login login = sessions.login(request);
        return login != null && relyingParty.made(login) ? login : null;
    }

    /** The request with its user, or null where nobody is signed in. */
    @Nullable
    HttpServletRequest of(HttpServletRequest request, HttpServletResponse response) {
        Login login = login(request);
        if (login == null) {
            return null;
        }
        // Access logs see the container's request, not the wrapped one.
        request.setAttribute(PkceUser.NAME_ATTRIBUTE, login.user().getName());
        return new AuthenticatedRequest(request, response, login, sessions, challenge);
    }
}
