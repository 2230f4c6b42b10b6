package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;

/** Which handler a request goes to, by the decoded path that the container itself maps on. */
final class Routes {

    private final Map<String, Handler> own;
    private final PublicPaths publicPaths;
    private final PageRules pageRules;
    private final Handler publicPage;
    private final Handler protect;
    private final Handler otherPage;

    /**
     * The routes.
     *
     * @param own the handlers of the filter's own paths
     * @param publicPaths the paths that need no login
     * @param pageRules what pages ask of their users, which makes them not public
     * @param publicPage the handler of those
     * @param protect the handler of pages that need a login
     * @param otherPage the handler of pages of which nothing is said
     */
    Routes(
            Map<String, Handler> own,
            PublicPaths publicPaths,
            PageRules pageRules,
            Handler publicPage,
            Handler protect,
            Handler otherPage) {
        this.own = Map.copyOf(own);
        this.publicPaths = publicPaths;
        this.pageRules = pageRules;
        this.publicPage = publicPage;
        this.protect = protect;
        this.otherPage = otherPage;
    }

    Handler of(HttpServletRequest request) {
        String path = DecodedPath.of(request);
        Handler handler = own.get(path);
        if (handler != null) {
            return handler;
        }
        if (!pageRules.areNone() && pageRules.cover(PagePath.of(request))) {
            return protect;
        }
        return publicPaths.contains(path, request) ? publicPage : otherPage;
    }
}
