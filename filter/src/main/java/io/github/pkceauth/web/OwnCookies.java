package io.github.pkceauth.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** How cookies of the filter's own are sent: for this application alone, and out of the reach of scripts. */
final class OwnCookies {

    private final PublicUrl publicUrl;

    OwnCookies(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /**
     * Sends a cookie.
     *
     * @param seconds how long browsers keep it, 0 to have them forget it
     */
    void send(HttpServletRequest request, HttpServletResponse response, String name, String value, int seconds) {
        Cookie cookie = new Cookie(name, value);
        cookie.setHttpOnly(true);
        cookie.setSecure(publicUrl.isHttps(request));
        cookie.setAttribute("SameSite", "Lax");
        String path = publicUrl.path(request);
        cookie.setPath(path.isEmpty() ? "/" : path);
        cookie.setMaxAge(seconds);
        response.addCookie(cookie);
    }
}
