package io.github.pkceauth.web;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a trusted proxy says of the address that the browser sees. What it leaves out is null, or {@link #NO_PORT}: the
 * container's own view stands there.
 *
 * @param scheme https or http
 * @param host the host as it stands in an address
 * @param port the port, where it is told by number
 * @param prefix what stands before the context path, beginning with a slash; empty for nothing
 */
record ForwardedAddress(@Nullable String scheme, @Nullable String host, int port, String prefix) {

    static final int NO_PORT = -1;

    /** Nothing is said. */
    static final ForwardedAddress NOTHING = new ForwardedAddress(null, null, NO_PORT, "");

    /** Steps that no browser or server reads as anything else. Possessive, so that no length costs stack. */
    private static final Pattern PREFIX = Pattern.compile("(?:/(?!\\.{1,2}(?:/|\\z))[A-Za-z0-9_~!$&'()+=:@.-]++)*+");

    /**
     * Reads what a proxy says, each part as it came, or null.
     *
     * @param port told apart from the host, whose own port wins
     * @throws BadForwarding if any part is no use: then none is
     */
    static ForwardedAddress parse(
            @Nullable String scheme, @Nullable String authority, @Nullable String port, @Nullable String prefix)
            throws BadForwarding {
        ForwardedAuthority told = authority == null ? null : ForwardedAuthority.parse(authority);
        int apart = port == null ? NO_PORT : ForwardedAuthority.port(port);
        return new ForwardedAddress(
                scheme == null ? null : scheme(scheme),
                told == null ? null : told.host(),
                told == null || told.port() == NO_PORT ? apart : told.port(),
                prefix == null ? "" : prefix(prefix));
    }

    private static String scheme(String text) throws BadForwarding {
        String scheme = text.toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new BadForwarding("a proxy told a scheme that is neither https nor http", text);
        }
        return scheme;
    }

    private static String prefix(String text) throws BadForwarding {
        String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (text.isEmpty() || text.startsWith("//") || !PREFIX.matcher(prefix).matches()) {
            throw new BadForwarding("a proxy told a prefix that is no plain path", text);
        }
        return prefix;
    }
}
