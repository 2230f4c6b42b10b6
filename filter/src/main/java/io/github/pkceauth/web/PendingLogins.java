package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.KeptAttempt;
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
import org.jspecify.annotations.Nullable;

/**
 * Logins that wait for the provider's answer, each an attribute of the user's session named by its
 * state. A session that is there for nothing else is kept short. Safe for use by several threads.
 */
final class PendingLogins {

    private static final String ATTEMPT = ".attempt.";

    /** As long as a request that found a pending login may take until it takes it. */
    private static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    /** The container's inactive interval of a shortened session; the same for all filters of an application. */
    private static final String INTERVAL = Sessions.PREFIX + "interval";

    private final String attemptPrefix;
    private final Duration loginTimeout;
    private final int maxAttempts;
    private final SharedState usedStates;
    private final InstantSource clock;

    /** The container's interval when it was last seen: nearly all sessions have the same, and share this. */
    private volatile Integer standardInterval = 0;

    PendingLogins(
            String filterName, Duration loginTimeout, int maxAttempts, SharedState usedStates, InstantSource clock) {
        this.attemptPrefix = Sessions.PREFIX + filterName + ATTEMPT;
        this.loginTimeout = loginTimeout;
        this.maxAttempts = maxAttempts;
        this.usedStates = usedStates;
        this.clock = clock;
    }

    /** Keeps a pending login until its answer comes; the oldest goes where there are too many. */
    void remember(HttpServletRequest request, LoginAttempt attempt) throws AuthFailure {
        Sessions.refuseIdInUrl(request);
        HttpSession session = Sessions.existing(request);
        if (session == null || !add(session, attempt)) {
            HttpSession fresh = Sessions.create(request);
            try {
                shortenInterval(fresh);
                put(fresh, attempt);
            } catch (IllegalStateException e) {
                // Ended at once, by a listener of the application, say: the answer will find no pending login.
            }
        }
    }

    private void put(HttpSession session, LoginAttempt attempt) {
        session.setAttribute(attemptPrefix + attempt.state(), KeptAttempt.of(attempt));
    }

    /** Whether the session still took it. */
    private boolean add(HttpSession session, LoginAttempt attempt) {
        try {
            put(session, attempt);
            forgetSurplus(session);
            return true;
        } catch (IllegalStateException e) {
            return false; // another request has ended this session in the meantime
        }
    }

    /** The pending login of that state in the request's session, expired or not, or null. */
    @Nullable
    LoginAttempt attempt(HttpServletRequest request, String state) {
        HttpSession session = state.isEmpty() ? null : Sessions.existing(request);
        try {
            return session != null && session.getAttribute(attemptPrefix + state) instanceof KeptAttempt kept
                    ? kept.attempt(state)
                    : null;
        } catch (IllegalStateException e) {
            return null;
        }
    }

    /** Whether a restarted login is pending in the request's session. */
    boolean hasRestarted(HttpServletRequest request) {
        HttpSession session = Sessions.existing(request);
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
        HttpSession session = Sessions.existing(request);
        if (session != null) {
            removeQuietly(session, attemptPrefix + attempt.state());
        }
    }

    /** A session that exists for a pending login alone need not outlive it. */
    private void shortenInterval(HttpSession session) {
        int standard = session.getMaxInactiveInterval();
        int brief = (int) Math.max(1, loginTimeout.plusMillis(999).toSeconds());
        if (standard <= 0 || brief < standard) {
            session.setAttribute(INTERVAL, shared(standard));
            session.setMaxInactiveInterval(brief);
        }
    }

    private Integer shared(int interval) {
        Integer last = standardInterval;
        if (last != interval) {
            last = interval;
            standardInterval = last;
        }
        return last;
    }

    /** Gives the session its own interval back as soon as the application keeps something in it, too. */
    void giveBackIntervalIfShared(HttpSession session) {
        if (session.getAttribute(INTERVAL) != null
                && Collections.list(session.getAttributeNames()).stream().anyMatch(name -> !isOurs(name))) {
            giveBackInterval(session);
        }
    }

    /** Leaves a session that is there for a login, too, in order: its own interval, and no pending login that expired. */
    void settle(HttpSession session) {
        giveBackInterval(session);
        forgetExpired(session);
    }

    private static void giveBackInterval(HttpSession session) {
        if (session.getAttribute(INTERVAL) instanceof Integer standard) {
            session.setMaxInactiveInterval(standard);
            session.removeAttribute(INTERVAL);
        }
    }

    private void forgetSurplus(HttpSession session) {
        // Expired ones stay as long as there is room: they still know where the user was going.
        if (namesOfAttempts(session).size() <= maxAttempts) {
            return; // as nearly always, and none needs to be read
        }
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
        return name.equals(INTERVAL)
                || (name.startsWith(Sessions.PREFIX) && (name.endsWith(Sessions.LOGIN) || name.contains(ATTEMPT)));
    }

    private List<LoginAttempt> attempts(HttpSession session) {
        List<LoginAttempt> attempts = new ArrayList<>();
        try {
            for (String name : namesOfAttempts(session)) {
                if (session.getAttribute(name) instanceof KeptAttempt kept) {
                    attempts.add(kept.attempt(name.substring(attemptPrefix.length())));
                }
            }
        } catch (IllegalStateException e) {
            // Another request has ended this session in the meantime; what was found is stale, too.
        }
        return attempts;
    }

    private List<String> namesOfAttempts(HttpSession session) {
        List<String> names = Collections.list(session.getAttributeNames());
        names.removeIf(name -> !name.startsWith(attemptPrefix));
        return names;
    }

    private static void removeQuietly(HttpSession session, String name) {
        try {
            session.removeAttribute(name);
        } catch (IllegalStateException e) {
            // Another request has ended this session in the meantime, and the attribute with it.
        }
    }
}
