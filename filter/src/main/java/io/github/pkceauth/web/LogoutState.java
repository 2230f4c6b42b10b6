package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The state of a logout on its way over the provider. It waits in a short-lived cookie, because the
 * session is gone. Safe for use by several threads.
 */
final class LogoutState {

    private static final int SECONDS = 300;

    private final String afterLogoutPath;
    private final PublicUrl publicUrl;
    private final OwnCookie cookie;

    LogoutState(String afterLogoutPath, PublicUrl publicUrl, OwnCookie cookie) {
        this.afterLogoutPath = afterLogoutPath;
        this.publicUrl = publicUrl;
        this.cookie = cookie;
    }

    /** Where the provider sends the user afterwards; to be registered there. */
    String returnAddress(HttpServletRequest request) {
        return publicUrl.base(request) + afterLogoutPath;
    }

    void expect(HttpServletRequest request, HttpServletResponse response, String state) {
        cookie.send(request, response, state, SECONDS);
    }

    /** The state that is waited for, or null. */
    @Nullable
    String expected(HttpServletRequest request) {
        return cookie.value(request);
    }

    void forget(HttpServletRequest request, HttpServletResponse response) {
        cookie.forget(request, response);
    }
}
