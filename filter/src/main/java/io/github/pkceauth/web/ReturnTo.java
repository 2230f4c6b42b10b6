package io.github.pkceauth.web;

import io.github.pkceauth.config.Paths;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the user goes after a login: always within this application. A target is path and query
 * behind the application's base address, so that whatever stands in it, the browser stays on the
 * application's origin.
 */
final class ReturnTo {

    /** The application's front page, which every unusable address becomes. */
    static final String FRONT_PAGE = "/";

    /** What a server takes as a request's first line; an address that comes in a form may be of any length. */
    static final int LONGEST = 8192;

    /**
     * One slash, and to the end the grammar of RFC 3986; brackets too, which many a query has. What is behind the # no
     * server sees, and browsers write more into it.
     */
    private static final Pattern PLAIN = Pattern.compile("/(?!/)(?:[\\w.~!$&'()*+,;=:@/-]|%[0-9a-fA-F]{2})*+"
            + "(?:\\?(?:[\\w.~!$&'()*+,;=:@/?\\[\\]-]|%[0-9a-fA-F]{2})*+)?+"
            + "(?:#[!#-;=?-\\[\\]-_a-~]*+)?+");

    /** What some browser or server reads otherwise: slashes and controls in disguise, steps up. */
    private static final Pattern TWISTED_PATH =
            Pattern.compile("//|%(?:2[fF]|5[cC]|[01][0-9a-fA-F]|7[fF]|25)|/(?:\\.|%2[eE]){1,2}(?:/|;|$)");

    private final PublicUrl publicUrl;
    private final Set<String> ownPaths;

    ReturnTo(PublicUrl publicUrl, Paths paths) {
        this.publicUrl = publicUrl;
        this.ownPaths = Set.of(paths.callback(), paths.login(), paths.logout());
    }

    /** The page of a request, byte for byte. */
    String pageOf(HttpServletRequest request) {
        String query = request.getQueryString();
        String path = request.getRequestURI();
        return page(path, query, request.getContextPath());
    }

    /** The page that a form was sent from, byte for byte, if it is one of the application's. */
    String pageBehind(HttpServletRequest request) {
        return pageAt(request, request.getHeader("Referer"));
    }

    /** The page whose script sent the request, byte for byte, if it is one of the application's. */
    String pageAround(HttpServletRequest request) {
        if (Dialect.of(request) != Dialect.HTMX) {
            return pageBehind(request);
        }
        if (request.getMethod().equals("GET") && "true".equals(request.getHeader("HX-Boosted"))) {
            return pageOf(request); // a link that the user followed, by a script in place of the browser
        }
        String current = request.getHeader("HX-Current-URL");
        return current == null ? pageBehind(request) : pageAt(request, current);
    }

    private String pageAt(HttpServletRequest request, @Nullable String address) {
        if (address == null || !publicUrl.isSameOrigin(request, address)) {
            return FRONT_PAGE;
        }
        URI page = URI.create(address);
        return page(page.getRawPath(), page.getRawQuery(), publicUrl.path(request));
    }

    /**
     * The page that a link to the login names: a path as the application or the browser sees it, with
     * or without the part that all of the application's paths begin with, and nothing that could be
     * read as anything else.
     */
    String named(HttpServletRequest request, @Nullable String address) {
        if (address == null
                || address.length() > LONGEST
                || !PLAIN.matcher(address).matches()) {
            return FRONT_PAGE;
        }
        String path = pathOf(address);
        if (TWISTED_PATH.matcher(path).find()) {
            return FRONT_PAGE;
        }
        String context = request.getContextPath();
        String seenHere = context.isEmpty() ? null : behind(context, address);
        String target = seenHere == null ? behind(publicUrl.path(request), address) : seenHere;
        return unlessOwn(target == null ? address : target);
    }

    /** The page that another site's link to the login names, by its whole address as the browser sees it, or by its path. */
    String linked(HttpServletRequest request, @Nullable String address) {
        if (address == null || address.startsWith("/") || !publicUrl.isSameOrigin(request, address)) {
            return named(request, address);
        }
        int path = address.indexOf('/', address.indexOf("//") + 2);
        return named(request, path < 0 ? FRONT_PAGE : address.substring(path));
    }

    private String page(String path, @Nullable String query, String context) {
        // Tomcat hands addresses like "//evil.example/x" to filters.
        if (path.length() > 1 && (path.charAt(1) == '/' || path.charAt(1) == '\\')) {
            return FRONT_PAGE;
        }
        String target = behind(context, query == null ? path : path + "?" + query);
        return target == null || !isPrintableAscii(target) ? FRONT_PAGE : unlessOwn(target);
    }

    /** Going on to a login, a logout or a callback would lead round in a circle, or out again. */
    private String unlessOwn(String target) {
        return ownPaths.contains(asMapped(pathOf(target))) ? FRONT_PAGE : target;
    }

    /** The path of a target, without query and fragment. */
    static String pathOf(String target) {
        int end = 0;
        while (end < target.length() && target.charAt(end) != '?' && target.charAt(end) != '#') {
            end++;
        }
        return target.substring(0, end);
    }

    /** As a container maps it; what is beyond ASCII need not come out right, since no own path has any. */
    private static String asMapped(String path) {
        if (path.indexOf(';') < 0 && path.indexOf('%') < 0 && !path.contains("//")) {
            return path; // as nearly all are
        }
        return DecodedPath.readAgain(path);
    }

    /** What stands behind the context path, or null if the page is not behind it. */
    private static @Nullable String behind(String context, String page) {
        if (!page.startsWith(context)) {
            return null;
        }
        String rest = page.substring(context.length());
        if (rest.startsWith("/")) {
            return rest;
        }
        // "/app" and "/app?x" are the front page of "/app"; "/apple" is not within it.
        return rest.isEmpty() || rest.startsWith("?") || rest.startsWith("#") ? "/" + rest : null;
    }

    /** Browsers escape everything else; a container that lets it in may not let it out the same. */
    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= 0x20 || text.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return true;
    }
}
