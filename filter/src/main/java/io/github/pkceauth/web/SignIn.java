package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LoginStart;
import io.github.pkceauth.oidc.Printable;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code loginPath}: where a "sign in" link points, with the page to return to; and where the provider, or a portal, sends
 * users who are to sign in here (OpenID Connect Core 4, {@code initiate_login_uri}). Whoever wrote the link chooses no
 * more than a page of the application, and the hints that the deployment allows.
 */
final class SignIn implements Handler {

    static final String RETURN_TO = "returnTo";

    /** Names a path that the user was refused; who is signed in already signs in as it asks. */
    static final String STEP_UP_FOR = "stepUpFor";

    private static final String TARGET_LINK_URI = "target_link_uri";
    private static final String ISSUER = "iss";

    private final RelyingParty relyingParty;
    private final Identity identity;
    private final StartLogin startLogin;
    private final ReturnTo returnTo;
    private final LoginHints loginHints;
    private final PageRules pageRules;
    private final PageGuard pageGuard;
    private final PublicUrl publicUrl;
    private final Replies replies;

    SignIn(
            RelyingParty relyingParty,
            Identity identity,
            StartLogin startLogin,
            ReturnTo returnTo,
            LoginHints loginHints,
            PageRules pageRules,
            PageGuard pageGuard,
            PublicUrl publicUrl,
            Replies replies) {
        this.relyingParty = relyingParty;
        this.identity = identity;
        this.startLogin = startLogin;
        this.returnTo = returnTo;
        this.loginHints = loginHints;
        this.pageRules = pageRules;
        this.pageGuard = pageGuard;
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
        OwnParameters parameters = OwnParameters.of(request);
        refuseOtherProviders(parameters.first(ISSUER));
        String target = target(request, parameters);
        @Nullable PagePath refused = refused(parameters.first(STEP_UP_FOR));
        Login login = identity.login(request);
        if (login != null && (refused == null || pageGuard.unmet(refused, login) == null)) {
            replies.redirect(request, response, publicUrl.base(request) + target);
        } else if (RequestKind.of(request).isPage()) {
            startLogin.start(
                    request,
                    response,
                    LoginStart.to(target)
                            .requiring(requirements(target, refused))
                            .hinting(loginHints.of(parameters)));
        } else {
            replies.loginRequired(request, response, target, refused == null ? null : refused.first());
        }
        return null;
    }

    /** Such a link is a third party's, and nobody may send this application's users to a provider that is not its own. */
    private void refuseOtherProviders(@Nullable String issuer) throws AuthFailure {
        if (issuer != null && !relyingParty.isAt(issuer)) {
            throw new AuthFailure(
                    Reason.LOGIN_ELSEWHERE,
                    "the link to loginPath asks for a login at '" + Printable.of(issuer)
                            + "', which is not the parameter issuer");
        }
    }

    private String target(HttpServletRequest request, OwnParameters parameters) {
        String page = parameters.first(RETURN_TO);
        return page == null
                ? returnTo.linked(request, parameters.first(TARGET_LINK_URI))
                : returnTo.named(request, page);
    }

    /** A path of the application, and of no more length than any request's; nothing else is looked at. */
    private static @Nullable PagePath refused(@Nullable String path) {
        return path == null || !path.startsWith("/") || path.length() > ReturnTo.LONGEST
                ? null
                : PagePath.named(ReturnTo.pathOf(path));
    }

    /** What the page will ask for, so that one sign-in does; it is the page that sees to it. */
    private AuthenticationRequirements requirements(String target, @Nullable PagePath refused) {
        AuthenticationRequirements ofPage =
                pageRules.atLogin(PagePath.named(DecodedPath.readAgain(ReturnTo.pathOf(target))));
        return refused == null ? ofPage : pageRules.atLogin(refused).within(ofPage);
    }
}
