package io.github.pkceauth.example.launcher;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.util.ClassMatcher;

/** The WAR, deployed at the root as any container would deploy it. */
final class Application {

    /** What is the launcher's own: the application is to see the container, and otherwise what is in its WAR. */
    private static final ClassMatcher HIDDEN = new ClassMatcher(
            "io.github.pkceauth.",
            "com.fasterxml.",
            "com.nimbusds.",
            "io.micrometer.",
            "org.apache.commons.logging.",
            "org.springframework.",
            "tools.jackson.");

    private Application() {}

    /**
     * The application's context, not started.
     *
     * @param parameters parameters of the servlet context: the lowest source of the filter's configuration but for the
     *     WAR itself, so that the environment still has its say
     */
    static WebAppContext of(Workspace workspace, Map<String, String> parameters) throws IOException {
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(workspace.war().toString());
        context.setTempDirectory(workspace.scratch().toFile());
        context.addHiddenClassMatcher(HIDDEN);
        // A misconfigured filter is to stop the start; by default Jetty would go on, and answer 503.
        context.setThrowUnavailableOnStartupException(true);
        parameters.forEach(context::setInitParameter);
        return context;
    }
}
