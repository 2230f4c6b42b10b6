package io.github.pkceauth.testkit;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A response as the browser got it, and how it got there. Immutable. */
public final class Page {
    private static final Pattern REFRESH = Pattern.compile("<meta http-equiv=\"refresh\" content=\"0;url=([^\"]*)\">");

    private final Url url;
    private final BrowserRequest.Sent request;
    private final int status;
    private final Headers headers;
    private final String body;

    Page(Url url, BrowserRequest.Sent request, int status, Headers headers, String body) {
        this.url = url;
        this.request = request;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** The address that was asked. */
    public Url url() {
        return url;
    }

    /** The address that was asked, where it is one that Java's URI can hold. */
    public URI uri() {
        return URI.create(url.toString());
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** All header fields. */
    public Headers headers() {
        return headers;
    }

    /** The one value of a header field; fails the test when it is absent or repeated. */
    public String header(String name) {
        return headers.get(name);
    }

    /** The body as UTF-8 text. */
    public String body() {
        return body;
    }

    /** The body as a JSON object; fails the test when it is none. */
    public Map<String, Object> json() {
        return Json.object(body);
    }

    /** What the application saw, where the page is of the {@link Probe}. */
    public Seen seen() {
        return Seen.in(this);
    }

    /** The raw Location header; fails the test when there is none. */
    public String location() {
        return headers.get("Location");
    }

    /** Where a browser goes for the Location header. */
    public Url redirectTarget() {
        return url.resolve(location());
    }

    /** Whether the browser is sent elsewhere. */
    public boolean isRedirect() {
        return status >= 300 && status < 400 && headers.has("Location");
    }

    /** The cookies that the response sets or removes. */
    public List<SetCookie> cookiesSet() {
        return headers.all("Set-Cookie").stream().map(SetCookie::parse).toList();
    }

    /** The first form of the page; fails the test when there is none. */
    public Form form() {
        return Form.firstOf(body);
    }

    /** Whether the page sends its form off by itself. */
    public boolean submitsItself() {
        return status == 200
                && (body.contains(".submit()") || body.contains(".submit.call("))
                && body.toLowerCase(Locale.ROOT).contains("<form");
    }

    /** Whether the page has the browser go on to another address by itself. */
    public boolean refreshes() {
        return status == 200 && REFRESH.matcher(body).find();
    }

    /** Where the page has the browser go on to; fails the test when it does not. */
    public Url refreshTarget() {
        Matcher refresh = REFRESH.matcher(body);
        if (!refresh.find()) {
            throw new AssertionError("No refresh in the page: " + body);
        }
        return url.resolve(Html.unescape(refresh.group(1)));
    }

    /** Everything that came, for a search for what must not be in it. */
    public String text() {
        return status + "\r\n" + headers + "\r\n" + body;
    }

    BrowserRequest.Sent request() {
        return request;
    }

    @Override
    public String toString() {
        return request.method() + " " + url + " -> " + text();
    }
}
