package io.github.pkceauth.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** How cookies of the filter's own are sent: for this application alone, and out of the reach of scripts. */
final class OwnCookies {

    /** The beginning of names that browsers take from https and this very host alone (RFC 6265bis section 4.1.3.2). */
    private static final String HOST = "__Host-";

    private final PublicUrl publicUrl;

    OwnCookies(PublicUrl publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** What a cookie is called that nobody else is to set: not even another host of the domain, where that can be had. */
    String guarded(HttpServletRequest request, String name) {
        return publicUrl.isHttps(request) ? HOST + name : name;
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
        String path = name.startsWith(HOST) ? "" : publicUrl.path(request);
        cookie.setPath(path.isEmpty() ? "/" : path);
        cookie.setMaxAge(seconds);
        response.addCookie(cookie);
    }
}
