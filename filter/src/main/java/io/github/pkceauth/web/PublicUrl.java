package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.Loopback;
import io.github.pkceauth.oidc.Printable;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application as the browser sees it. The deployment's {@code baseUrl} wins over everything;
 * without it, what the container says of the request counts, and forwarding headers do not.
 */
final class PublicUrl {

    private final @Nullable String baseUrl;
    private final String basePath;
    private final boolean allowInsecure;
    private final String callbackPath;

    PublicUrl(Optional<String> baseUrl, boolean allowInsecure, String callbackPath) {
        this.baseUrl = baseUrl.orElse(null);
        String path = baseUrl.map(base -> URI.create(base).getRawPath()).orElse(null);
        this.basePath = path == null ? "" : path;
        this.allowInsecure = allowInsecure;
        this.callbackPath = callbackPath;
    }

    /** Origin and context path, without a final slash. */
    String base(HttpServletRequest request) {
        return baseUrl != null ? baseUrl : requestOrigin(request) + path(request);
    }

    /** The path of {@link #base}, without a final slash. */
    String path(HttpServletRequest request) {
        // Not the request's word for it, which in Tomcat is as odd as the visitor wrote it.
        ServletContext context = request.getServletContext();
        String contextPath = context == null ? request.getContextPath() : context.getContextPath();
        return baseUrl == null ? contextPath : basePath;
    }

    boolean isHttps(HttpServletRequest request) {
        return base(request).regionMatches(true, 0, "https:", 0, 6);
    }

    /**
     * Where the provider sends its answers: never plain http to another machine, unless the deployment
     * says so twice (RFC 9700 section 2.6).
     */
    String redirectUri(HttpServletRequest request) throws AuthFailure {
        String redirectUri = base(request) + callbackPath;
        boolean openlyAllowed = allowInsecure && baseUrl != null;
        if (!openlyAllowed && isExposed(redirectUri)) {
            throw new AuthFailure(
                    Reason.REDIRECT_URI_INSECURE,
                    "the redirect URI would be "
                            + Printable.of(redirectUri)
                            + ", plain http; behind a proxy that speaks https, set baseUrl to the https address"
                            + " that the browser sees");
        }
        return redirectUri;
    }

    private static boolean isExposed(String address) {
        try {
            return Loopback.isExposed(URI.create(address));
        } catch (IllegalArgumentException e) {
            return true; // an odd Host header
        }
    }

    /** Whether an address or an Origin header is of the application's own origin. */
    boolean isSameOrigin(HttpServletRequest request, String address) {
        String own = originOf(base(request));
        return own != null && own.equals(originOf(address));
    }

    private static @Nullable String originOf(String address) {
        try {
            URI uri = URI.create(address);
            if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
                return null;
            }
            return origin(uri.getScheme(), uri.getHost(), uri.getPort());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String requestOrigin(HttpServletRequest request) {
        String host = request.getServerName();
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        return origin(request.getScheme(), bareIpv6 ? "[" + host + "]" : host, request.getServerPort());
    }

    private static String origin(String scheme, String host, int port) {
        String origin = scheme.toLowerCase(Locale.ROOT) + "://" + host.toLowerCase(Locale.ROOT);
        boolean standard =
                port <= 0 || (port == 443 && origin.startsWith("https:")) || (port == 80 && origin.startsWith("http:"));
        return standard ? origin : origin + ":" + port;
    }
}
