package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.LogoutNotice;
import io.github.pkceauth.oidc.RelyingParty;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * {@code backchannelLogoutPath}: the provider's own call that a user has signed out (OpenID Connect
 * Back-Channel Logout 1.0). It marks the logins that it is about; their next request ends them, on
 * whatever node that comes.
 */
final class BackChannelLogout implements Handler {

    private static final String PARAMETER = "logout_token";

    private final RelyingParty relyingParty;
    private final EndedLogins endedLogins;
    private final SharedState usedNotices;
    private final Replies replies;
    private final InstantSource clock;

    BackChannelLogout(
            RelyingParty relyingParty,
            EndedLogins endedLogins,
            SharedState usedNotices,
            Replies replies,
            InstantSource clock) {
        this.relyingParty = relyingParty;
        this.endedLogins = endedLogins;
        this.usedNotices = usedNotices;
        this.replies = replies;
        this.clock = clock;
    }

    @Override
    public @Nullable HttpServletRequest handle(HttpServletRequest request, HttpServletResponse response)
            throws AuthFailure, IOException {
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            throw new AuthFailure(Reason.METHOD_NOT_ALLOWED, "backchannelLogoutPath takes POST alone");
        }
        try {
            heed(relyingParty.logoutNotice(token(request)));
            replies.done(response);
        } catch (AuthFailure failure) {
            replies.noticeRefused(request, response, failure);
        }
        return null;
    }

    /**
     * First marked, then used up: a notice that could not be marked may be sent again. Marking once more
     * what a used one has marked changes nothing, but it is not done.
     */
    private void heed(LogoutNotice notice) throws AuthFailure {
        Duration life = Duration.between(clock.instant(), notice.expiresAt());
        if (life.isZero() || life.isNegative()) {
            throw invalid("the logout token expired while it was being verified");
        }
        if (usedNotices.get(notice.id()).isPresent()) {
            throw replayed();
        }
        endedLogins.add(notice);
        if (!usedNotices.putIfAbsent(notice.id(), "used", life)) {
            throw replayed();
        }
    }

    private static String token(HttpServletRequest request) throws AuthFailure {
        String query = request.getQueryString();
        String[] tokens = OwnParameters.of(request).values().get(PARAMETER);
        if (tokens == null || tokens.length != 1 || (query != null && !query.isEmpty())) {
            throw invalid("a notice has one logout_token in a form (application/x-www-form-urlencoded), and no query");
        }
        return tokens[0];
    }

    private static AuthFailure replayed() {
        return invalid("the logout token's jti has been used before");
    }

    private static AuthFailure invalid(String detail) {
        return new AuthFailure(Reason.LOGOUT_NOTICE_INVALID, detail);
    }
}
