package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A request of a few plain values, quickly made: a mock remembers every call, and fuzzing makes millions. */
record PlainRequest(
        String contextPath,
        String uri,
        @Nullable String query,
        @Nullable String referer) {

    static final String HOST = "app.example";

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
            case "getHeader" -> arguments[0].equals("Referer") ? referer : null;
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }
}
