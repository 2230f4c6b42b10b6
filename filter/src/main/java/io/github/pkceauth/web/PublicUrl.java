package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.oidc.Loopback;
import io.github.pkceauth.oidc.Printable;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The application as the browser sees it. The deployment's {@code baseUrl} wins over everything; without it, what a
 * trusted proxy says of the request counts, if the deployment names one; and what that leaves open, the container says.
 */
final class PublicUrl {

    private final @Nullable String baseUrl;
    private final String basePath;
    private final ProxyHeaders proxyHeaders;
    private final boolean allowInsecure;
    private final String callbackPath;

    /** What the last request was sent to, and where its login is answered: the next one's hardly ever differ. */
    private volatile Seen lastSeen = new Seen("", "", 0, "", "");

    private volatile RedirectUri lastRedirectUri = new RedirectUri("", "", true);

    private record Seen(String scheme, String host, int port, String path, String base) {
        boolean is(String otherScheme, String otherHost, int otherPort, String otherPath) {
            return port == otherPort && host.equals(otherHost) && scheme.equals(otherScheme) && path.equals(otherPath);
        }
    }

    private record RedirectUri(String base, String address, boolean isExposed) {
        static RedirectUri of(String base, String callbackPath) {
            String address = base + callbackPath;
            try {
                return new RedirectUri(base, address, Loopback.isExposed(URI.create(address)));
            } catch (IllegalArgumentException e) {
                return new RedirectUri(base, address, true); // an odd Host header
            }
        }
    }

    PublicUrl(Optional<String> baseUrl, Forwarding forwarding, boolean allowInsecure, String callbackPath) {
        this.baseUrl = baseUrl.orElse(null);
        String path = baseUrl.map(base -> URI.create(base).getRawPath()).orElse(null);
        this.basePath = path == null ? "" : path;
        this.proxyHeaders = new ProxyHeaders(forwarding);
        this.allowInsecure = allowInsecure;
        this.callbackPath = callbackPath;
    }

    /** Origin and context path, without a final slash. */
    String base(HttpServletRequest request) {
        if (baseUrl != null) {
            return baseUrl;
        }
        ForwardedAddress told = proxyHeaders.of(request).address();
        return told.equals(ForwardedAddress.NOTHING)
                ? baseSeenHere(request)
                : origin(request, told) + path(request, told);
    }

    private String baseSeenHere(HttpServletRequest request) {
        Seen seen = lastSeen;
        String scheme = request.getScheme();
        String host = request.getServerName();
        int port = request.getServerPort();
        String path = path(request, ForwardedAddress.NOTHING);
        if (!seen.is(scheme, host, port, path)) {
            seen = new Seen(scheme, host, port, path, origin(request, ForwardedAddress.NOTHING) + path);
            lastSeen = seen;
        }
        return seen.base();
    }

    /** The path of {@link #base}, without a final slash. */
    String path(HttpServletRequest request) {
        return baseUrl == null ? path(request, proxyHeaders.of(request).address()) : basePath;
    }

    private static String path(HttpServletRequest request, ForwardedAddress told) {
        // Not the request's word for it, which in Tomcat is as odd as the visitor wrote it.
        ServletContext context = request.getServletContext();
        String path = context == null ? request.getContextPath() : context.getContextPath();
        return told.prefix().isEmpty() ? path : told.prefix() + path;
    }

    boolean isHttps(HttpServletRequest request) {
        return base(request).regionMatches(true, 0, "https:", 0, 6);
    }

    /**
     * Where the provider sends its answers: never plain http to another machine, unless the deployment
     * says so twice (RFC 9700 section 2.6).
     */
    String redirectUri(HttpServletRequest request) throws AuthFailure {
        RedirectUri redirectUri = lastRedirectUri;
        String base = base(request);
        if (!redirectUri.base().equals(base)) {
            redirectUri = RedirectUri.of(base, callbackPath);
            lastRedirectUri = redirectUri;
        }
        boolean openlyAllowed = allowInsecure && baseUrl != null;
        if (!openlyAllowed && redirectUri.isExposed()) {
            throw new AuthFailure(
                    Reason.REDIRECT_URI_INSECURE,
                    "the redirect URI would be " + Printable.of(redirectUri.address()) + ", plain http; "
                            + mend(request));
        }
        return redirectUri.address(); // the same text for all who wait for an answer there
    }

    private String mend(HttpServletRequest request) {
        return proxyHeaders
                .of(request)
                .unheard()
                .map(why -> why + ": mend that, or set baseUrl to the https address that the browser sees")
                .orElse("behind a proxy that speaks https, set baseUrl to the https address that the browser sees");
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

    private static String origin(HttpServletRequest request, ForwardedAddress told) {
        String scheme = told.scheme() == null ? request.getScheme() : told.scheme();
        if (told.host() != null) {
            return origin(scheme, told.host(), told.port());
        }
        String host = request.getServerName();
        boolean bareIpv6 = host.indexOf(':') >= 0 && !host.startsWith("[");
        int port = told.port() == ForwardedAddress.NO_PORT ? portInHost(request) : told.port();
        return origin(scheme, bareIpv6 ? "[" + host + "]" : host, port);
    }

    /** The port that was asked for, or none where the container only names the usual one of its own scheme. */
    private static int portInHost(HttpServletRequest request) {
        int port = request.getServerPort();
        return port == usualPort(request.getScheme()) ? ForwardedAddress.NO_PORT : port;
    }

    private static int usualPort(String scheme) {
        return scheme.equalsIgnoreCase("https") ? 443 : 80;
    }

    private static String origin(String scheme, String host, int port) {
        String origin = scheme.toLowerCase(Locale.ROOT) + "://" + host.toLowerCase(Locale.ROOT);
        return port <= 0 || port == usualPort(scheme) ? origin : origin + ":" + port;
    }
}
