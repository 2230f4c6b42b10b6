package io.github.pkceauth;

import io.github.pkceauth.config.ConfigReader;
import io.github.pkceauth.config.ConfigurationException;
import io.github.pkceauth.web.Handlers;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Puts login into a web application: OAuth 2.0 Authorization Code with PKCE (RFC 6749, RFC 7636) and
 * OpenID Connect. Map it in {@code web.xml} to {@code /*} for the dispatchers REQUEST, ASYNC and
 * ERROR, with {@code <async-supported>true}, and give it the init-params {@code issuer} and {@code
 * clientId}; the README has all parameters.
 *
 * <p>Behind it, {@code getUserPrincipal()} is a {@link io.github.pkceauth.api.PkceUser}. Safe for use
 * by several threads, as the container does.
 */
public final class PkceAuthFilter implements Filter {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private volatile @Nullable Handlers handlers;
    private volatile @Nullable FilterDeployment deployment;

    /** Made by the container, and of use after {@link #init}. */
    public PkceAuthFilter() {}

    /**
     * Reads and checks the configuration. Nothing is read from the provider yet, so that one that is
     * down does not stop the application from starting.
     *
     * @param filterConfig the filter's configuration
     * @throws ServletException naming every problem of the configuration and its mend
     */
    @Override
    public void init(FilterConfig filterConfig) throws ServletException {
        FilterDeployment here = FilterDeployment.of(filterConfig);
        try {
            ConfigReader.Reading reading = ConfigReader.read(here.describe());
            handlers = new Handlers(reading.config(), InstantSource.system(), System::nanoTime);
            LOG.log(Level.INFO, "PkceAuthFilter ''{0}'': {1}", here.filterName(), reading.origins());
            reading.warnings().forEach(warning -> LOG.log(Level.WARNING, "PkceAuthFilter: {0}", warning));
            here.claimName();
            deployment = here;
        } catch (ConfigurationException e) {
            // Logged as well as thrown: some containers keep the exception's message to themselves.
            LOG.log(Level.ERROR, e.getMessage());
            throw new ServletException(e.getMessage(), e);
        }
    }

    /**
     * Passes the request on if it may pass, and answers it otherwise.
     *
     * @param request the request
     * @param response the response
     * @param chain the application
     * @throws IOException if the application throws it, or an answer cannot be written
     * @throws ServletException if the application throws it, or the request is none of HTTP
     */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Handlers ready = handlers;
        if (ready == null
                || !(request instanceof HttpServletRequest httpRequest)
                || !(response instanceof HttpServletResponse httpResponse)) {
            throw new ServletException(
                    ready == null ? "PkceAuthFilter has not been initialised" : "not an HTTP request");
        }
        HttpServletRequest passing = ready.handle(httpRequest, httpResponse);
        if (passing != null) {
            chain.doFilter(passing, response);
        }
    }

    /** Gives up its name and its connections; the sessions keep their logins. */
    @Override
    public void destroy() {
        Handlers last = handlers;
        handlers = null;
        if (last != null) {
            last.close();
        }
        FilterDeployment here = deployment;
        if (here != null) {
            here.releaseName();
        }
    }
}
