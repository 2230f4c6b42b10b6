package io.github.pkceauth.fuzz;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a browser goes: the basic URL parser of the WHATWG URL standard, as far as scheme, host, port and path. It
 * forgives what it should not, in the browsers' own order: ends and tabs stripped, backslashes as slashes, any number
 * of slashes before a host, everything up to the last {@code @} as a user's name, steps up in disguise.
 *
 * @param scheme the scheme in lower case
 * @param host the host in lower case, or empty where the scheme has none, as {@code javascript}
 * @param port the port, also where it is the usual one, or -1
 * @param path the path's segments, with the steps up taken
 */
public record BrowserAddress(String scheme, String host, int port, List<String> path) {

    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)", Pattern.DOTALL);
    private static final Pattern SLASHES = Pattern.compile("^[/\\\\]+");
    private static final Set<String> SPECIAL = Set.of("http", "https", "ws", "wss", "ftp");
    private static final String FORBIDDEN_IN_HOSTS = "\0\t\n\r #/:<>?@[\\]^|%";

    /** An absolute address, or empty if a browser would refuse it. */
    public static Optional<BrowserAddress> of(String address) {
        return resolved(address, new BrowserAddress("about", "", -1, List.of()));
    }

    /** Where a reference leads on this page, or empty if a browser would refuse it. */
    public Optional<BrowserAddress> resolve(String reference) {
        return resolved(reference, this);
    }

    /** Whether the two are one origin. */
    public boolean sameOrigin(BrowserAddress other) {
        return scheme.equals(other.scheme) && host.equals(other.host) && port == other.port && !host.isEmpty();
    }

    /** Whether a browser regards what it sends there as unreadable for others: by TLS, or on this machine. */
    public boolean isSafe() {
        boolean loopback = host.equals("localhost") || host.equals("[::1]") || isLoopbackNumber();
        return scheme.equals("https") || (scheme.equals("http") && loopback);
    }

    private boolean isLoopbackNumber() {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            return false;
        }
        for (String part : parts) {
            if (part.isEmpty() || part.length() > 3 || !part.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return false;
            }
            if (Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static Optional<BrowserAddress> resolved(String reference, BrowserAddress base) {
        String text = stripped(reference);
        Matcher absolute = SCHEME.matcher(text);
        if (!absolute.matches()) {
            return relative(text, base);
        }
        String scheme = absolute.group(1).toLowerCase(Locale.ROOT);
        String rest = absolute.group(2);
        if (!SPECIAL.contains(scheme)) {
            return Optional.of(new BrowserAddress(scheme, "", -1, List.of(rest)));
        }
        if (scheme.equals(base.scheme) && !rest.startsWith("//")) {
            return relative(rest, base);
        }
        return withAuthority(scheme, rest);
    }

    private static Optional<BrowserAddress> relative(String text, BrowserAddress base) {
        if (!SPECIAL.contains(base.scheme)) {
            return Optional.empty();
        }
        Matcher slashes = SLASHES.matcher(text);
        if (!slashes.find()) {
            boolean samePage = text.isEmpty() || text.startsWith("?") || text.startsWith("#");
            List<String> folder = base.path.subList(0, Math.max(0, base.path.size() - 1));
            return Optional.of(
                    new BrowserAddress(base.scheme, base.host, base.port, samePage ? base.path : path(text, folder)));
        }
        return slashes.end() == 1
                ? Optional.of(new BrowserAddress(base.scheme, base.host, base.port, path(text.substring(1), List.of())))
                : withAuthority(base.scheme, text);
    }

    private static Optional<BrowserAddress> withAuthority(String scheme, String text) {
        String rest = SLASHES.matcher(text).replaceFirst("");
        int end = firstOf(rest, "/\\?#");
        String authority = rest.substring(0, end);
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = place.indexOf(':', place.lastIndexOf(']') + 1);
        String host = host(colon < 0 ? place : place.substring(0, colon));
        int port = port(scheme, colon < 0 ? "" : place.substring(colon + 1));
        if (host.isEmpty() || port < 0) {
            return Optional.empty();
        }
        String path = rest.substring(end);
        boolean rooted = path.startsWith("/") || path.startsWith("\\");
        return Optional.of(new BrowserAddress(scheme, host, port, path(rooted ? path.substring(1) : path, List.of())));
    }

    private static String host(String written) {
        if (written.startsWith("[")) {
            return written.toLowerCase(Locale.ROOT);
        }
        String decoded;
        try {
            decoded = URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
        String host = Normalizer.normalize(decoded, Normalizer.Form.NFKC)
                .replace('\u3002', '.')
                .replace("\u00AD", "")
                .toLowerCase(Locale.ROOT);
        return host.chars().anyMatch(c -> FORBIDDEN_IN_HOSTS.indexOf(c) >= 0) ? "" : host;
    }

    private static int port(String scheme, String digits) {
        if (digits.isEmpty()) {
            return switch (scheme) {
                case "http", "ws" -> 80;
                case "ftp" -> 21;
                default -> 443;
            };
        }
        boolean number = digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number && Integer.parseInt(digits) < 65536 ? Integer.parseInt(digits) : -1;
    }

    private static List<String> path(String text, List<String> folder) {
        List<String> segments = new ArrayList<>(folder);
        String[] steps = text.substring(0, firstOf(text, "?#")).split("[/\\\\]", -1);
        for (int i = 0; i < steps.length; i++) {
            String plain = steps[i].replace("%2e", ".").replace("%2E", ".");
            boolean up = plain.equals("..");
            if (up && !segments.isEmpty()) {
                segments.remove(segments.size() - 1);
            }
            if (!up && !plain.equals(".")) {
                segments.add(steps[i]);
            } else if (i == steps.length - 1) {
                segments.add("");
            }
        }
        return List.copyOf(segments);
    }

    private static int firstOf(String text, String characters) {
        int i = 0;
        while (i < text.length() && characters.indexOf(text.charAt(i)) < 0) {
            i++;
        }
        return i;
    }

    private static String stripped(String reference) {
        int start = 0;
        int end = reference.length();
        while (start < end && reference.charAt(start) <= ' ') {
            start++;
        }
        while (end > start && reference.charAt(end - 1) <= ' ') {
            end--;
        }
        return reference
                .substring(start, end)
                .replace("\t", "")
                .replace("\n", "")
                .replace("\r", "");
    }
}
