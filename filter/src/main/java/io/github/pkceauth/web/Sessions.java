package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Logins in the container's sessions, which this and {@link SessionPendingLogins} alone touch. What is kept is
 * immutable and replaced as a whole, so that every session store sees each change. A session whose id
 * came in the address is never read, used or upgraded. Safe for use by several threads.
 */
final class Sessions {

    static final String PREFIX = "io.github.pkceauth.";
    static final String LOGIN = ".login";

    private final String loginName;
    private final PendingLogins pendingLogins;
    private final InstantSource clock;
    private final StripedLocks changing = new StripedLocks();

    Sessions(String filterName, PendingLogins pendingLogins, InstantSource clock) {
        this.loginName = PREFIX + filterName + LOGIN;
        this.pendingLogins = pendingLogins;
        this.clock = clock;
    }

    /** The login of the request's session, or null. */
    @Nullable
    Login login(HttpServletRequest request) {
        HttpSession session = existing(request);
        if (session == null) {
            return null;
        }
        try {
            if (session.getAttribute(loginName) instanceof Login login) {
                return login;
            }
            SessionInterval.giveBackIfShared(session);
        } catch (IllegalStateException e) {
            // Another request has ended this session in the meantime.
        }
        return null;
    }

    /** Whether the request came with a session that is open. */
    static boolean isOpen(HttpServletRequest request) {
        return existing(request) != null;
    }

    /** Refuses a request whose session id came in the address, where everybody can read it. */
    static void refuseIdInUrl(HttpServletRequest request) throws AuthFailure {
        if (request.isRequestedSessionIdFromURL()) {
            throw new AuthFailure(
                    Reason.SESSION_ID_IN_URL,
                    "the session id came in the address, which is refused; let the container keep it in a"
                            + " cookie: <tracking-mode>COOKIE</tracking-mode> in web.xml");
        }
    }

    /**
     * Signs the user in. In a session of the same user the login is replaced. A session in which nobody
     * was signed in gets a new id (session fixation). Another user's session ends, so that nothing of it
     * is seen by the next; and what one user has sent is never sent in the name of the next.
     *
     * @param cameWithSession whether a session was open when the answer came: gone meanwhile, it has been ended
     * @return the login of another user that has ended by it, or null
     */
    @Nullable
    Login establish(HttpServletRequest request, Login login, boolean cameWithSession) throws AuthFailure {
        refuseIdInUrl(request);
        // Two tabs that finish together must not both change the id: one cookie would name no session.
        Lock lock = changing.of(request.getRequestedSessionId());
        lock.lock();
        try {
            HttpSession session = existing(request);
            if (session == null && cameWithSession) {
                throw new IllegalStateException("a logout came in between, and stands");
            }
            Login before = login(request);
            if (session == null) {
                session = createAnew(request);
            } else if (before == null) {
                request.changeSessionId();
            } else if (!before.isOfSameUserAs(login)) {
                session.invalidate();
                session = createAnew(request);
            }
            SessionInterval.giveBack(session);
            pendingLogins.forgetExpired(session);
            boolean isAnother = before != null && !before.isOfSameUserAs(login);
            session.setAttribute(loginName, isAnother ? login.with(null) : withFormOf(before, login));
            return isAnother ? before : null;
        } catch (IllegalStateException e) {
            throw new AuthFailure(Reason.LOGIN_NOT_FOUND, "the session ended while the login was being completed", e);
        } finally {
            lock.unlock();
        }
    }

    /** A form may still wait for a user who has signed in once more in the meantime. */
    private static Login withFormOf(@Nullable Login before, Login login) {
        return before == null || login.form() != null ? login : login.with(before.form());
    }

    /**
     * Puts a later state of the login in its place, unless there is a later one still. A form that waits, or none,
     * stays as it is.
     *
     * @return whether the session, and the login in it, is there yet
     */
    boolean replace(HttpServletRequest request, Login login) {
        // The same as for a new login in this session, which this must not replace.
        Lock lock = changing.of(request.getRequestedSessionId());
        lock.lock();
        try {
            HttpSession session = existing(request);
            Login current = login(request);
            if (session == null || current == null || !login.id().equals(current.id())) {
                return false;
            }
            if (!current.isNewerThan(login)) {
                session.setAttribute(loginName, login.with(current.form()));
            }
            return true;
        } catch (IllegalStateException e) {
            return false; // another request has ended this session in the meantime
        } finally {
            lock.unlock();
        }
    }

    /** Has no form wait any longer, in whatever state the login is by now. */
    void forgetForm(HttpServletRequest request) {
        Lock lock = changing.of(request.getRequestedSessionId());
        lock.lock();
        try {
            HttpSession session = existing(request);
            Login current = login(request);
            if (session != null && current != null) {
                session.setAttribute(loginName, current.with(null));
            }
        } catch (IllegalStateException e) {
            // Another request has ended this session in the meantime, and the form with it.
        } finally {
            lock.unlock();
        }
    }

    /** How long nobody had used the request's session before it, in milliseconds. */
    long idleMillis(HttpServletRequest request) {
        HttpSession session = existing(request);
        try {
            return session == null || session.isNew() ? 0 : clock.millis() - session.getLastAccessedTime();
        } catch (IllegalStateException e) {
            return 0; // another request has ended this session in the meantime
        }
    }

    /**
     * Ends the request's session with everything in it.
     *
     * @return whether it was this call that ended it
     */
    boolean end(HttpServletRequest request) {
        HttpSession session = existing(request);
        if (session == null) {
            return false;
        }
        try {
            session.invalidate();
            return true;
        } catch (IllegalStateException e) {
            return false; // it has ended already
        }
    }

    static @Nullable HttpSession existing(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null || request.isRequestedSessionIdFromURL() ? null : session;
    }

    static HttpSession create(HttpServletRequest request) throws AuthFailure {
        try {
            HttpSession session = created(request);
            if (session != null) {
                return session;
            }
        } catch (IllegalStateException e) {
            throw new AuthFailure(
                    Reason.SESSIONS_UNAVAILABLE,
                    "the container gives this application no session ("
                            + e.getMessage()
                            + "); in embedded Jetty, make the ServletContextHandler with SESSIONS",
                    e);
        }
        throw new AuthFailure(Reason.SESSIONS_UNAVAILABLE, "the container gives this application no session");
    }

    /** Makes a session with an id that nobody knew before, as Tomcat reuses what came if another application has it. */
    private static HttpSession createAnew(HttpServletRequest request) throws AuthFailure {
        HttpSession session = create(request);
        if (request.getRequestedSessionId() != null) {
            request.changeSessionId();
        }
        return session;
    }

    private static @Nullable HttpSession created(HttpServletRequest request) {
        try {
            return request.getSession(true);
        } catch (IllegalArgumentException e) {
            // Undertow takes back the cookie of a session that it does not know, and then refuses to write a value that
            // it has read, such as one with a space in quotes. It tries that once a request.
            return request.getSession(true);
        }
    }
}
