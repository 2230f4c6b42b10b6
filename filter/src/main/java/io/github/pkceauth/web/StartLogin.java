package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.LoginStart;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Sends the user to the provider, with a pending login left behind. Safe for several threads. */
final class StartLogin {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final RelyingParty relyingParty;
    private final PendingLogins pendingLogins;
    private final PublicUrl publicUrl;
    private final Initiator initiator;
    private final Replies replies;

    StartLogin(
            RelyingParty relyingParty,
            PendingLogins pendingLogins,
            PublicUrl publicUrl,
            Initiator initiator,
            Replies replies) {
        this.relyingParty = relyingParty;
        this.pendingLogins = pendingLogins;
        this.publicUrl = publicUrl;
        this.initiator = initiator;
        this.replies = replies;
    }

    /** Starts a login for whoever sends a request, which may be another site's form. */
    void start(HttpServletRequest request, HttpServletResponse response, LoginStart start) throws IOException {
        if (initiator.isForeign(request) && !Sessions.isOpen(request)) {
            // A session made here would replace one whose SameSite cookie stayed away from this form; it comes
            // along with the browser's next step.
            replies.toLogin(request, response, start);
        } else {
            send(request, response, start);
        }
    }

    /** Starts a login in place of one that led nowhere; it will not be restarted again. */
    void restart(HttpServletRequest request, HttpServletResponse response, LoginStart start) throws IOException {
        send(request, response, start.again());
    }

    /**
     * Starts a login that its user is not to notice.
     *
     * @return whether that could be done; otherwise nothing has been answered
     */
    boolean silently(HttpServletRequest request, HttpServletResponse response, LoginStart start) throws IOException {
        try {
            replies.redirect(request, response, begun(request, response, start.silently()));
            return true;
        } catch (AuthFailure failure) {
            LOG.log(Level.INFO, "a visitor could not be signed in without noticing: {0}", failure.getMessage());
            return false;
        }
    }

    private void send(HttpServletRequest request, HttpServletResponse response, LoginStart start) throws IOException {
        try {
            replies.redirect(request, response, begun(request, response, start));
        } catch (AuthFailure failure) {
            replies.loginFailed(request, response, failure, start.target());
        }
    }

    /** Where the user is to be sent, now that a login is pending. */
    private String begun(HttpServletRequest request, HttpServletResponse response, LoginStart start)
            throws AuthFailure {
        LoginAttempt attempt = relyingParty.begin(start, publicUrl.redirectUri(request), Visitor.of(request));
        String address = relyingParty.authorizationUri(attempt, start.hints());
        pendingLogins.remember(request, response, attempt);
        return address;
    }
}
