package io.github.pkceauth.interop.container;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;

/** A Tomcat, 10.1 or 11 by what the process's class path has. */
final class TomcatServer extends ContainerMain {

    private TomcatServer() {}

    public static void main(String[] arguments) {
        new TomcatServer().run();
    }

    @Override
    int start(List<WebApp> applications) throws IOException, LifecycleException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder().toString());
        Files.createDirectories(folder().resolve("webapps"));
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        // Browsers send them as they are, and by default Tomcat answers 400 to that.
        tomcat.getConnector().setProperty("relaxedQueryChars", "[]");
        keepToItself((StandardHost) tomcat.getHost());
        List<Context> contexts = applications.stream()
                .map(application -> context(tomcat, application))
                .toList();
        tomcat.start();
        for (int i = 0; i < contexts.size(); i++) {
            if (applications.get(i).isSound() && !contexts.get(i).getState().isAvailable()) {
                throw new LifecycleException("Does not start: " + contexts.get(i));
            }
        }
        return tomcat.getConnector().getLocalPort();
    }

    /** By default Tomcat's own error pages tell its version, and show stack traces. */
    private static void keepToItself(StandardHost host) {
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowServerInfo(false);
        errors.setShowReport(false);
        host.getPipeline().addValve(errors);
    }

    private static Context context(Tomcat tomcat, WebApp application) {
        Context context =
                tomcat.addWebapp(application.contextPath(), application.place().toString());
        application.parameters().forEach(context::addParameter);
        return context;
    }
}
