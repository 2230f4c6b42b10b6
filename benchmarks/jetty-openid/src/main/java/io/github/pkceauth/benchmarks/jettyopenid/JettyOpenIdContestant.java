package io.github.pkceauth.benchmarks.jettyopenid;

import io.github.pkceauth.benchmarks.Contestant;
import io.github.pkceauth.benchmarks.Deployed;
import io.github.pkceauth.benchmarks.Settings;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.openid.OpenIdAuthenticator;
import org.eclipse.jetty.security.openid.OpenIdConfiguration;
import org.eclipse.jetty.security.openid.OpenIdLoginService;

/** Login by the container: a security handler, no filter. It has no PKCE and verifies no signature. */
public final class JettyOpenIdContestant implements Contestant {

    @Override
    public String name() {
        return "Jetty OpenID" + Contestant.versionOf(OpenIdAuthenticator.class);
    }

    @Override
    public Optional<Deployed> filter(Settings settings) {
        return Optional.empty();
    }

    @Override
    public void deploy(ServletContextHandler context, Settings settings) {
        OpenIdConfiguration configuration =
                new OpenIdConfiguration.Builder(settings.issuer(), settings.clientId(), Settings.CLIENT_SECRET).build();
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.setLoginService(new OpenIdLoginService(configuration));
        security.setAuthenticator(new OpenIdAuthenticator(configuration, Settings.CALLBACK_PATH, "/error", null));
        security.addConstraintMapping(mapping("/*", Constraint.ANY_USER));
        settings.publicPaths().forEach(path -> security.addConstraintMapping(mapping(path, Constraint.ALLOWED)));
        context.setSecurityHandler(security);
    }

    private static ConstraintMapping mapping(String path, Constraint constraint) {
        ConstraintMapping mapping = new ConstraintMapping();
        mapping.setPathSpec(path);
        mapping.setConstraint(constraint);
        return mapping;
    }
}
