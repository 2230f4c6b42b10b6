package io.github.pkceauth.cluster;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Host;
import org.apache.catalina.Service;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.ha.CatalinaCluster;
import org.apache.catalina.startup.Catalina;
import org.apache.catalina.valves.ValveBase;

/** A node that is a Tomcat as its {@code server.xml} describes it, which could be any Tomcat's. */
final class TomcatNode extends NodeMain {

    /** What of the class path is not Tomcat's, as file names; what the application has is in its WAR. */
    static final String OTHERS = "(jetty|jakarta\\.|pkce-auth-filter|nimbus-jose-jwt).*";

    private final Catalina catalina = new Catalina();

    private TomcatNode() {}

    public static void main(String[] arguments) {
        // Asked for as soon as there is anything of Tomcat.
        System.setProperty("catalina.home", System.getProperty("java.io.tmpdir"));
        new TomcatNode().run();
    }

    @Override
    void start() {
        catalina.setConfigFile(
                Path.of(System.getProperty(NodeProcess.TOMCAT), "server.xml").toString());
        catalina.load();
        engine().getPipeline().addValve(new NameTag(name));
        catalina.start();
        if (!context().getState().isAvailable()) {
            throw new IllegalStateException("The application does not start");
        }
    }

    @Override
    int port() {
        return service().findConnectors()[0].getLocalPort();
    }

    @Override
    ClassLoader application() {
        return context().getLoader().getClassLoader();
    }

    @Override
    boolean knows(int nodes) {
        CatalinaCluster cluster = (CatalinaCluster) context().getCluster();
        return cluster.getMembers().length + 1 == nodes && cluster.hasMembers() == nodes > 1;
    }

    private Service service() {
        return catalina.getServer().findServices()[0];
    }

    private Engine engine() {
        return service().getContainer();
    }

    private Context context() {
        Host host = (Host) engine().findChild(engine().getDefaultHost());
        return (Context) host.findChild("");
    }

    /** Says in every answer which node it comes from. */
    private static final class NameTag extends ValveBase {
        private final String name;

        NameTag(String name) {
            super(true);
            this.name = name;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            response.setHeader(SERVED_BY, name);
            getNext().invoke(request, response);
        }
    }
}
