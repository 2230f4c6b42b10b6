package io.github.pkceauth.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as a browser reads it: odd targets are kept byte for byte, and {@link #resolve} takes
 * backslashes, tabs and missing slashes the way browsers do (the WHATWG URL standard). The fragment
 * is dropped, as it is never sent.
 *
 * @param target path and query; for schemes such as {@code javascript} all that follows the colon
 */
public record Url(String scheme, String host, int port, String target) {
    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("([^/\\\\?]*)(.*)", Pattern.DOTALL);
    private static final Set<String> SPECIAL = Set.of("http", "https", "ws", "wss", "ftp");

    /** Reads an absolute address. Path and query are taken verbatim. */
    public static Url parse(String address) {
        String text = withoutFragment(address);
        Matcher absolute = ABSOLUTE.matcher(text);
        if (!absolute.matches()) {
            throw new IllegalArgumentException("Not an absolute URL: " + address);
        }
        String scheme = absolute.group(1).toLowerCase(Locale.ROOT);
        String rest = absolute.group(2);
        if (!SPECIAL.contains(scheme)) {
            return new Url(scheme, "", -1, rest);
        }
        if (!rest.startsWith("//")) {
            throw new IllegalArgumentException("No host in: " + address);
        }
        return withAuthority(scheme, rest.substring(2));
    }

    /** Where a browser on this page goes for the reference, for instance of a Location header. */
    public Url resolve(String reference) {
        String text = stripEnds(reference).replaceAll("[\\t\\r\\n]", "");
        text = slashed(withoutFragment(text));
        Matcher absolute = ABSOLUTE.matcher(text);
        if (absolute.matches()) {
            String other = absolute.group(1).toLowerCase(Locale.ROOT);
            String rest = absolute.group(2);
            if (!SPECIAL.contains(other)) {
                return new Url(other, "", -1, rest);
            }
            if (!other.equals(scheme) || rest.startsWith("//")) {
                return withAuthority(other, rest.replaceFirst("^/+", ""));
            }
            text = rest;
        }
        if (text.startsWith("//")) {
            return withAuthority(scheme, text.replaceFirst("^/+", ""));
        }
        if (text.isEmpty()) {
            return this;
        }
        if (text.startsWith("/")) {
            return withTarget(normalized(text));
        }
        if (text.startsWith("?")) {
            return withTarget(path() + text);
        }
        String folder = path().substring(0, path().lastIndexOf('/') + 1);
        return withTarget(normalized(folder + text));
    }

    /** The same place with another path and query, taken verbatim. */
    public Url withTarget(String other) {
        return new Url(scheme, host, port, other);
    }

    /** Scheme, host and port, as browsers write an origin. */
    public String origin() {
        if (host.isEmpty()) {
            return "null";
        }
        boolean usual = port == usualPort(scheme);
        return scheme + "://" + host + (usual ? "" : ":" + port);
    }

    /** Host and port, as the Host header has them. */
    public String authority() {
        return host + (port == usualPort(scheme) ? "" : ":" + port);
    }

    /** The raw path. */
    public String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    /** The raw query, empty where there is none. */
    public String query() {
        int question = target.indexOf('?');
        return question < 0 ? "" : target.substring(question + 1);
    }

    /** The query's parameters, decoded. */
    public Parameters parameters() {
        return Parameters.parse(query());
    }

    /** The address without its query. */
    public String withoutQuery() {
        return withTarget(path()).toString();
    }

    /** Whether the two are one site; hosts are compared whole, so 127.0.0.1 is not localhost. */
    boolean sameSite(Url other) {
        return scheme.equals(other.scheme) && host.equals(other.host);
    }

    @Override
    public String toString() {
        return host.isEmpty() ? scheme + ":" + target : origin() + target;
    }

    private static Url withAuthority(String scheme, String rest) {
        Matcher parts = AUTHORITY.matcher(rest);
        if (!parts.matches()) {
            throw new IllegalArgumentException("No host in: " + rest);
        }
        String place = parts.group(1).substring(parts.group(1).lastIndexOf('@') + 1);
        String target = parts.group(2).startsWith("/") ? parts.group(2) : "/" + parts.group(2);
        int colon = place.indexOf(':', place.lastIndexOf(']') + 1);
        String host = (colon < 0 ? place : place.substring(0, colon)).toLowerCase(Locale.ROOT);
        return new Url(scheme, host, port(scheme, place, colon), target);
    }

    private static int port(String scheme, String place, int colon) {
        if (colon < 0 || colon == place.length() - 1) {
            return usualPort(scheme);
        }
        try {
            return Integer.parseInt(place.substring(colon + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            case "ftp" -> 21;
            default -> -1;
        };
    }

    private static String withoutFragment(String text) {
        int hash = text.indexOf('#');
        return hash < 0 ? text : text.substring(0, hash);
    }

    private static String stripEnds(String text) {
        return text.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "");
    }

    private static String slashed(String text) {
        Matcher absolute = ABSOLUTE.matcher(text);
        if (absolute.matches() && !SPECIAL.contains(absolute.group(1).toLowerCase(Locale.ROOT))) {
            return text;
        }
        int question = text.indexOf('?');
        return question < 0
                ? text.replace('\\', '/')
                : text.substring(0, question).replace('\\', '/') + text.substring(question);
    }

    private static String normalized(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            String plain = segments[i].replaceAll("(?i)%2e", ".");
            boolean last = i == segments.length - 1;
            if (plain.equals("..")) {
                kept.pollLast();
            } else if (!plain.equals(".")) {
                kept.addLast(segments[i]);
                continue;
            }
            if (last) {
                kept.addLast("");
            }
        }
        return "/" + String.join("/", kept) + (question < 0 ? "" : target.substring(question));
    }
}
