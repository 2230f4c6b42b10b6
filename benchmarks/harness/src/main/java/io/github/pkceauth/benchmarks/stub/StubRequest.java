package io.github.pkceauth.benchmarks.stub;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpSession;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as a browser sends it when a user goes to a page. Not safe for use by several threads. */
public final class StubRequest extends LocalRequest {

    private final Fields<String> headers = new Fields<>();
    private final Fields<Object> attributes = new Fields<>();
    private final Map<String, String[]> parameters = new HashMap<>();
    private final ServletContext context;
    private final String method;
    private final String path;
    private final @Nullable String query;
    private final @Nullable String requestedSessionId;
    private @Nullable StubSession session;

    /**
     * A request for a page.
     *
     * @param context the application
     * @param target its path, and query if there is one
     * @param session the session that its cookie names, or null for a visitor without one
     */
    public StubRequest(ServletContext context, String target, @Nullable StubSession session) {
        this(context, "GET", target, session);
        headers.put("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        headers.put("sec-fetch-mode", "navigate");
        headers.put("sec-fetch-dest", "document");
        headers.put("sec-fetch-site", "none");
    }

    private StubRequest(ServletContext context, String method, String target, @Nullable StubSession session) {
        int mark = target.indexOf('?');
        this.context = context;
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? null : target.substring(mark + 1);
        this.session = session;
        this.requestedSessionId = session == null ? null : session.getId();
        headers.put("host", "127.0.0.1:" + PORT);
        headers.put("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0");
        headers.put("accept-language", "en-GB,en;q=0.5");
        headers.put("accept-encoding", "gzip, deflate, br, zstd");
        if (query != null) {
            addParameters(query);
        }
    }

    /** A form that another server posts. */
    public static StubRequest post(ServletContext context, String path, String form) {
        StubRequest request = new StubRequest(context, "POST", path, null);
        request.headers.put("content-type", "application/x-www-form-urlencoded");
        request.addParameters(form);
        return request;
    }

    private void addParameters(String form) {
        for (String pair : form.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(decode(parts[0]), new String[] {parts.length == 1 ? "" : decode(parts[1])});
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The session that the user's cookie names from here on, or null. */
    public @Nullable StubSession session() {
        return session != null && session.isValid() ? session : null;
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        StubSession current = session;
        if (current != null && current.isValid()) {
            return current;
        }
        if (create) {
            session = new StubSession(context);
            return session;
        }
        return null;
    }

    @Override
    public HttpSession getSession() {
        HttpSession current = getSession(true);
        if (current == null) {
            throw new IllegalStateException();
        }
        return current;
    }

    @Override
    public String changeSessionId() {
        StubSession current = session();
        if (current == null) {
            throw new IllegalStateException("no session");
        }
        current.changeId();
        return current.getId();
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return requestedSessionId;
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return requestedSessionId != null && session() != null;
    }

    @Override
    public boolean isRequestedSessionIdFromCookie() {
        return requestedSessionId != null;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getServletPath() {
        return path;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public StringBuffer getRequestURL() {
        return new StringBuffer("http://127.0.0.1:").append(PORT).append(path);
    }

    @Override
    public @Nullable String getQueryString() {
        return query;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = getHeader(name);
        return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.names());
    }

    @Override
    public Cookie @Nullable [] getCookies() {
        return requestedSessionId == null ? null : new Cookie[] {new Cookie("JSESSIONID", requestedSessionId)};
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = parameters.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters.get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters.keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters);
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        return Collections.enumeration(attributes.names());
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
        attributes.put(name, value);
    }

    @Override
    public void removeAttribute(String name) {
        attributes.put(name, null);
    }

    @Override
    public ServletContext getServletContext() {
        return context;
    }

    @Override
    public @Nullable String getContentType() {
        return headers.get("content-type");
    }
}
