package io.github.pkceauth.oidc;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells addresses that never leave this machine, where plain http is no risk (RFC 8252 7.3). */
public final class Loopback {

    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");

    private Loopback() {}

    /** Whether what is sent to the address may be read by others: all but https, and http on this machine. */
    public static boolean isExposed(URI address) {
        String scheme = address.getScheme();
        return !"https".equalsIgnoreCase(scheme) && !("http".equalsIgnoreCase(scheme) && isHost(address.getHost()));
    }

    /** Whether the host, as it stands in an address, is this machine by name or number. */
    public static boolean isHost(@Nullable String host) {
        return host != null
                && (host.equalsIgnoreCase("localhost")
                        || host.equals("[::1]")
                        || host.equals("::1")
                        || LOOPBACK_V4.matcher(host).matches());
    }
}
