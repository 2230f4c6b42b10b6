package io.github.pkceauth.example;

import io.github.pkceauth.PkceAuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Map;

/**
 * A second way in, with a provider of its own: a second filter, with a name, paths and session attributes of its own. It
 * is there if the deployment names its issuer, {@code PKCE_PARTNER_ISSUER}; its other parameters begin with the same.
 */
final class Partner {

    static final String FILTER = "partner";

    /** What the partner's users may see; the first filter leaves it to this one. */
    static final String PAGES = "/partner";

    private static final String ISSUER = "PKCE_PARTNER_ISSUER";
    private static final String ISSUER_PROPERTY = "pkce.partner.issuer";

    private Partner() {}

    static boolean isNamedFor(ServletContext context) {
        return System.getenv(ISSUER) != null
                || System.getenv(ISSUER + "_FILE") != null
                || System.getProperty(ISSUER_PROPERTY) != null
                || context.getInitParameter(ISSUER_PROPERTY) != null;
    }

    static void addTo(ServletContext context) {
        FilterRegistration.Dynamic filter = context.addFilter(FILTER, PkceAuthFilter.class);
        filter.setInitParameters(Map.of(
                "callbackPath",
                PAGES + "/callback",
                "loginPath",
                PAGES + "/login",
                "logoutPath",
                PAGES + "/logout",
                "afterLogoutPath",
                ChoosePage.PATH,
                "publicPaths",
                ChoosePage.PATH,
                "rolesClaim",
                "roles"));
        filter.setAsyncSupported(true);
        // After the filter of web.xml: both know their users on the page that shows both.
        filter.addMappingForUrlPatterns(
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
                true,
                PAGES + "/*",
                ChoosePage.PATH);
    }
}
