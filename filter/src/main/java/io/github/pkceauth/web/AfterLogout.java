package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code afterLogoutPath}: a page of the application, public unless it has a rule, where the provider's
 * confirmation of a logout arrives. Its query is read while such a confirmation is waited for, and at no other time.
 */
final class AfterLogout implements Handler {

    private final Handler page;
    private final Identity identity;
    private final LogoutState logoutState;
    private final Replies replies;

    AfterLogout(Handler page, Identity identity, LogoutState logoutState, Replies replies) {
        this.page = page;
        this.identity = identity;
        this.logoutState = logoutState;
        this.replies = replies;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        String expected = mayConfirm(request) ? logoutState.expected(request) : null;
        // Who is signed in waits for no confirmation, whatever a cookie says: a site next door can set one, too.
        if (expected == null || identity.known(request) != null) {
            return page.handle(request, response);
        }
        logoutState.forget(request, response);
        String[] states = OwnParameters.of(request).values().get("state");
        if (states == null || states.length != 1 || expected.isEmpty() || !states[0].equals(expected)) {
            throw new AuthFailure(
                    Reason.LOGOUT_NOT_CONFIRMED,
                    "the provider sent "
                            + (states == null ? "no state" : "another state than was given")
                            + " after the logout");
        }
        replies.redirect(request, response, logoutState.returnAddress(request));
        return null;
    }

    private static boolean mayConfirm(HttpServletRequest request) {
        String destination = request.getHeader("Sec-Fetch-Dest");
        return request.getMethod().equals("GET")
                && !RequestKind.isPrefetch(request)
                && (destination == null || destination.equals("document"));
    }
}
