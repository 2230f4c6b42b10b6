package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.Tls;
import jakarta.servlet.http.HttpServletRequest;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The login of one request, as the application changes it: by refreshes, and by signing out. */
final class CurrentLogin implements Tokens.Source {

    private final HttpServletRequest request;
    private final Refresher refresher;
    private final Tls tls;
    private volatile @Nullable Login login;

    CurrentLogin(HttpServletRequest request, Refresher refresher, Tls tls, Login login) {
        this.request = request;
        this.refresher = refresher;
        this.tls = tls;
        this.login = login;
    }

    /** The login, or null once it has ended. */
    @Nullable
    Login get() {
        return login;
    }

    /** Nobody is signed in from here on. */
    synchronized void clear() {
        login = null;
    }

    /** Unless another thread of the request has signed the user out in the meantime. */
    private synchronized void stay(Login after) {
        if (login != null) {
            login = after;
        }
    }

    @Override
    public Tokens fresh() throws AuthFailure {
        return now(refresher::fresh);
    }

    @Override
    public Tokens refreshed() throws AuthFailure {
        return now(refresher::refreshed);
    }

    @Override
    public SSLContext sslContext() {
        return tls.contextOrDefault();
    }

    /** How the login comes to its tokens. */
    private interface Way {
        Login of(HttpServletRequest request, Login login) throws AuthFailure;
    }

    private Tokens now(Way way) throws AuthFailure {
        Login before = login;
        if (before == null) {
            throw new AuthFailure(Reason.LOGIN_REQUIRED, "the user has signed out on this request");
        }
        try {
            Login after = way.of(request, before);
            stay(after);
            return after.tokens();
        } catch (AuthFailure e) {
            if (e.reason() == Reason.LOGIN_ENDED) {
                clear();
            }
            throw e;
        }
    }
}
