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

    private static final String PREFIX = "io.github.pkceauth.";

    private final HttpServletResponse response;
    private final CurrentLogin current;
    private final FilterSide filter;

    AuthenticatedRequest(
            HttpServletRequest request, HttpServletResponse response, CurrentLogin current, FilterSide filter) {
        super(request);
        this.response = response;
        this.current = current;
        this.filter = filter;
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
        return current.get() == null ? null : PkceUser.AUTH_TYPE;
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
        Login login = current.get();
        if (login != null && name.startsWith(PREFIX)) {
            if (Tokens.ATTRIBUTE.equals(name)) {
                return login.tokens();
            }
            if (Tokens.Source.ATTRIBUTE.equals(name)) {
                return current;
            }
            if (filter.userAttribute().equals(name)) {
                return login.user();
            }
        }
        return super.getAttribute(name);
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        if (current.get() != null) {
            return true;
        }
        filter.challenge().onDemand((HttpServletRequest) getRequest(), response);
        return false;
    }

    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException("the user is signed in already; and passwords are for the provider alone");
    }

    /** Ends the session here; for the provider's session as well, send the user to logoutPath. */
    @Override
    public void logout() {
        Login login = current.get();
        if (login != null) {
            current.clear();
            filter.signOut().byApplication((HttpServletRequest) getRequest(), response, login);
        }
    }

    /** Without this the container would go on with its own request, which knows no user. */
    @Override
    public AsyncContext startAsync() {
        return getRequest().startAsync(this, response);
    }

    private @Nullable PkceUser user() {
        Login login = current.get();
        return login == null ? null : login.user();
    }
}
