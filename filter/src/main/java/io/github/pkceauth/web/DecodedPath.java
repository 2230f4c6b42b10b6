package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;

/** The decoded path within the application that the container itself maps on; never the raw one, or a query. */
final class DecodedPath {

    private DecodedPath() {}

    static String of(HttpServletRequest request) {
        String servletPath = request.getServletPath();
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }
}
