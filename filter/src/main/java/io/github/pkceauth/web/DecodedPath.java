package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The decoded path within the application that the container itself maps on; never the raw one, or a query. */
final class DecodedPath {

    /** The application's front page. */
    static final String FRONT_PAGE = "/";

    private static final Pattern PATH_PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern ESCAPED = Pattern.compile("(?:%[0-9a-fA-F]{2})++");

    private DecodedPath() {}

    static String of(HttpServletRequest request) {
        if (isFrontPage(request)) {
            return FRONT_PAGE; // Tomcat says its welcome file here
        }
        String servletPath = request.getServletPath();
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }

    private static boolean isFrontPage(HttpServletRequest request) {
        String raw = request.getRequestURI();
        String context = request.getContextPath();
        return raw.length() == context.length() + 1 && raw.startsWith(context) && raw.endsWith("/");
    }

    /**
     * Whether nothing behind the filter can read a path in another way. Containers map on decoded, normalised paths;
     * should one not, this tells.
     */
    static boolean isPlain(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c < 0x20 || c == 0x7F || c == '\\' || c == ';' || c == '%') {
                return false;
            }
        }
        return !path.contains("//")
                && !path.contains("/./")
                && !path.contains("/../")
                && !path.endsWith("/.")
                && !path.endsWith("/..");
    }

    private static String unescaped(String escapes) {
        return new String(HexFormat.of().parseHex(escapes.replace("%", "")), StandardCharsets.UTF_8);
    }

    /** What the visitor asked for, decoded and normalised, which the container may have made something else of. */
    static String asked(HttpServletRequest request) {
        String whole = readAgain(request.getRequestURI());
        String context = request.getContextPath().isEmpty() ? "" : readAgain(request.getContextPath());
        return whole.startsWith(context) ? whole.substring(context.length()) : whole;
    }

    /** A path as it reads to somebody who decodes and normalises it once more. */
    static String readAgain(String path) {
        String decoded = ESCAPED.matcher(PATH_PARAMETERS.matcher(path).replaceAll(""))
                .replaceAll(escapes -> Matcher.quoteReplacement(unescaped(escapes.group())));
        String bare = PATH_PARAMETERS.matcher(decoded.replace('\\', '/')).replaceAll("");
        Deque<String> steps = new ArrayDeque<>();
        for (String step : bare.split("/", -1)) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return "/" + String.join("/", steps) + (bare.endsWith("/") && !steps.isEmpty() ? "/" : "");
    }
}
