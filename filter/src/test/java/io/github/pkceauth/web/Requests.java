package io.github.pkceauth.web;

import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together requests as a container would hand them to the filter. */
final class Requests {
    private final HttpServletRequest request =
            mock(HttpServletRequest.class, withSettings().stubOnly());
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private String uri;
    private @Nullable String query;

    private Requests(String method, String contextPath, String path) {
        when(request.getDispatcherType()).thenReturn(DispatcherType.REQUEST);
        when(request.getMethod()).thenReturn(method);
        ServletContext context = mock(ServletContext.class, withSettings().stubOnly());
        when(context.getContextPath()).thenReturn(contextPath);
        when(request.getServletContext()).thenReturn(context);
        when(request.getContextPath()).thenReturn(contextPath);
        when(request.getServletPath()).thenReturn(path);
        uri = contextPath + path;
        // Told anew again and again by some tests: a mock remembers all that it was ever told.
        when(request.getRequestURI()).thenAnswer(call -> uri);
        when(request.getQueryString()).thenAnswer(call -> query);
        doAnswer(call -> lines(call.getArgument(0)).stream().findFirst().orElse(null))
                .when(request)
                .getHeader(anyString());
        doAnswer(call -> Collections.enumeration(lines(call.getArgument(0))))
                .when(request)
                .getHeaders(anyString());
        at("https", "app.example", 443);
    }

    static Requests get(String path) {
        return new Requests("GET", "", path);
    }

    static Requests of(String method) {
        return new Requests(method, "", "/page");
    }

    static Requests in(String contextPath, String path) {
        return new Requests("GET", contextPath, path);
    }

    Requests at(String scheme, String host, int port) {
        when(request.getScheme()).thenReturn(scheme);
        when(request.getServerName()).thenReturn(host);
        when(request.getServerPort()).thenReturn(port);
        return this;
    }

    /** One more line of a header. */
    Requests header(String name, String value) {
        headers.computeIfAbsent(name, unseen -> new ArrayList<>()).add(value);
        return this;
    }

    /** A header that is there once, whatever it was before. */
    Requests only(String name, String value) {
        headers.remove(name);
        return header(name, value);
    }

    /** The address that the request was sent from. */
    Requests from(String address) {
        when(request.getRemoteAddr()).thenReturn(address);
        return this;
    }

    /** The raw path, where it is another than context path and servlet path together. */
    Requests uri(String raw) {
        uri = raw;
        return this;
    }

    Requests query(String raw) {
        query = raw;
        return this;
    }

    Requests pathInfo(String info) {
        when(request.getPathInfo()).thenReturn(info);
        return this;
    }

    HttpServletRequest request() {
        return request;
    }

    private List<String> lines(String name) {
        return headers.getOrDefault(name, List.of());
    }
}
