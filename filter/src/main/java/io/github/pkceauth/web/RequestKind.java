package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** What a request is to the browser that sends it, by Fetch Metadata where the browser has it. */
enum RequestKind {
    /** A page that the user goes to. */
    NAVIGATION,
    /** A form that the user sends, to be answered by a page. */
    FORM,
    /** A page that the browser fetches before anybody goes there; it must not have effects. */
    PREFETCH,
    /** A script's call, an image, an API client, a WebSocket, a frame. */
    OTHER;

    /** Whether a page is to be the answer. */
    boolean isPage() {
        return this == NAVIGATION || this == FORM;
    }

    static RequestKind of(HttpServletRequest request) {
        String method = request.getMethod();
        if (isPrefetch(request)) {
            return PREFETCH;
        }
        if (!method.equals("GET") && !method.equals("POST")) {
            return OTHER;
        }
        return wantsPage(request) ? (method.equals("GET") ? NAVIGATION : FORM) : OTHER;
    }

    /** A question whether another site may send a request (CORS); it carries no credentials. */
    static boolean isPreflight(HttpServletRequest request) {
        return "OPTIONS".equals(request.getMethod())
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    static boolean isPrefetch(HttpServletRequest request) {
        return saysPrefetch(request.getHeader("Sec-Purpose")) || saysPrefetch(request.getHeader("Purpose"));
    }

    private static boolean saysPrefetch(@Nullable String purpose) {
        return purpose != null && (contains(purpose, "prefetch") || contains(purpose, "prerender"));
    }

    private static boolean wantsPage(HttpServletRequest request) {
        if (request.getHeader("Upgrade") != null && !isHttpUpgrade(request)) {
            return false;
        }
        if (carriesBearerToken(request) || Dialect.of(request) != Dialect.PLAIN) {
            return false;
        }
        String destination = request.getHeader("Sec-Fetch-Dest");
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (destination != null || mode != null) {
            return isForPage(destination, mode) && (mode == null || mode.equals("navigate"));
        }
        return acceptsHtml(request) && request.getHeader("X-Requested-With") == null;
    }

    /**
     * A service worker that passes a navigation on has it lose its destination and keep its mode, which no
     * script can give to a request of its own (Fetch, section 5.4).
     */
    private static boolean isForPage(@Nullable String destination, @Nullable String mode) {
        return destination == null
                || destination.equals("document")
                || (destination.equals("empty") && "navigate".equals(mode));
    }

    /** An offer to speak a later HTTP ({@code h2c}) comes with ordinary requests, too. */
    private static boolean isHttpUpgrade(HttpServletRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.regionMatches(true, 0, "h2c", 0, 3);
    }

    /** Whether an API client brings its own token, which it must never be redirected away with. */
    static boolean carriesBearerToken(HttpServletRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    }

    static boolean acceptsHtml(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && contains(accept, "text/html");
    }

    private static boolean contains(String text, String part) {
        for (int i = 0; i <= text.length() - part.length(); i++) {
            if (text.regionMatches(true, i, part, 0, part.length())) {
                return true;
            }
        }
        return false;
    }
}
