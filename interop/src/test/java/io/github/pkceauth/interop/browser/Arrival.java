package io.github.pkceauth.interop.browser;

import java.util.Locale;
import java.util.Map;

/**
 * A request as the browser sent it.
 *
 * @param target path and query
 * @param headers by name in lower case
 * @param body its bytes, each as one character
 * @param status what it was answered with, zero before that
 */
record Arrival(String method, String target, Map<String, String> headers, String body, int status) {

    /** A header field, empty where it did not come. */
    String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    @Override
    public String toString() {
        return method + " " + target + " -> " + status;
    }
}
