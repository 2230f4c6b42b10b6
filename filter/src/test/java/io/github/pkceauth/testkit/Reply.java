package io.github.pkceauth.testkit;

import java.util.Map;

/** An HTTP response that the provider is about to send. Immutable. */
public record Reply(int status, Headers headers, String body) {
    /** A response with a body of this type. */
    public static Reply of(int status, String contentType, String body) {
        return new Reply(status, Headers.of("Content-Type: " + contentType), body);
    }

    /** A JSON response that must not be stored. */
    public static Reply json(int status, Map<String, ?> members) {
        return of(status, "application/json", Json.text(members)).withHeader("Cache-Control", "no-store");
    }

    /** An HTML page. */
    public static Reply html(int status, String body) {
        return of(status, "text/html;charset=utf-8", body);
    }

    /** A redirect without a body. */
    public static Reply redirect(int status, String location) {
        return new Reply(status, Headers.none().plus("Location", location), "");
    }

    /** The same with this one value of a header field. */
    public Reply withHeader(String name, String value) {
        return new Reply(status, headers.with(name, value), body);
    }

    /** The same with another status. */
    public Reply withStatus(int other) {
        return new Reply(other, headers, body);
    }

    /** The same with another body. */
    public Reply withBody(String other) {
        return new Reply(status, headers, other);
    }

    /** Status line and header fields as they go over the wire, with whatever framing is added. */
    String head(String framing) {
        return "HTTP/1.1 " + status + " Scripted\r\n" + headers + framing + "\r\n";
    }
}
