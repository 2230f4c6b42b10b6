package io.github.pkceauth.example.launcher;

import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A cookie as a browser keeps it (RFC 6265bis): for one host and all its ports.
 *
 * @param sameSite {@code lax}, {@code strict} or {@code none}; a browser takes Lax where nothing is said
 * @param deleted whether it came to delete one of its name
 */
record Cookie(String host, String path, String name, String value, String sameSite, boolean httpOnly, boolean deleted) {

    static Cookie parse(URI from, String header) {
        String[] parts = header.split(";");
        String[] pair = parts[0].split("=", 2);
        Map<String, String> attributes = Arrays.stream(parts)
                .skip(1)
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(
                        part -> part[0].strip().toLowerCase(Locale.ROOT),
                        part -> part.length > 1 ? part[1].strip() : ""));
        return new Cookie(
                from.getHost(),
                attributes.getOrDefault("path", "/"),
                pair[0].strip(),
                pair[1].strip(),
                attributes.getOrDefault("samesite", "lax").toLowerCase(Locale.ROOT),
                attributes.containsKey("httponly"),
                attributes.containsKey("max-age")
                        ? Long.parseLong(attributes.get("max-age")) <= 0
                        : isPast(attributes.get("expires")));
    }

    private static boolean isPast(String expires) {
        try {
            return expires != null
                    && DateTimeFormatter.RFC_1123_DATE_TIME
                            .parse(expires, Instant::from)
                            .isBefore(Instant.now());
        } catch (DateTimeParseException e) {
            throw new AssertionError("A browser would not understand Expires=" + expires, e);
        }
    }

    boolean replaces(Cookie other) {
        return host.equals(other.host) && path.equals(other.path) && name.equals(other.name);
    }

    /** Whether it goes along with a top-level navigation. */
    boolean goesTo(URI target, String method, boolean crossSite) {
        return host.equals(target.getHost()) && covers(target.getPath()) && allows(method, crossSite);
    }

    private boolean covers(String target) {
        return target.equals(path) || target.startsWith(path.endsWith("/") ? path : path + "/");
    }

    private boolean allows(String method, boolean crossSite) {
        return switch (sameSite) {
            case "strict" -> !crossSite;
            case "none" -> true;
            default -> !crossSite || method.equals("GET");
        };
    }
}
