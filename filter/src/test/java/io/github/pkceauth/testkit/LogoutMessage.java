package io.github.pkceauth.testkit;

/**
 * One logout token on its way, the same each time it is sent: OpenID Connect Back-Channel Logout 1.0
 * section 2.5, or a departure from it. Immutable.
 */
public final class LogoutMessage {
    private static final String FIELD = "logout_token";

    private final String token;
    private final String method;
    private final String query;
    private final String body;
    private final String contentType;

    private LogoutMessage(String token, String method, String query, String body, String contentType) {
        this.token = token;
        this.method = method;
        this.query = query;
        this.body = body;
        this.contentType = contentType;
    }

    static LogoutMessage of(String token) {
        String form = Parameters.none().plus(FIELD, token).encoded();
        return new LogoutMessage(token, "POST", "", form, "application/x-www-form-urlencoded");
    }

    /** The serialized token. */
    public String token() {
        return token;
    }

    /** By another method; the body stays. */
    public LogoutMessage byMethod(String other) {
        return new LogoutMessage(token, other, query, body, contentType);
    }

    /** With the fields in the query, and an empty body. */
    public LogoutMessage inQuery() {
        return new LogoutMessage(token, method, body, "", contentType);
    }

    /** With the token twice among the fields. */
    public LogoutMessage twice() {
        return withBody(body + "&" + body);
    }

    /** With one more field behind the others, also where one of that name is there already. */
    public LogoutMessage alsoField(String name, String value) {
        return withBody(body + "&" + Parameters.none().plus(name, value).encoded());
    }

    /** With this text in place of the form; an empty one is a form without a token. */
    public LogoutMessage withBody(String raw) {
        return new LogoutMessage(token, method, query, raw, contentType);
    }

    /** As another type; an empty one is not sent. */
    public LogoutMessage withContentType(String type) {
        return new LogoutMessage(token, method, query, body, type);
    }

    /** Sends it to this address, and hands back the answer. */
    public Page sentTo(String url) {
        Url place = Url.parse(url);
        String mark = query.isEmpty() ? "" : place.target().contains("?") ? "&" : "?";
        String[] headers = contentType.isEmpty() ? new String[0] : new String[] {"Content-Type: " + contentType};
        return RawHttp.to(place).request(method, place.target() + mark + query, body, headers);
    }
}
