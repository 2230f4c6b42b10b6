package io.github.pkceauth.interop.container;

import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.ClassMatcher;

/** Jetty with the environment of Jakarta EE 11. */
final class JettyEe11 extends JettyServer {

    private JettyEe11() {}

    public static void main(String[] arguments) {
        new JettyEe11().run();
    }

    @Override
    ContextHandler context(WebApp application) {
        WebAppContext context = new WebAppContext();
        context.setContextPath(contextPath(application));
        context.setWar(application.place().toString());
        context.addHiddenClassMatcher(new ClassMatcher(HIDDEN));
        application.parameters().forEach(context::setInitParameter);
        // By default Jetty starts without an application that does not, and answers 503 in its place.
        context.setThrowUnavailableOnStartupException(application.isSound());
        return context;
    }
}
