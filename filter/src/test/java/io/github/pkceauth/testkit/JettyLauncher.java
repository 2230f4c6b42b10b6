package io.github.pkceauth.testkit;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.DefaultServlet;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Runs a described application on embedded Jetty. */
final class JettyLauncher {
    private JettyLauncher() {}

    static App start(AppBuilder app) throws ServletException {
        ContainerLogs.hush();
        WebFolder folder = WebFolder.with(app.files());
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        if (app.isLenient()) {
            http.setUriCompliance(UriCompliance.UNSAFE);
        }
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context(app, folder));
        App.Stop stop = () -> {
            server.stop();
            folder.delete();
        };
        try {
            server.start();
        } catch (Exception e) {
            stopQuietly(stop, e);
            throw Failures.servletException(e);
        }
        return new App(app, connector.getLocalPort(), stop);
    }

    private static ServletContextHandler context(AppBuilder app, WebFolder folder) {
        int options = app.hasSessions() ? ServletContextHandler.SESSIONS : ServletContextHandler.NO_SESSIONS;
        String path = app.contextPath().isEmpty() ? "/" : app.contextPath();
        ServletContextHandler context = new ServletContextHandler(path, options);
        context.setBaseResourceAsPath(folder.path());
        context.setClassLoader(app.classLoader());
        app.contextParams().forEach(context::setInitParameter);
        if (app.hasSessions()) {
            sessions(app, context.getSessionHandler());
            context.addEventListener(app.sessions().listener());
        }
        app.filters().forEach(spec -> add(spec, context));
        app.servlets().forEach((pattern, servlet) -> context.addServlet(new ServletHolder(servlet), pattern));
        if (!app.files().isEmpty()) {
            context.addServlet(new ServletHolder("default", DefaultServlet.class), "/");
            context.setWelcomeFiles(new String[] {"index.html"});
        }
        if (!app.errorPage().isEmpty()) {
            ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
            errors.addErrorPage(400, 599, app.errorPage());
            errors.addErrorPage(Throwable.class, app.errorPage());
            context.setErrorHandler(errors);
        }
        context.getServletHandler().setDecodeAmbiguousURIs(app.isLenient());
        return context;
    }

    private static void sessions(AppBuilder app, SessionHandler handler) {
        handler.setSessionCookie(app.sessionCookie());
        handler.getSessionCookieConfig().setSecure(app.hasSecureCookie());
        if (!app.sessionTimeout().isZero()) {
            handler.setMaxInactiveInterval(Math.toIntExact(app.sessionTimeout().toSeconds()));
        }
        if (!app.trackingModes().isEmpty()) {
            handler.setSessionTrackingModes(app.trackingModes());
        }
        if (!app.sameSite().isEmpty()) {
            handler.setSameSite(HttpCookie.SameSite.from(app.sameSite()));
        }
    }

    private static void add(FilterSpec spec, ServletContextHandler context) {
        Filter filter = spec.filter();
        FilterHolder holder = new FilterHolder(filter);
        if (!spec.name().isEmpty()) {
            holder.setName(spec.name());
        }
        holder.setInitParameters(spec.params());
        holder.setAsyncSupported(true);
        for (String pattern : spec.mappings()) {
            context.addFilter(holder, pattern, EnumSet.copyOf(spec.dispatches()));
        }
    }

    private static void stopQuietly(App.Stop stop, Exception cause) {
        try {
            stop.run();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }
}
