package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a request is from, as far as that tells one visitor from others. Behind a proxy that is the proxy, unless the
 * container itself knows better (Tomcat's {@code RemoteIpValve}, Jetty's {@code ForwardedRequestCustomizer}).
 */
final class Visitor {

    /** An address of IPv6 has eight parts, of which one customer of a network has the last four at least. */
    private static final int OF_A_NETWORK = 4;

    private Visitor() {}

    static String of(HttpServletRequest request) {
        @Nullable String address = request.getRemoteAddr();
        if (address == null) {
            return "";
        }
        int colon = -1;
        for (int parts = 0; parts < OF_A_NETWORK; parts++) {
            colon = address.indexOf(':', colon + 1);
            if (colon < 0) {
                return address;
            }
        }
        return address.substring(0, colon);
    }
}
