package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** Which handler a request goes to, by the decoded path that the container itself maps on. */
final class Routes {

    private static final String FRONT_PAGE = "/";

    private final Map<String, Handler> own;
    private final PublicPaths publicPaths;
    private final Handler publicPage;
    private final Handler protect;

    /**
     * The routes.
     *
     * @param own the handlers of the filter's own paths
     * @param publicPaths the paths that need no login
     * @param publicPage the handler of those
     * @param protect the handler of everything else
     */
    Routes(Map<String, Handler> own, PublicPaths publicPaths, Handler publicPage, Handler protect) {
        this.own = Map.copyOf(own);
        this.publicPaths = publicPaths;
        this.publicPage = publicPage;
        this.protect = protect;
    }

    Handler of(HttpServletRequest request) {
        String path = path(request);
        Handler handler = own.get(path);
        if (handler != null) {
            return handler;
        }
        return publicPaths.contains(path, request) ? publicPage : protect;
    }

    private static String path(HttpServletRequest request) {
        if (isFrontPage(request)) {
            return FRONT_PAGE; // Tomcat says its welcome file here
        }
        return DecodedPath.of(request);
    }

    private static boolean isFrontPage(HttpServletRequest request) {
        String raw = request.getRequestURI();
        String context = request.getContextPath();
        return raw.length() == context.length() + 1 && raw.startsWith(context) && raw.endsWith("/");
    }
}
