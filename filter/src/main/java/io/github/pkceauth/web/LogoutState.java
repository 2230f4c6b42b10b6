package io.github.pkceauth.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The state of a logout on its way over the provider. It waits in a short-lived cookie, because the
 * session is gone. Safe for use by several threads.
 */
final class LogoutState {

    private static final int SECONDS = 300;

    private final String cookiePrefix;
    private final String afterLogoutPath;
    private final PublicUrl publicUrl;
    private final OwnCookies cookies;

    LogoutState(String filterName, String afterLogoutPath, PublicUrl publicUrl, OwnCookies cookies) {
        this.cookiePrefix = "pkce_logout_" + fit(filterName);
        this.afterLogoutPath = afterLogoutPath;
        this.publicUrl = publicUrl;
        this.cookies = cookies;
    }

    /** Where the provider sends the user afterwards; to be registered there. */
    String returnAddress(HttpServletRequest request) {
        return publicUrl.base(request) + afterLogoutPath;
    }

    void expect(HttpServletRequest request, HttpServletResponse response, String state) {
        cookies.send(request, response, cookieName(request), state, SECONDS);
    }

    /** The state that is waited for, or null. */
    @Nullable
    String expected(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                // The prefix first: this is asked at every visit of the front page, and hardly ever is there one.
                if (cookie.getName().startsWith(cookiePrefix)
                        && cookie.getName().equals(cookieName(request))) {
                    return cookie.getValue();
                }
            }
        }
        return null;
    }

    void forget(HttpServletRequest request, HttpServletResponse response) {
        cookies.send(request, response, cookieName(request), "", 0);
    }

    /** The cookie of the application at "/" comes to the one at "/app", too, which must not take it for its own. */
    private String cookieName(HttpServletRequest request) {
        return cookiePrefix + fit(publicUrl.path(request));
    }

    private static String fit(String text) {
        return text.replaceAll("[^A-Za-z0-9_]", "_");
    }
}
