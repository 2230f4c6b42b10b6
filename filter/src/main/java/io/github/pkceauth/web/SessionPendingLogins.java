package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.KeptAttempt;
import io.github.pkceauth.oidc.LoginAttempt;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
 * Pending logins that are attributes of the user's session, each named by its state. A session that is
 * there for nothing else is kept short. Safe for use by several threads.
 */
final class SessionPendingLogins implements PendingLogins {

    static final String ATTEMPT = ".attempt.";

    /** As long as a request that found a pending login may take until it takes it. */
    private static final Duration IN_FLIGHT = Duration.ofMinutes(1);

    private final String attemptPrefix;
    private final SessionInterval interval;
    private final int maxAttempts;
    private final SharedState usedStates;
    private final InstantSource clock;

    SessionPendingLogins(
            String filterName, Duration loginTimeout, int maxAttempts, SharedState usedStates, InstantSource clock) {
        this.attemptPrefix = Sessions.PREFIX + filterName + ATTEMPT;
        this.interval = new SessionInterval(loginTimeout);
        this.maxAttempts = maxAttempts;
        this.usedStates = usedStates;
        this.clock = clock;
    }

    @Override
    public void remember(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt)
            throws AuthFailure {
        Sessions.refuseIdInUrl(request);
        HttpSession session = Sessions.existing(request);
        if (session == null || !add(session, attempt)) {
            HttpSession fresh = Sessions.create(request);
            try {
                interval.shorten(fresh);
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
            forgetSurplus(session, attempt.state());
            return true;
        } catch (IllegalStateException e) {
            return false; // another request has ended this session in the meantime
        }
    }

    @Override
    public @Nullable LoginAttempt attempt(HttpServletRequest request, String state) {
        HttpSession session = state.isEmpty() ? null : Sessions.existing(request);
        try {
            return session != null && session.getAttribute(attemptPrefix + state) instanceof KeptAttempt kept
                    ? kept.attempt(state)
                    : null;
        } catch (IllegalStateException e) {
            return null;
        }
    }

    @Override
    public boolean hasRestarted(HttpServletRequest request) {
        HttpSession session = Sessions.existing(request);
        return session != null && attempts(session).stream().anyMatch(each -> LoginAttempt.isRestart(each.state()));
    }

    @Override
    public boolean cameAlong(HttpServletRequest request) {
        return Sessions.isOpen(request);
    }

    /** The session has come along with the answer, or there would be no pending login. */
    @Override
    public boolean isKeptFromOtherSites(HttpServletRequest request, HttpServletResponse response) {
        return false;
    }

    @Override
    public boolean take(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt)
            throws AuthFailure {
        // The attribute goes at once; the mark is for those who have found it already, on whatever node.
        if (!usedStates.putIfAbsent(attempt.state(), "used", IN_FLIGHT)) {
            return false;
        }
        forget(request, response, attempt);
        return true;
    }

    @Override
    public void forget(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt) {
        HttpSession session = Sessions.existing(request);
        if (session != null) {
            removeQuietly(session, attemptPrefix + attempt.state());
        }
    }

    private void forgetSurplus(HttpSession session, String newest) {
        // Expired ones stay as long as there is room: they still know where the user was going.
        if (namesOfAttempts(session).size() <= maxAttempts) {
            return; // as nearly always, and none needs to be read
        }
        List<LoginAttempt> pending = attempts(session);
        // Several may have begun in the same moment, and the one that has just been put must not go for an older one.
        pending.sort(Comparator.comparing((LoginAttempt each) -> each.state().equals(newest))
                .thenComparing(LoginAttempt::startedAt));
        int surplus = Math.max(0, pending.size() - maxAttempts);
        for (LoginAttempt attempt : pending.subList(0, surplus)) {
            removeQuietly(session, attemptPrefix + attempt.state());
        }
    }

    @Override
    public void forgetExpired(HttpSession session) {
        Instant now = clock.instant();
        for (LoginAttempt attempt : attempts(session)) {
            if (attempt.isExpired(now)) {
                removeQuietly(session, attemptPrefix + attempt.state());
            }
        }
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
