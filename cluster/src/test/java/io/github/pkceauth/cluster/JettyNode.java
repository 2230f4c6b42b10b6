package io.github.pkceauth.cluster;

import java.nio.file.Path;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.hazelcast.session.HazelcastSessionDataStoreFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.DatabaseAdaptor;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.JDBCSessionDataStore;
import org.eclipse.jetty.session.JDBCSessionDataStoreFactory;
import org.eclipse.jetty.session.NullSessionCacheFactory;
import org.eclipse.jetty.session.SessionDataStoreFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ClassMatcher;

/** A node that is a Jetty, with its sessions in a store that all nodes reach. */
final class JettyNode extends NodeMain {

    /** What of the class path is not Jetty's, as file names. */
    static final String OTHERS = "tomcat-.*";

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final WebAppContext application = new WebAppContext();

    private JettyNode() {}

    public static void main(String[] arguments) {
        new JettyNode().run();
    }

    @Override
    void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        shareSessions();
        deployApplication();
        server.setHandler(new NameTag(name, application));
        server.setStopAtShutdown(true);
        server.start();
    }

    @Override
    int port() {
        return connector.getLocalPort();
    }

    @Override
    ClassLoader application() {
        return application.getClassLoader();
    }

    private void shareSessions() {
        // Ids of sessions begin with it, and end with it in cookies; two nodes of one name could make the same.
        DefaultSessionIdManager ids = new DefaultSessionIdManager(server);
        ids.setWorkerName("node" + name);
        server.addBean(ids, true);

        // No memory of its own: what another node has written since the last request here must be seen.
        NullSessionCacheFactory none = new NullSessionCacheFactory();
        // Written before the browser hears of it: its next request meets another node.
        none.setFlushOnResponseCommit(true);
        none.setSaveOnCreate(true);
        server.addBean(none);
        server.addBean(store(SessionStore.valueOf(System.getProperty(NodeProcess.SESSIONS))));
    }

    private static SessionDataStoreFactory store(SessionStore store) {
        return switch (store) {
            // Jetty's module session-store-hazelcast-embedded.
            case HAZELCAST -> {
                HazelcastSessionDataStoreFactory factory = new HazelcastSessionDataStoreFactory();
                factory.setConfigurationLocation(System.getProperty(NodeProcess.HAZELCAST_CONFIG));
                yield factory;
            }
            // Jetty's module session-store-jdbc.
            case JDBC -> {
                DatabaseAdaptor database = new DatabaseAdaptor();
                database.setDriverInfo("org.h2.Driver", System.getProperty(NodeProcess.DATABASE));
                JDBCSessionDataStoreFactory factory = new JDBCSessionDataStoreFactory();
                factory.setDatabaseAdaptor(database);
                factory.setSessionTableSchema(new JDBCSessionDataStore.SessionTableSchema());
                yield factory;
            }
            case TOMCAT -> throw new IllegalArgumentException("Not Jetty's");
        };
    }

    /** As any container would: the application sees the container, and otherwise what is in its WAR. */
    private void deployApplication() {
        application.setContextPath("/");
        application.setWar(System.getProperty(NodeProcess.WAR));
        application.setTempDirectory(
                Path.of(System.getProperty("java.io.tmpdir"), "webapp").toFile());
        application.addHiddenClassMatcher(new ClassMatcher("io.github.pkceauth.", "com.nimbusds."));
        application.setThrowUnavailableOnStartupException(true);
    }

    /** Says in every answer which node it comes from. */
    private static final class NameTag extends Handler.Wrapper {
        private final String name;

        NameTag(String name, Handler handler) {
            super(handler);
            this.name = name;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            response.getHeaders().put(SERVED_BY, name);
            return super.handle(request, response, callback);
        }
    }
}
