package io.github.pkceauth.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;

/**
 * Whether the session cookie is one that stays away from what other sites bring, with SameSite=Strict, or None without
 * Secure: as far as the servlet context tells, and from the first such cookie on that the container sends. Safe for use by
 * several threads.
 */
final class StrictCookie {

    private volatile boolean seen;

    boolean isExpected(HttpServletRequest request) {
        return seen || isConfigured(request.getServletContext());
    }

    private static boolean isConfigured(ServletContext context) {
        SessionCookieConfig cookie = context.getSessionCookieConfig();
        return cookie != null && staysAway("samesite=" + cookie.getAttribute("SameSite"), cookie.isSecure());
    }

    private static boolean staysAway(String attributes, boolean isSecure) {
        String lowerCase = attributes.toLowerCase(Locale.ROOT);
        return lowerCase.contains("samesite=strict") || (lowerCase.contains("samesite=none") && !isSecure);
    }

    /** Looks at an answer with which a session begins. */
    void lookAt(HttpServletResponse response) {
        if (!seen) {
            seen = response.getHeaders("Set-Cookie").stream()
                    .anyMatch(line ->
                            staysAway(line, line.toLowerCase(Locale.ROOT).contains("; secure")));
        }
    }
}
