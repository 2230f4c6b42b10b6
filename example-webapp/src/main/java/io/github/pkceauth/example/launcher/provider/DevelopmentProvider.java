package io.github.pkceauth.example.launcher.provider;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpCookie.SameSite;
import org.eclipse.jetty.server.Handler;
import org.springframework.security.config.BeanIds;
import org.springframework.web.context.ContextLoaderListener;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * An OpenID provider for development: Spring Authorization Server with a login form, the users of {@link DemoUser} and
 * the one client that the application is. Everything lives in memory; keys and the client's secret are new at each
 * start.
 */
public final class DevelopmentProvider {

    private final URI issuer;
    private final ExampleClient client;
    private final String parameterPrefix;
    private final String sessionCookie;

    private DevelopmentProvider(URI issuer, ExampleClient client, String parameterPrefix, String sessionCookie) {
        this.issuer = issuer;
        this.client = client;
        this.parameterPrefix = parameterPrefix;
        this.sessionCookie = sessionCookie;
    }

    /**
     * A provider for one application.
     *
     * @param applicationPort the port at which browsers on this machine open the application
     * @param issuer the provider's own address, without a slash at its end
     * @return the provider, which does nothing until its {@link #handler()} is started
     */
    public static DevelopmentProvider forApplicationAt(int applicationPort, URI issuer) {
        return new DevelopmentProvider(
                issuer, ExampleClient.create(applicationPort, "/callback", "/"), "pkce.", "PROVIDER_SESSION");
    }

    /**
     * A provider for the application's second way in.
     *
     * @param applicationPort the port at which browsers on this machine open the application
     * @param issuer the provider's own address, without a slash at its end
     * @return the provider, which does nothing until its {@link #handler()} is started
     */
    public static DevelopmentProvider forPartnersOfApplicationAt(int applicationPort, URI issuer) {
        return new DevelopmentProvider(
                issuer,
                ExampleClient.create(applicationPort, "/partner/callback", "/choose"),
                "pkce.partner.",
                "PARTNER_SESSION");
    }

    /** What the filter has to know, as parameters of the application's servlet context. */
    public Map<String, String> filterParameters() {
        return Map.of(
                parameterPrefix + "issuer", issuer.toString(),
                parameterPrefix + "clientId", client.id(),
                parameterPrefix + "clientSecret", client.secret());
    }

    /** The provider as a web application at the root. */
    public Handler handler() {
        AnnotationConfigWebApplicationContext beans = new AnnotationConfigWebApplicationContext();
        beans.addBeanFactoryPostProcessor(factory -> {
            factory.registerSingleton("issuer", new Issuer(issuer));
            factory.registerSingleton("client", client);
        });
        beans.register(Protocol.class, SignIn.class);

        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.addEventListener(new ContextLoaderListener(beans));
        context.addFilter(
                new FilterHolder(new DelegatingFilterProxy(BeanIds.SPRING_SECURITY_FILTER_CHAIN)),
                "/*",
                EnumSet.of(DispatcherType.REQUEST));
        add(context, "", new WelcomePage());
        add(context, SignIn.PATH, new SignInPage());
        add(context, StyleSheet.PATH, new StyleSheet());
        add(context, ErrorPage.PATH, new ErrorPage());
        ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
        errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, ErrorPage.PATH);
        context.setErrorHandler(errors);

        // Cookies know no ports: with the default name, application and provider would overwrite each other's.
        SessionHandler sessions = context.getSessionHandler();
        sessions.setSessionCookie(sessionCookie);
        sessions.setHttpOnly(true);
        sessions.setSameSite(SameSite.LAX);
        sessions.setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        return context;
    }

    private static void add(ServletContextHandler context, String path, HttpServlet page) {
        context.addServlet(new ServletHolder(page), path);
    }
}
