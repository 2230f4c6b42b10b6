package io.github.pkceauth;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** What the README shows for embedded Jetty. */
final class EmbeddedJettySnippet {
    private EmbeddedJettySnippet() {}

    // snippet:begin
    static Server start(int port, String issuer, HttpServlet application) throws Exception {
        FilterHolder login = new FilterHolder(PkceAuthFilter.class);
        login.setName("login");
        login.setAsyncSupported(true);
        login.setInitParameter("issuer", issuer);
        login.setInitParameter("clientId", "my-application");

        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        context.getSessionHandler().setSessionTrackingModes(Set.of(SessionTrackingMode.COOKIE));
        context.getSessionHandler().setHttpOnly(true);
        context.addFilter(login, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        context.addServlet(new ServletHolder(application), "/");

        Server server = new Server(port);
        server.setHandler(context);
        server.start();
        return server;
    }
    // snippet:end
}
