package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.RandomToken;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code logoutPath}: ends the session here, then the provider's (OpenID Connect RP-Initiated Logout
 * 1.0), if the application's own pages or the user ask for it. Another site's request does nothing.
 */
final class Logout implements Handler {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final RelyingParty relyingParty;
    private final Identity identity;
    private final SignOut signOut;
    private final PublicUrl publicUrl;
    private final String logoutPath;
    private final Initiator initiator;
    private final LogoutState logoutState;
    private final SiteData siteData;
    private final BackButton backButton;
    private final SilentLogin silentLogin;
    private final Replies replies;

    Logout(
            RelyingParty relyingParty,
            Identity identity,
            SignOut signOut,
            PublicUrl publicUrl,
            String logoutPath,
            Initiator initiator,
            LogoutState logoutState,
            SiteData siteData,
            BackButton backButton,
            SilentLogin silentLogin,
            Replies replies) {
        this.relyingParty = relyingParty;
        this.identity = identity;
        this.signOut = signOut;
        this.publicUrl = publicUrl;
        this.logoutPath = logoutPath;
        this.initiator = initiator;
        this.logoutState = logoutState;
        this.siteData = siteData;
        this.backButton = backButton;
        this.silentLogin = silentLogin;
        this.replies = replies;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        if (RequestKind.isPrefetch(request)) {
            throw new AuthFailure(Reason.PREFETCH_REFUSED, "a prefetch must not sign anybody out");
        }
        Sessions.refuseIdInUrl(request);
        refuseForeignOrigin(request);
        String method = request.getMethod();
        if (!method.equals("GET") && !method.equals("POST")) {
            response.setHeader("Allow", "GET, POST");
            throw new AuthFailure(Reason.METHOD_NOT_ALLOWED, "logoutPath takes GET and POST, not " + method);
        }
        if (method.equals("GET") && !initiator.isOwnLink(request)) {
            replies.askForLogout(response, publicUrl.base(request) + logoutPath);
        } else {
            logout(request, response);
        }
        return null;
    }

    private void refuseForeignOrigin(HttpServletRequest request) throws AuthFailure {
        if (initiator.isForeign(request)) {
            throw new AuthFailure(
                    Reason.LOGOUT_REFUSED, "the sign-out was asked for by " + initiator.described(request));
        }
    }

    private void logout(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Login login = identity.known(request);
        String back = logoutState.returnAddress(request);
        if (login == null) {
            replies.redirect(request, response, back);
            return;
        }
        // First here, so that nothing the provider does or fails to do keeps the session alive.
        signOut.end(request, login, Cause.LOGOUT);
        siteData.drop(response);
        silentLogin.forbid(request, response);
        String state = RandomToken.next();
        Optional<String> endSession = endSessionUri(login, back, state);
        if (endSession.isPresent()) {
            logoutState.expect(request, response, state); // whose cookie does for the back button as well
        } else {
            backButton.forgetPages(request, response);
        }
        replies.redirect(request, response, endSession.orElse(back));
    }

    private Optional<String> endSessionUri(Login login, String back, String state) {
        try {
            return relyingParty.endSessionUri(login, back, state);
        } catch (AuthFailure failure) {
            LOG.log(Level.WARNING, "a user is signed out here but not at the provider: {0}", failure.getMessage());
            return Optional.empty();
        }
    }
}
