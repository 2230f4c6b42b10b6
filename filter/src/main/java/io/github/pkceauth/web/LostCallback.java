package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.AuthorizationResponse;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.oidc.LoginStart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * An answer that no login of this browser waits for: by reload, by the back button, by a bookmark,
 * without cookies, or by force. Nothing of it is used. Who is signed in goes to the front page, others
 * start anew, and nobody twice.
 */
final class LostCallback {

    private static final String NOT_FOUND = "no login of this browser is pending for the state in the callback";
    private static final String NOT_FOUND_AGAIN = NOT_FOUND
            + ", and a fresh start did not help or make sense: the browser keeps no cookies, or the session cookie"
            + " does not come with the callback (SameSite), or another server without this session answered";

    private final PendingLogins pendingLogins;
    private final Identity identity;
    private final StartLogin startLogin;
    private final SameSiteStep sameSiteStep;
    private final PageRules pageRules;
    private final PublicUrl publicUrl;
    private final Replies replies;

    LostCallback(
            PendingLogins pendingLogins,
            Identity identity,
            StartLogin startLogin,
            SameSiteStep sameSiteStep,
            PageRules pageRules,
            PublicUrl publicUrl,
            Replies replies) {
        this.pendingLogins = pendingLogins;
        this.identity = identity;
        this.startLogin = startLogin;
        this.sameSiteStep = sameSiteStep;
        this.pageRules = pageRules;
        this.publicUrl = publicUrl;
        this.replies = replies;
    }

    /** Whether more may come along with the same answer, such as a session that must not be replaced. */
    boolean mayComeAgain(HttpServletRequest request, Map<String, String[]> answer, String state) throws AuthFailure {
        return sameSiteStep.mayHelp(request, answer, state);
    }

    /** The pending login may be there, and the cookie that leads to it not. */
    void answer(HttpServletRequest request, HttpServletResponse response, Map<String, String[]> answer, String state)
            throws AuthFailure, IOException {
        if (sameSiteStep.mayHelp(request, answer, state)) {
            sameSiteStep.take(request, response, answer);
        } else {
            startAnew(request, response, state, AuthorizationResponse.claimsError(answer));
        }
    }

    /** The pending login has been used up. */
    void startAnew(HttpServletRequest request, HttpServletResponse response, String state, boolean isError)
            throws AuthFailure, IOException {
        if (identity.known(request) != null) {
            replies.redirect(request, response, publicUrl.base(request) + ReturnTo.FRONT_PAGE);
            return;
        }
        if (LoginAttempt.isSilent(state)) {
            // Nobody has asked for that login, and nobody is asked to sign in for it.
            replies.redirect(request, response, publicUrl.base(request) + ReturnTo.FRONT_PAGE);
            return;
        }
        // A provider that loses the state would send the user round in circles; the session tells then.
        boolean restarted =
                LoginAttempt.isRestart(state) || (state.isEmpty() && (isError || pendingLogins.hasRestarted(request)));
        if (restarted || !RequestKind.of(request).isPage()) {
            throw new AuthFailure(Reason.LOGIN_NOT_FOUND, restarted ? NOT_FOUND_AGAIN : NOT_FOUND);
        }
        if (request.getMethod().equals("POST") && !Sessions.isOpen(request)) {
            // A session made here would replace one whose SameSite cookie stayed away from this form.
            replies.redirect(request, response, publicUrl.redirectUri(request));
        } else {
            startLogin.restart(
                    request,
                    response,
                    LoginStart.to(ReturnTo.FRONT_PAGE)
                            .requiring(pageRules.atLogin(PagePath.named(ReturnTo.FRONT_PAGE))));
        }
    }
}
