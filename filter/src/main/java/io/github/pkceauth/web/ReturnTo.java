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

    /** Bounds what an anonymous visitor can make a session hold. */
    private static final int MAX_LENGTH = 4096;

    /** One slash and printable ASCII, without anything that some browser or server reads otherwise. */
    private static final Pattern PLAIN = Pattern.compile("/(?!/)[\\x21-\\x7E&&[^\\\\\"<>^`{|}]]*+");

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
        String path = request.getRequestURI();
        // Tomcat hands addresses like "//evil.example/x" to filters.
        if (path.length() > 1 && (path.charAt(1) == '/' || path.charAt(1) == '\\')) {
            return FRONT_PAGE;
        }
        String query = request.getQueryString();
        String page = query == null ? path : path + "?" + query;
        String target = withoutContext(page, request.getContextPath());
        return target == null || target.length() > MAX_LENGTH || hasControl(target) ? FRONT_PAGE : target;
    }

    /** The page that a form was sent from, if it is one of ours. */
    String pageBehind(HttpServletRequest request) {
        String referer = request.getHeader("Referer");
        if (referer == null || !publicUrl.isSameOrigin(request, referer)) {
            return FRONT_PAGE;
        }
        URI page = URI.create(referer);
        String query = page.getRawQuery() == null ? "" : "?" + page.getRawQuery();
        String base = URI.create(publicUrl.base(request)).getRawPath();
        return checked(page.getRawPath() + query, base == null ? "" : base);
    }

    /**
     * The page that a link to the login names: a path of the application, with or without its context
     * path, and nothing that could be read as anything else.
     */
    String named(HttpServletRequest request, @Nullable String address) {
        return address == null ? FRONT_PAGE : checked(address, request.getContextPath());
    }

    private String checked(String address, String contextPath) {
        if (address.length() > MAX_LENGTH || !PLAIN.matcher(address).matches()) {
            return FRONT_PAGE;
        }
        String path = address.split("[?#]", 2)[0];
        if (TWISTED_PATH.matcher(path).find()) {
            return FRONT_PAGE;
        }
        String inContext = withoutContext(address, contextPath);
        String target = inContext == null ? address : inContext;
        return ownPaths.contains(target.split("[?#;]", 2)[0]) ? FRONT_PAGE : target;
    }

    private static @Nullable String withoutContext(String page, String contextPath) {
        if (!page.startsWith(contextPath)) {
            return null;
        }
        String rest = page.substring(contextPath.length());
        if (rest.startsWith("/")) {
            return rest;
        }
        // "/app" and "/app?x" are the front page of "/app"; "/apple" is not within it.
        return rest.isEmpty() || rest.startsWith("?") || rest.startsWith("#") ? "/" + rest : null;
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < 0x20 || c == 0x7F);
    }
}
