package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.LoginEvent.Cause;
import io.github.pkceauth.oidc.Login;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code frontchannelLogoutPath}: shown by the provider in a frame when the user has signed out there
 * (OpenID Connect Front-Channel Logout 1.0). Anybody can have a browser call it, so it ends the
 * session of the browser that calls, and only where issuer and session id are that login's.
 */
final class FrontChannelLogout implements Handler {

    private final Identity identity;
    private final SignOut signOut;
    private final Replies replies;

    FrontChannelLogout(Identity identity, SignOut signOut, Replies replies) {
        this.identity = identity;
        this.signOut = signOut;
        this.replies = replies;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        if (RequestKind.isPrefetch(request)) {
            throw new AuthFailure(Reason.PREFETCH_REFUSED, "a prefetch must not sign anybody out");
        }
        if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            throw new AuthFailure(Reason.METHOD_NOT_ALLOWED, "frontchannelLogoutPath takes GET alone");
        }
        Sessions.refuseIdInUrl(request);
        Map<String, String[]> parameters = OwnParameters.of(request).values();
        String issuer = only(parameters, "iss");
        String sid = only(parameters, "sid");
        Login login = identity.known(request);
        if (login != null) {
            if (!issuer.equals(login.user().issuer())
                    || !sid.equals(login.user().sid())) {
                throw invalid("its iss and sid are not those of the login that this browser has");
            }
            signOut.end(request, login, Cause.FRONTCHANNEL_LOGOUT);
        }
        replies.framed(response);
        return null;
    }

    private static String only(Map<String, String[]> parameters, String name) throws AuthFailure {
        String[] values = parameters.get(name);
        if (values == null || values.length != 1) {
            throw invalid(
                    "it needs one iss and one sid: register the client with" + " frontchannel_logout_session_required");
        }
        return values[0];
    }

    private static AuthFailure invalid(String why) {
        return new AuthFailure(Reason.LOGOUT_NOTICE_INVALID, "a front-channel logout did nothing: " + why);
    }
}
