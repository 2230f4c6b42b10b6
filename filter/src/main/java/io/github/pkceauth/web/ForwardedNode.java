package io.github.pkceauth.web;

import io.github.pkceauth.config.IpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a proxy was called by, as RFC 7239 section 6 writes it.
 *
 * @param address the caller's address, if it is told
 */
record ForwardedNode(Optional<IpAddress> address) {

    private static final String NAME = "_[A-Za-z0-9._-]+";
    private static final Pattern NODE = Pattern.compile(
            "(?:([0-9.]+)|\\[([0-9A-Fa-f:.]+)]|(?i:unknown)|" + NAME + ")(?::(?:[0-9]{1,5}|" + NAME + "))?");

    static ForwardedNode parse(String text) throws BadForwarding {
        Matcher node = NODE.matcher(text);
        if (!node.matches()) {
            throw unreadable(text);
        }
        String written = node.group(1) == null ? node.group(2) : node.group(1);
        if (written == null) {
            return new ForwardedNode(Optional.empty());
        }
        Optional<IpAddress> address = IpAddress.parse(written);
        if (address.isEmpty() || (written.indexOf(':') >= 0) == (node.group(2) == null)) {
            throw unreadable(text);
        }
        return new ForwardedNode(address);
    }

    private static BadForwarding unreadable(String text) {
        return new BadForwarding("the header Forwarded has a for that is none", text);
    }
}
