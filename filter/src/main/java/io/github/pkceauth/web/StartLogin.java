package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.RelyingParty;
import io.github.pkceauth.oidc.SentForm;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Sends the user to the provider, with a pending login left behind. Safe for several threads. */
final class StartLogin {

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

    /** Starts a login that ends at the target. */
    void start(HttpServletRequest request, HttpServletResponse response, String target) throws IOException {
        start(request, response, target, null);
    }

    /** Starts a login for somebody who had sent a form from the target. */
    void start(HttpServletRequest request, HttpServletResponse response, String target, @Nullable SentForm form)
            throws IOException {
        if (initiator.isForeign(request) && !Sessions.isOpen(request)) {
            // A session made here would replace one whose SameSite cookie stayed away from this form; it comes
            // along with the browser's next step.
            replies.toLogin(request, response, target);
        } else {
            start(request, response, target, form, false);
        }
    }

    /** Starts a login in place of one that led nowhere; it will not be restarted again. */
    void restart(HttpServletRequest request, HttpServletResponse response, String target, @Nullable SentForm form)
            throws IOException {
        start(request, response, target, form, true);
    }

    private void start(
            HttpServletRequest request,
            HttpServletResponse response,
            String target,
            @Nullable SentForm form,
            boolean again)
            throws IOException {
        try {
            String redirectUri = publicUrl.redirectUri(request);
            LoginAttempt attempt = relyingParty.begin(new LoginAttempt.Start(redirectUri, target, form, again));
            String address = relyingParty.authorizationUri(attempt);
            pendingLogins.remember(request, attempt);
            replies.redirect(request, response, address);
        } catch (AuthFailure failure) {
            replies.loginFailed(request, response, failure, target);
        }
    }
}
