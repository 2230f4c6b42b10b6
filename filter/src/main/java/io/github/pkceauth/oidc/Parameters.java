package io.github.pkceauth.oidc;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of a request to the provider, in order; not safe for use by several threads. */
final class Parameters {

    /** Enough for a request without oversized extras. */
    private static final int USUAL_LENGTH = 512;

    private final List<Map.Entry<String, String>> entries = new ArrayList<>();

    Parameters add(String name, String value) {
        entries.add(Map.entry(name, value));
        return this;
    }

    /** Adds the parameter, in place of others of its name. */
    Parameters put(String name, String value) {
        entries.removeIf(entry -> entry.getKey().equals(name));
        return add(name, value);
    }

    /** Adds the parameter if it has a value. */
    Parameters addIfPresent(String name, @Nullable String value) {
        return value == null ? this : add(name, value);
    }

    Parameters addAll(List<Map.Entry<String, String>> more) {
        entries.addAll(more);
        return this;
    }

    /** The same once more, to be changed by itself. */
    Parameters copy() {
        return new Parameters().addAll(entries);
    }

    /** Name and value of each, in order. */
    List<Map.Entry<String, String>> entries() {
        return List.copyOf(entries);
    }

    /** As the body of a form post (application/x-www-form-urlencoded). */
    String asForm() {
        StringBuilder out = new StringBuilder(USUAL_LENGTH);
        String between = "";
        for (Map.Entry<String, String> entry : entries) {
            out.append(between).append(formEncode(entry.getKey())).append('=').append(formEncode(entry.getValue()));
            between = "&";
        }
        return out.toString();
    }

    /** As part of an address. */
    String asQuery() {
        return asForm().replace("+", "%20"); // which is read as a space by every server, "+" by most
    }

    /** Behind an address, which may have a query of its own (RFC 6749 section 3.1). */
    String appendedTo(String address) {
        String query = asQuery();
        if (address.indexOf('?') < 0) {
            return address + '?' + query;
        }
        return address.endsWith("?") || address.endsWith("&") ? address + query : address + '&' + query;
    }

    static String formEncode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isWrittenAsItIs(text.charAt(i))) {
                return URLEncoder.encode(text, StandardCharsets.UTF_8);
            }
        }
        return text; // as are codes, tokens and most names
    }

    private static boolean isWrittenAsItIs(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
