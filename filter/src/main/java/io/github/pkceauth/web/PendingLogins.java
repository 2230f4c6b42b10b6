package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.LoginAttempt;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** Logins that wait for the provider's answer, each found by its state from the browser that began it. */
interface PendingLogins {

    /** Keeps a pending login until its answer comes; the oldest goes where there are too many. */
    void remember(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt) throws AuthFailure;

    /** The pending login of that state, expired or not, or null where this browser has none. */
    @Nullable
    LoginAttempt attempt(HttpServletRequest request, String state) throws AuthFailure;

    /** Whether a restarted login is pending in this browser. */
    boolean hasRestarted(HttpServletRequest request) throws AuthFailure;

    /** Whether all that a login needs which this browser has came along with the request. */
    boolean cameAlong(HttpServletRequest request) throws AuthFailure;

    /** Whether the browser keeps the session that an answer begins from what other sites have brought. */
    boolean isKeptFromOtherSites(HttpServletRequest request, HttpServletResponse response);

    /**
     * Takes a pending login, once and for all.
     *
     * @return whether this request is the one that took it
     */
    boolean take(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt) throws AuthFailure;

    /** Forgets a pending login without using it. */
    void forget(HttpServletRequest request, HttpServletResponse response, LoginAttempt attempt);

    /** Leaves nothing in a session that a login is about to be kept in of those that are too late. */
    void forgetExpired(HttpSession session);
}
