package io.github.pkceauth.web;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request of a signed-in user, who stays known in asynchronous processing, too. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final Sessions sessions;
    private final Challenge challenge;
    private volatile @Nullable Login login;

    AuthenticatedRequest(
            HttpServletRequest request,
            HttpServletResponse response,
            Login login,
            Sessions sessions,
            Challenge challenge) {
        super(request);
        this.response = response;
        this.login = login;
        this.sessions = sessions;
        this.challenge = challenge;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return user();
    }

    @Override
    public @Nullable String getRemoteUser() {
        PkceUser user = user();
        return user == null ? null : user.getName();
    }

    @Override
    public @Nullable String getAuthType() {
        return login == null ? null : PkceUser.AUTH_TYPE;
    }

    /** Jakarta Servlet 6.0: nobody has the role "*", and everybody signed in has "**". */
    @Override
    public boolean isUserInRole(String role) {
        PkceUser user = user();
        return user != null
                && !"*".equals(role)
                && ("**".equals(role) || user.roles().contains(role));
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        Login current = login;
        return current != null && Tokens.ATTRIBUTE.equals(name) ? current.tokens() : super.getAttribute(name);
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        if (login != null) {
            return true;
        }
        challenge.onDemand((HttpServletRequest) getRequest(), response);
        return false;
    }

    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException("the user is signed in already; and passwords are for the provider alone");
    }

    /** Ends the session here; for the provider's session as well, send the user to logoutPath. */
    @Override
    public void logout() {
        if (login != null) {
            login = null;
            sessions.end((HttpServletRequest) getRequest());
        }
    }

    /** Without this the container would go on with its own request, which knows no user. */
    @Override
    public AsyncContext startAsync() {
        return getRequest().startAsync(this, response);
    }

    private @Nullable PkceUser user() {
        Login current = login;
        return current == null ? null : current.user();
    }
}
