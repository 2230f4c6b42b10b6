package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.LoginStart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code loginPath}: where a "sign in" link points, with the page to return to. */
final class SignIn implements Handler {

    static final String RETURN_TO = "returnTo";

    private final Identity identity;
    private final StartLogin startLogin;
    private final ReturnTo returnTo;
    private final PageRules pageRules;
    private final PublicUrl publicUrl;
    private final Replies replies;

    SignIn(
            Identity identity,
            StartLogin startLogin,
            ReturnTo returnTo,
            PageRules pageRules,
            PublicUrl publicUrl,
            Replies replies) {
        this.identity = identity;
        this.startLogin = startLogin;
        this.returnTo = returnTo;
        this.pageRules = pageRules;
        this.publicUrl = publicUrl;
        this.replies = replies;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        if (RequestKind.isPrefetch(request)) {
            throw new AuthFailure(Reason.PREFETCH_REFUSED, "a prefetch must not start a login");
        }
        Sessions.refuseIdInUrl(request);
        String target = returnTo.named(request, OwnParameters.of(request).first(RETURN_TO));
        if (identity.login(request) != null) {
            replies.redirect(request, response, publicUrl.base(request) + target);
        } else if (RequestKind.of(request).isPage()) {
            startLogin.start(request, response, LoginStart.to(target).requiring(requirements(target)));
        } else {
            replies.loginRequired(request, response, target);
        }
        return null;
    }

    /** What the page will ask for, so that one sign-in does; it is the page that sees to it. */
    private AuthenticationRequirements requirements(String target) {
        return pageRules.atLogin(DecodedPath.readAgain(ReturnTo.pathOf(target)));
    }
}
