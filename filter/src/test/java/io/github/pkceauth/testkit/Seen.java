package io.github.pkceauth.testkit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the application saw of a request, as the {@link Probe} tells it; null is told as empty. */
public final class Seen {
    private final Map<String, Object> members;

    private Seen(Map<String, Object> members) {
        this.members = members;
    }

    static Seen in(Page page) {
        if (!page.headers().get("Content-Type", "").startsWith("application/json")
                || !page.body().contains("\"dispatcherType\"")) {
            throw new AssertionError("The request did not reach the application: " + page);
        }
        return new Seen(page.json());
    }

    /** The request's method. */
    public String method() {
        return text("method");
    }

    /** The raw path, with the context path. */
    public String requestUri() {
        return text("requestURI");
    }

    /** The address as the container puts it together. */
    public String requestUrl() {
        return text("requestURL");
    }

    /** The raw query. */
    public String query() {
        return text("query");
    }

    /** The result of {@code getRemoteUser()}. */
    public String remoteUser() {
        return text("remoteUser");
    }

    /** The name of the principal. */
    public String principal() {
        return text("principal");
    }

    /** The class of the principal. */
    public String principalClass() {
        return text("principalClass");
    }

    /** The result of {@code getAuthType()}. */
    public String authType() {
        return text("authType");
    }

    /** How the request was dispatched: REQUEST, ASYNC, ERROR, FORWARD or INCLUDE. */
    public String dispatcherType() {
        return text("dispatcherType");
    }

    /** The body, as far as nobody had read it before. */
    public String body() {
        return text("body");
    }

    /** Whether there is a session. */
    public boolean hasSession() {
        return Boolean.TRUE.equals(members.get("session"));
    }

    /** Whether the user has a role that the query asked for; fails the test when it did not ask. */
    public boolean hasRole(String role) {
        Object answer = Json.object(members, "roles").get(role);
        if (answer instanceof Boolean has) {
            return has;
        }
        throw new AssertionError("The query did not ask for role=" + role);
    }

    /** Whether nobody is signed in, by all three methods of the request. */
    public boolean isAnonymous() {
        return remoteUser().isEmpty() && principal().isEmpty() && authType().isEmpty();
    }

    /** All that the application told. */
    public Map<String, Object> members() {
        return members;
    }

    private String text(String name) {
        @Nullable Object value = members.get(name);
        return value == null ? "" : value.toString();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
