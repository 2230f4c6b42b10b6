package io.github.pkceauth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A Set-Cookie header as it came.
 *
 * @param attributes what follows the value, each as {@code name=value} or as a bare name
 */
public record SetCookie(String name, String value, List<String> attributes) {
    /** Reads one header's value. */
    public static SetCookie parse(String header) {
        List<String> parts = new ArrayList<>();
        for (String part : header.split(";", -1)) {
            parts.add(part.strip());
        }
        String pair = parts.remove(0);
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        return new SetCookie(name, equals < 0 ? "" : pair.substring(equals + 1), List.copyOf(parts));
    }

    /** Whether the attribute is there, in any case of letters. */
    public boolean has(String attribute) {
        String wanted = attribute.toLowerCase(Locale.ROOT);
        return attributes.stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .anyMatch(each -> each.equals(wanted) || each.startsWith(wanted + "="));
    }

    /** The attribute's value, empty where it is absent or has none. */
    public String get(String attribute) {
        String wanted = attribute.toLowerCase(Locale.ROOT) + "=";
        return attributes.stream()
                .filter(each -> each.toLowerCase(Locale.ROOT).startsWith(wanted))
                .map(each -> each.substring(wanted.length()))
                .findFirst()
                .orElse("");
    }

    /** Whether scripts cannot read it. */
    public boolean isHttpOnly() {
        return has("HttpOnly");
    }

    /** Whether it goes over https only. */
    public boolean isSecure() {
        return has("Secure");
    }

    /** Whether it takes the cookie away: {@code Max-Age} is not positive, or without one it expired in 1970. */
    public boolean isRemoval() {
        return has("Max-Age")
                ? get("Max-Age").matches("0+|-\\d+")
                : get("Expires").contains("1970");
    }
}
