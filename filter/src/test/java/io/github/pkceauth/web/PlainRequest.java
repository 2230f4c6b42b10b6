package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request of a few plain values, quickly made: a mock remembers every call, and fuzzing makes millions.
 *
 * @param headers lines of other headers, each as {@code Name: value}
 */
record PlainRequest(
        String contextPath,
        String uri,
        @Nullable String query,
        @Nullable String referer,
        String sender,
        List<String> headers) {

    static final String HOST = "app.example";

    PlainRequest(String contextPath, String uri, @Nullable String query, @Nullable String referer) {
        this(contextPath, uri, query, referer, "192.0.2.1", List.of());
    }

    HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answer(method, arguments));
    }

    private @Nullable Object answer(Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "getScheme" -> "https";
            case "getServerName" -> HOST;
            case "getServerPort" -> 443;
            case "getServletContext" -> null;
            case "getContextPath" -> contextPath;
            case "getRequestURI" -> uri;
            case "getQueryString" -> query;
            case "getRemoteAddr" -> sender;
            case "getHeader" -> arguments[0].equals("Referer") ? referer : null;
            case "getHeaders" -> Collections.enumeration(lines(arguments[0] + ": "));
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private List<String> lines(String start) {
        return headers.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }
}
