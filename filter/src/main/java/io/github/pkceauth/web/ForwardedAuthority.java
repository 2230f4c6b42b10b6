package io.github.pkceauth.web;

import io.github.pkceauth.config.IpAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host and port as a proxy tells them.
 *
 * @param host the host as it stands in an address, an IPv6 address in brackets
 * @param port the port, or {@link ForwardedAddress#NO_PORT}
 */
record ForwardedAuthority(String host, int port) {

    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[([0-9A-Fa-f:.]{2,45})])(?::([0-9]{1,5}))?");

    static ForwardedAuthority parse(String text) throws BadForwarding {
        Matcher form = FORM.matcher(text);
        if (!form.matches() || !isHost(form.group(1), form.group(2))) {
            throw new BadForwarding("no address can have the host that a proxy told", text);
        }
        String port = form.group(3);
        return new ForwardedAuthority(form.group(1), port == null ? ForwardedAddress.NO_PORT : port(port));
    }

    static int port(String text) throws BadForwarding {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw new BadForwarding("a proxy told a port that is none", text);
        }
        return port;
    }

    /** As addresses are read elsewhere in here, so that what is told is the same origin for all. */
    private static boolean isHost(String host, @Nullable String ipv6) {
        if (ipv6 != null) {
            return ipv6.indexOf(':') >= 0 && IpAddress.parse(ipv6).isPresent();
        }
        try {
            return new URI("https://" + host).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
