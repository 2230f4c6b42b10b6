package io.github.pkceauth.benchmarks.pac4j;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import io.github.pkceauth.benchmarks.Settings;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.pac4j.core.client.Clients;
import org.pac4j.core.config.Config;
import org.pac4j.core.http.url.DefaultUrlResolver;
import org.pac4j.core.matching.matcher.PathMatcher;
import org.pac4j.jee.filter.CallbackFilter;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.oidc.client.OidcClient;
import org.pac4j.oidc.config.OidcConfiguration;

/** The two filters that an application maps: one to the callback, the other to everything else. */
final class Pac4jFilter implements Filter {

    private final CallbackFilter callback;
    private final SecurityFilter security;

    Pac4jFilter(Settings settings) {
        Clients clients = new Clients(Settings.CALLBACK_PATH, client(settings));
        clients.setUrlResolver(new DefaultUrlResolver(true));
        Config config = new Config(clients);
        PathMatcher publicPages = new PathMatcher();
        settings.publicPaths().forEach(path -> publicPages.excludeBranch(path.replace("/*", "")));
        config.addMatcher("protected", publicPages);
        callback = new CallbackFilter(config, "/page");
        security = new SecurityFilter(config, "OidcClient", "isAuthenticated", "protected");
    }

    static OidcClient client(Settings settings) {
        OidcConfiguration configuration = new OidcConfiguration();
        configuration.setClientId(settings.clientId());
        configuration.setSecret(Settings.CLIENT_SECRET);
        configuration.setDiscoveryURI(settings.issuer() + "/.well-known/openid-configuration");
        configuration.setClientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC);
        configuration.setUseNonce(true);
        configuration.setPreferredJwsAlgorithm(
                settings.clientId().endsWith("es256") ? JWSAlgorithm.ES256 : JWSAlgorithm.RS256);
        OidcClient client = new OidcClient(configuration);
        client.setName("OidcClient");
        client.setAuthorizationGenerator((context, profile) -> {
            if (profile.getAttribute(Settings.ROLES_CLAIM) instanceof List<?> roles) {
                roles.forEach(role -> profile.addRole(String.valueOf(role)));
            }
            return Optional.of(profile);
        });
        return client;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        callback.init(config);
        security.init(config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean back = ((HttpServletRequest) request).getServletPath().equals(Settings.CALLBACK_PATH);
        (back ? callback : security).doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        callback.destroy();
        security.destroy();
    }
}
