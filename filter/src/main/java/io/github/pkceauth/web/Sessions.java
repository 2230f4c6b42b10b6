package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LoginAttempt;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * Logins and pending logins in the container's sessions; the only class that touches them. What is
 * kept is immutable and replaced as a whole, so that every session store sees each change. A session
 * whose id came in the address is never read, used or upgraded. Safe for use by several threads.
 */
final class Sessions {

    private static final String PREFIX = "io.github.pkceauth.";
    private static final String LOGIN = ".login";
    private static final String ATTEMPT = ".attempt.";

    /** As long as a request that found a pending login may take until it takes it. */
    private static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    /** The container's inactive interval of a shortened session; the same for all filters of an application. */
    private static final String INTERVAL = PREFIX + "interval";

    private final String loginName;
    private final String attemptPrefix;
    private final Duration loginTimeout;
    private final int maxAttempts;
    private final SharedState usedStates;
    private final InstantSource clock;
    private final StripedLocks changing = new StripedLocks();

    Sessions(String filterName, Duration loginTimeout, int maxAttempts, SharedState usedStates, InstantSource clock) {
        this.loginName = PREFIX + filterName + LOGIN;
        this.attemptPrefix = PREFIX + filterName + ATTEMPT;
        this.loginTimeout = loginTimeout;
        this.maxAttempts = maxAttempts;
        this.usedStates = usedStates;
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
            giveBackIntervalIfShared(session);
        } catch (IllegalStateException e) {
            // Another request has ended this session in the meantime.
        }
        return null;
    }

    /** Whether the request came with a session that is open. */
    boolean isOpen(HttpServletRequest request) {
        return existing(request) != null;
    }

    /** Refuses a request whose session id came in the address, where everybody can read it. */
    void refuseIdInUrl(HttpServletRequest request) throws AuthFailure {
        if (request.isRequestedSessionIdFromURL()) {
            throw new AuthFailure(
                    Reason.SESSION_ID_IN_URL,
                    "the session id came in the address, which is refused; let the container keep it in a"
                            + " cookie: <tracking-mode>COOKIE</tracking-mode> in web.xml");
        }
    }

    /** Keeps a pending login until its answer comes; the oldest goes where there are too many. */
    void remember(HttpServletRequest request, LoginAttempt attempt) throws AuthFailure {
        refuseIdInUrl(request);
        HttpSession session = existing(request);
        if (session == null || !put(session, attempt)) {
            HttpSession fresh = create(request);
            shortenInterval(fresh);
            put(fresh, attempt);
        }
    }

    /** Whether the session still took it. */
    private boolean put(HttpSession session, LoginAttempt attempt) {
        try {
            session.setAttribute(attemptPrefix + attempt.state(), attempt);
            forgetSurplus(session);
            return true;
        } catch (IllegalStateException e) {
            return false; // another request has ended this session in the meantime
        }
    }

    /** The pending login of that state in the request's session, expired or not, or null. */
    @Nullable
    LoginAttempt attempt(HttpServletRequest request, String state) {
        HttpSession session = state.isEmpty() ? null : existing(request);
        try {
            return session != null && session.getAttribute(attemptPrefix + state) instanceof LoginAttempt attempt
                    ? attempt
                    : null;
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** Whether a restarted login is pending in the request's session. */
    boolean hasRestarted(HttpServletRequest request) {
        HttpSession session = existing(request);
        return session != null && attempts(session).stream().anyMatch(each -> LoginAttempt.isRestart(each.state()));
    }

    /**
     * Takes a pending login, once and for all.
     *
     * @return whether this request is the one that took it
     */
    boolean take(HttpServletRequest request, LoginAttempt attempt) throws AuthFailure {
        // The attribute goes at once; the mark is for those who have found it already, on whatever node.
        if (!usedStates.putIfAbsent(attempt.state(), "used", IN_FLIGHT)) {
            return false;
        }
        forget(request, attempt);
        return true;
    }

    /** Forgets a pending login without using it. */
    void forget(HttpServletRequest request, LoginAttempt attempt) {
        HttpSession session = existing(request);
        if (session != null) {
            removeQuietly(session, attemptPrefix + attempt.state());
        }
    }

    /**
     * Signs the user in. In a session of the same user the login is replaced. A session in which nobody
     * was signed in gets a new id (session fixation). Another user's session ends, so that nothing of it
     * is seen by the next.
     *
     * @return the login of another user that has ended by it, or null
     */
    @Nullable
    Login establish(HttpServletRequest request, Login login) throws AuthFailure {
        refuseIdInUrl(request);
        // Two tabs that finish together must not both change the id: one cookie would name no session.
        Lock lock = changing.of(request.getRequestedSessionId());
        lock.lock();
        try {
            HttpSession session = existing(request);
            if (session == null) {
                throw new IllegalStateException("a logout came in between, and stands");
            }
            Login before = login(request);
            if (before == null) {
                request.changeSessionId();
            } else if (!before.isOfSameUserAs(login)) {
                session.invalidate();
                session = create(request);
                // Tomcat gives a new session the id that came with the request, if another application has it.
                request.changeSessionId();
            }
            giveBackInterval(session);
            forgetExpired(session);
            session.setAttribute(loginName, login);
            return before == null || before.isOfSameUserAs(login) ? null : before;
        } catch (IllegalStateException e) {
            throw new AuthFailure(Reason.LOGIN_NOT_FOUND, "the session ended while the login was being completed", e);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a later state of the login in its place, unless there is a later one still.
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
                session.setAttribute(loginName, login);
            }
            return true;
        } catch (IllegalStateException e) {
            return false; // another request has ended this session in the meantime
        } finally {
            lock.unlock();
        }
    }

    /** How long nobody had used the request's session before it. */
    Duration idle(HttpServletRequest request) {
        HttpSession session = existing(request);
        try {
            return session == null || session.isNew()
                    ? Duration.ZERO
                    : Duration.between(Instant.ofEpochMilli(session.getLastAccessedTime()), clock.instant());
        } catch (IllegalStateException e) {
            return Duration.ZERO; // another request has ended this session in the meantime
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

    private static @Nullable HttpSession existing(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session == null || request.isRequestedSessionIdFromURL() ? null : session;
    }

    private static HttpSession create(HttpServletRequest request) throws AuthFailure {
        try {
            HttpSession session = request.getSession(true);
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

    /** A session that exists for a pending login alone need not outlive it. */
    private void shortenInterval(HttpSession session) {
        int standard = session.getMaxInactiveInterval();
        int brief = (int) Math.max(1, loginTimeout.plusMillis(999).toSeconds());
        if (standard <= 0 || brief < standard) {
            session.setAttribute(INTERVAL, standard);
            session.setMaxInactiveInterval(brief);
        }
    }

    private void giveBackIntervalIfShared(HttpSession session) {
        if (session.getAttribute(INTERVAL) != null
                && Collections.list(session.getAttributeNames()).stream().anyMatch(name -> !isOurs(name))) {
            giveBackInterval(session);
        }
    }

    private void giveBackInterval(HttpSession session) {
        if (session.getAttribute(INTERVAL) instanceof Integer standard) {
            session.setMaxInactiveInterval(standard);
            session.removeAttribute(INTERVAL);
        }
    }

    private void forgetSurplus(HttpSession session) {
        // Expired ones stay as long as there is room: they still know where the user was going.
        List<LoginAttempt> pending = attempts(session);
        pending.sort(Comparator.comparing(LoginAttempt::startedAt));
        int surplus = Math.max(0, pending.size() - maxAttempts);
        for (LoginAttempt attempt : pending.subList(0, surplus)) {
            removeQuietly(session, attemptPrefix + attempt.state());
        }
    }

    private void forgetExpired(HttpSession session) {
        Instant now = clock.instant();
        for (LoginAttempt attempt : attempts(session)) {
            if (attempt.isExpired(now)) {
                removeQuietly(session, attemptPrefix + attempt.state());
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.equals(INTERVAL) || (name.startsWith(PREFIX) && (name.endsWith(LOGIN) || name.contains(ATTEMPT)));
    }

    private List<LoginAttempt> attempts(HttpSession session) {
        List<LoginAttempt> attempts = new ArrayList<>();
        try {
            for (String name : Collections.list(session.getAttributeNames())) {
                if (name.startsWith(attemptPrefix) && session.getAttribute(name) instanceof LoginAttempt attempt) {
                    attempts.add(attempt);
                }
            }
        } catch (IllegalStateException e) {
            // Another request has ended this session in the meantime; what was found is stale, too.
        }
        return attempts;
    }

    private static void removeQuietly(HttpSession session, String name) {
        try {
            session.removeAttribute(name);
        } catch (IllegalStateException e) {
            // Another request has ended this session in the meantime, and the attribute with it.
        }
    }
}
