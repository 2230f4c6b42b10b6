package io.github.pkceauth.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machines whose word on where a request came from counts.
 *
 * @param ranges their addresses
 */
public record TrustedProxies(List<AddressRange> ranges) {

    /** Nobody. */
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    /**
     * Reads IP addresses and ranges of them, separated by white space.
     *
     * @throws BadValue if there is anything else among them, or a range that is everybody
     */
    public static TrustedProxies parse(String text) throws BadValue {
        List<AddressRange> ranges = new ArrayList<>();
        for (String range : Parsers.words(text)) {
            ranges.add(AddressRange.parse(range));
        }
        return new TrustedProxies(List.copyOf(ranges));
    }

    /**
     * Whether a request came from one of them.
     *
     * @param remote the sender's address as the container has it: Jetty puts IPv6 in brackets, and the JDK a zone behind
     */
    public boolean sent(@Nullable String remote) {
        if (remote == null) {
            return false;
        }
        String bare =
                remote.startsWith("[") && remote.endsWith("]") ? remote.substring(1, remote.length() - 1) : remote;
        int zone = bare.indexOf('%');
        Optional<IpAddress> address = IpAddress.parse(zone < 0 ? bare : bare.substring(0, zone));
        return address.filter(this::contain).isPresent();
    }

    /** Whether the address is one of theirs. */
    public boolean contain(IpAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
