package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;

/**
 * How the script that sent a request is told that the browser is to go elsewhere. Scripts never see a
 * redirect, which the browser follows for them and hands them a page they cannot use; those that load
 * parts of pages have each a way of their own.
 */
enum Dialect {
    /** No such script: a redirect, or a status. */
    PLAIN,
    /** Jakarta Faces, whose partial response names the address (Jakarta Faces 4.0, partial-response). */
    FACES,
    /** htmx, which looks at the answer's headers before anything else. */
    HTMX;

    static Dialect of(HttpServletRequest request) {
        if (RequestKind.carriesBearerToken(request)) {
            return PLAIN; // an API client, whatever else it says
        }
        if ("partial/ajax".equalsIgnoreCase(request.getHeader("Faces-Request"))) {
            return FACES;
        }
        return "true".equalsIgnoreCase(request.getHeader("HX-Request")) ? HTMX : PLAIN;
    }
}
