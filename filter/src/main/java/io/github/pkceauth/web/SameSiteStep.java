package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.LoginAttempt;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * The provider's answer is brought by another site, and the session cookie may stay away from that: one
 * with SameSite=Strict from any answer, one with Lax from a form. A page of our own that sends the same
 * answer on does so from the application's site, and the cookie comes along. Nothing is believed for
 * it: what arrives is checked like any answer.
 */
final class SameSiteStep {

    /** Stands in the address of an answer that our page has sent on. */
    private static final String MARK = "same_site";

    private final PendingLogins pendingLogins;
    private final PublicUrl publicUrl;
    private final Replies replies;

    SameSiteStep(PendingLogins pendingLogins, PublicUrl publicUrl, Replies replies) {
        this.pendingLogins = pendingLogins;
        this.publicUrl = publicUrl;
        this.replies = replies;
    }

    /**
     * Whether it may help: once, if the state may be one of ours, something of ours may have stayed away, and
     * the browser does not say that it would have come.
     */
    boolean mayHelp(HttpServletRequest request, Map<String, String[]> answer, String state) throws AuthFailure {
        String site = request.getHeader("Sec-Fetch-Site");
        return LoginAttempt.isState(state)
                && !answer.containsKey(MARK)
                && !pendingLogins.cameAlong(request)
                && (site == null || site.equals("cross-site"))
                && RequestKind.of(request).isPage();
    }

    void take(HttpServletRequest request, HttpServletResponse response, Map<String, String[]> answer)
            throws AuthFailure, IOException {
        String callback = publicUrl.redirectUri(request);
        if (request.getMethod().equals("GET")) {
            replies.goOn(response, callback + "?" + request.getQueryString() + "&" + MARK + "=1");
        } else {
            replies.send(response, new PageForm(callback + "?" + MARK + "=1", "UTF-8", PageForm.fields(answer)));
        }
    }
}
