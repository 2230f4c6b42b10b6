package io.github.pkceauth.web;

import io.github.pkceauth.api.LoginEvent;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/** The one way in which a login ends here, whatever the cause. Safe for use by several threads. */
final class SignOut {

    /**
     * The ends that the provider does not know of. One that only lasts no longer is not among them: the
     * same user may be signing in again already, and some providers take all of a session's tokens at once.
     */
    private static final Set<Cause> TO_BE_REVOKED =
            Set.of(Cause.LOGOUT, Cause.APPLICATION, Cause.FRONTCHANNEL_LOGOUT, Cause.ANOTHER_USER);

    private final RelyingParty relyingParty;
    private final Sessions sessions;
    private final EndedLogins endedLogins;
    private final BackButton backButton;
    private final SilentLogin silentLogin;
    private final Events events;
    private final StripedLocks ending = new StripedLocks();

    SignOut(
            RelyingParty relyingParty,
            Sessions sessions,
            EndedLogins endedLogins,
            BackButton backButton,
            SilentLogin silentLogin,
            Events events) {
        this.relyingParty = relyingParty;
        this.sessions = sessions;
        this.endedLogins = endedLogins;
        this.backButton = backButton;
        this.silentLogin = silentLogin;
        this.events = events;
    }

    /** Ends the request's session and the login in it. */
    void end(HttpServletRequest request, Login login, Cause cause) {
        // Requests that come together must not share it between them: one to set the mark and another to end the
        // session, and none to see to the rest.
        Lock lock = ending.of(login.id());
        boolean isAlone = isSoonTaken(lock);
        boolean isEnder;
        try {
            // The mark first: a refresh that is under way, here or on another node, must not bring it back.
            boolean first = endedLogins.add(login);
            isEnder = sessions.end(request) && first;
        } finally {
            if (isAlone) {
                lock.unlock();
            }
        }
        if (isEnder) {
            after(login, cause);
        }
    }

    /** No longer than that: who has it may be waiting for a store, or in a listener of the application's. */
    private static boolean isSoonTaken(Lock lock) {
        try {
            return lock.tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends both because the application asks for it, where an answer is still to be given. */
    void byApplication(HttpServletRequest request, HttpServletResponse response, Login login) {
        end(request, login, Cause.APPLICATION);
        backButton.forgetPages(request, response);
        silentLogin.forbid(request, response);
    }

    /** What is to be done about a login whose session has ended already. */
    void after(Login login, Cause cause) {
        if (TO_BE_REVOKED.contains(cause)) {
            relyingParty.revoke(login);
        }
        events.tell(new LoginEvent.SignedOut(login.user(), cause));
    }
}
