package io.github.pkceauth.example;

import jakarta.servlet.http.HttpServletRequest;

/** Whether a page of this application sent a form: browsers say who did, and no page can make them say otherwise. */
final class SameOrigin {

    private SameOrigin() {}

    static boolean sent(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        // A browser that is older, or that was given an address without https.
        String origin = request.getHeader("Origin");
        // Without a word it was no browser, so no other page can have made it.
        return origin == null || request.getRequestURL().toString().startsWith(origin + "/");
    }
}
