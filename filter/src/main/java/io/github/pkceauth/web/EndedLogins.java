package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LogoutNotice;
import io.github.pkceauth.web.LogoutMarks.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which logins have ended although a session may still hold them: each is marked here, on whatever
 * node its end came to, and the next request with it ends the session. A notice of the provider marks
 * all logins that it had made by then, so that the user can sign in again at once. Safe for use by
 * several threads.
 */
final class EndedLogins {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");
    private static final String ENDED = "ended";

    private final LogoutMarks marks;
    private final Duration loginMarkLife;
    private final Duration noticeLife;

    /**
     * No marks yet.
     *
     * @param marks where they are kept
     * @param loginMarkLife how long it is known that one login has ended
     * @param noticeLife how long a notice is known
     */
    EndedLogins(LogoutMarks marks, Duration loginMarkLife, Duration noticeLife) {
        this.marks = marks;
        this.loginMarkLife = loginMarkLife;
        this.noticeLife = noticeLife;
    }

    /** How long a session may go unused and not miss a notice. */
    Duration noticeLife() {
        return noticeLife;
    }

    /**
     * Marks one login; its session is about to end, so a store that is full or away stops nothing.
     *
     * @return whether nobody had marked it before, as far as that can be told
     */
    boolean add(Login login) {
        try {
            return marks.putIfAbsent(Kind.LOGIN, login.id(), ENDED, loginMarkLife);
        } catch (AuthFailure e) {
            LOG.log(Level.WARNING, "a logout is not known to other nodes: {0}", e.getMessage());
            return true;
        }
    }

    /** Marks the logins that a notice is about. */
    void add(LogoutNotice notice) throws AuthFailure {
        @Nullable String sid = notice.sid().orElse(null);
        @Nullable String subject = notice.subject().orElse(null);
        if (sid == null) {
            mark(Kind.SUBJECT, String.valueOf(subject), notice);
        } else {
            mark(Kind.SID, sid, notice);
            if (subject != null) {
                mark(Kind.SUBJECT_WITHOUT_SID, subject, notice);
            }
        }
    }

    /** Why a login has ended, if it has. */
    Optional<Cause> find(Login login) throws AuthFailure {
        Collection<String> found = marks.on(login);
        if (found.isEmpty()) {
            return Optional.empty(); // as hardly ever otherwise, and not even an iterator is made
        }
        @Nullable Cause cause = null;
        for (String mark : found) {
            if (mark.equals(ENDED)) {
                return Optional.of(Cause.LOGOUT);
            }
            if (login.issuedAt().getEpochSecond() <= time(mark)) {
                cause = Cause.BACKCHANNEL_LOGOUT;
            }
        }
        return Optional.ofNullable(cause);
    }

    /** Notices may come out of order; the latest counts. */
    private void mark(Kind kind, String name, LogoutNotice notice) throws AuthFailure {
        long time = notice.issuedAt().getEpochSecond();
        Optional<String> before = marks.get(kind, name);
        if (before.isEmpty() || time(before.get()) < time) {
            marks.put(kind, name, Long.toString(time), noticeLife);
        }
    }

    /** What others have written into the store is no mark, and must not pass for none either. */
    private static long time(String mark) throws AuthFailure {
        try {
            return Long.parseLong(mark);
        } catch (NumberFormatException e) {
            throw new AuthFailure(
                    Reason.STORE_UNAVAILABLE,
                    "the store of ended logins holds something under a key of this filter's that is not its own");
        }
    }
}
