package io.github.pkceauth.testkit;

/**
 * A request put together by hand. Cookies of the host go along; nothing else is added but Host and
 * Connection.
 */
public final class BrowserRequest {
    /** What was sent, as far as a redirect needs to know. */
    record Sent(String method, Headers headers, String body, Journey journey) {}

    private final Browser browser;
    private final Url url;
    private String method = "GET";
    private Headers headers = Headers.none();
    private String body = "";

    BrowserRequest(Browser browser, Url url) {
        this.browser = browser;
        this.url = url;
    }

    /** Asks by another method than GET. */
    public BrowserRequest method(String other) {
        method = other;
        return this;
    }

    /** Adds a header field. */
    public BrowserRequest header(String name, String value) {
        headers = headers.plus(name, value);
        return this;
    }

    /** Sends a body of this type. */
    public BrowserRequest body(String contentType, String text) {
        headers = headers.with("Content-Type", contentType);
        body = text;
        return this;
    }

    /** Sends a form by POST. */
    public BrowserRequest form(Parameters fields) {
        method = "POST";
        return body("application/x-www-form-urlencoded", fields.encoded());
    }

    /** Sends it, and follows nothing. */
    public Page send() {
        return browser.exchange(url, new Sent(method, headers, body, Journey.bare()));
    }
}
