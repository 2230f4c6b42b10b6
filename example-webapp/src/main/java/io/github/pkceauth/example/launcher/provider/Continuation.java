package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The authorization request that a sign-in goes back to. It travels with the form and not in the session, where there is
 * room for one only: two tabs can be at the login form at the same time, and each goes back to its own.
 *
 * @param path path and query of the request, or the root page
 */
record Continuation(String path) {

    static final String PARAMETER = "continue";

    static final String AUTHORIZE = "/oauth2/authorize";
    private static final Continuation NONE = new Continuation("/");

    /** What the form, or the link to it, says; anything but an authorization request here counts as nothing. */
    static Continuation in(HttpServletRequest request) {
        String path = request.getParameter(PARAMETER);
        return path != null && path.startsWith(AUTHORIZE + "?") ? new Continuation(path) : NONE;
    }

    /** The request itself, which cannot be answered before a sign-in. */
    static Continuation of(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? NONE : new Continuation(AUTHORIZE + "?" + query);
    }

    /** The address of the login form that goes on from here. */
    String signIn() {
        return SignIn.PATH + "?" + PARAMETER + "=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}
