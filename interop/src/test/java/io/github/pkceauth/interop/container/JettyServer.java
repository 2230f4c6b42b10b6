package io.github.pkceauth.interop.container;

import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** A Jetty, whose environments differ in what a web application is to them. */
abstract class JettyServer extends ContainerMain {

    /** What of the process's class path the applications must not see: they bring their own. */
    static final String HIDDEN = "io.github.pkceauth.";

    @Override
    final int start(List<WebApp> applications) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ContextHandlerCollection contexts = new ContextHandlerCollection();
        applications.forEach(application -> contexts.addHandler(context(application)));
        server.setHandler(contexts);
        server.start();
        return connector.getLocalPort();
    }

    /** The context of an application, not started. */
    abstract ContextHandler context(WebApp application);

    /** Jetty writes the root's path as a slash. */
    static String contextPath(WebApp application) {
        return application.contextPath().isEmpty() ? "/" : application.contextPath();
    }
}
