package io.github.pkceauth.interop.browser;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Stands before the filter, and sees all that the browser sends and how it is answered. Thread-safe. */
final class Witness implements Filter {
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest asked = (HttpServletRequest) request;
        Map<String, String> headers = Collections.list(asked.getHeaderNames()).stream()
                .collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), asked::getHeader, (one, same) -> one));
        try {
            chain.doFilter(request, response);
        } finally {
            int status = ((HttpServletResponse) response).getStatus();
            arrivals.add(new Arrival(asked.getMethod(), target(asked), headers, "", status));
        }
    }

    /** Path and query as they were sent. */
    static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    /** All requests that have been answered, in that order. */
    List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Those to a path, with any query. */
    List<Arrival> arrivals(String path) {
        return which(arrival -> arrival.target().split("\\?", 2)[0].equals(path));
    }

    List<Arrival> which(Predicate<Arrival> wanted) {
        return arrivals.stream().filter(wanted).toList();
    }
}
