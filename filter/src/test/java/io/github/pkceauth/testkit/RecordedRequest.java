package io.github.pkceauth.testkit;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A request as it reached the provider.
 *
 * @param path the raw path
 * @param rawQuery the raw query, empty where there is none
 * @param body the body as UTF-8 text, undecoded
 * @param port the provider's port that it has come to
 * @param certificate the peer's certificate; null where it has shown none, or was not asked
 */
public record RecordedRequest(
        String method,
        String path,
        String rawQuery,
        Headers headers,
        String body,
        int port,
        @Nullable X509Certificate certificate) {

    /** The query's parameters, decoded, with repeats. */
    public Parameters query() {
        return Parameters.parse(rawQuery);
    }

    /** The form fields of the body, decoded, with repeats. */
    public Parameters form() {
        boolean form = headers.get("Content-Type", "").startsWith("application/x-www-form-urlencoded");
        return form ? Parameters.parse(body) : Parameters.none();
    }

    /** The one value of a header field; fails the test when it is absent or repeated. */
    public String header(String name) {
        return headers.get(name);
    }

    /** Everything that came, for a search for what must not be in it. */
    public String text() {
        String target = rawQuery.isEmpty() ? path : path + "?" + rawQuery;
        return method + " " + target + "\r\n" + headers + "\r\n" + body;
    }

    /** The parameters, wherever this method carries them. */
    Parameters parameters() {
        return method.equals("POST") ? form() : query();
    }
}
