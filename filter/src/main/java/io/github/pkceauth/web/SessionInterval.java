package io.github.pkceauth.web;

import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Collections;

/**
 * The inactive interval of a session that is there for pending logins alone, which need not outlive them. The container's
 * own waits in the session meanwhile, the same for all filters of an application. Safe for use by several threads.
 */
final class SessionInterval {

    private static final String STANDARD = Sessions.PREFIX + "interval";

    private final int brief;

    /** The container's interval when it was last seen: nearly all sessions have the same, and share this. */
    private volatile Integer lastStandard = 0;

    SessionInterval(Duration loginTimeout) {
        this.brief = (int) Math.max(1, loginTimeout.plusMillis(999).toSeconds());
    }

    void shorten(HttpSession session) {
        int standard = session.getMaxInactiveInterval();
        if (standard <= 0 || brief < standard) {
            session.setAttribute(STANDARD, shared(standard));
            session.setMaxInactiveInterval(brief);
        }
    }

    private Integer shared(int interval) {
        Integer last = lastStandard;
        if (last != interval) {
            last = interval;
            lastStandard = last;
        }
        return last;
    }

    /** Gives the session its own interval back as soon as the application keeps something in it, too. */
    static void giveBackIfShared(HttpSession session) {
        if (session.getAttribute(STANDARD) != null
                && Collections.list(session.getAttributeNames()).stream().anyMatch(name -> !isOurs(name))) {
            giveBack(session);
        }
    }

    /** Gives the session its own interval back. */
    static void giveBack(HttpSession session) {
        if (session.getAttribute(STANDARD) instanceof Integer standard) {
            session.setMaxInactiveInterval(standard);
            session.removeAttribute(STANDARD);
        }
    }

    private static boolean isOurs(String name) {
        return name.equals(STANDARD)
                || (name.startsWith(Sessions.PREFIX)
                        && (name.endsWith(Sessions.LOGIN) || name.contains(SessionPendingLogins.ATTEMPT)));
    }
}
