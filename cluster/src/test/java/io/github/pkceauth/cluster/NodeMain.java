package io.github.pkceauth.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.Caching;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.session.DefaultSessionIdManager;
import org.eclipse.jetty.session.NullSessionCacheFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ClassMatcher;

/**
 * One node, in a process of its own: the example's WAR on Jetty. It says on standard output where it is, answers
 * commands from standard input, and ends at once when that ends: nothing outlives the test that has started it.
 */
final class NodeMain {

    static final String SERVED_BY = "Served-By";
    static final String READY = "ready";

    private static final String HAZELCAST = "JETTY_DISTRIBUTED_SESSION_INSTANCE";

    private final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final String name = System.getProperty(NodeProcess.NAME);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final WebAppContext application = new WebAppContext();

    private NodeMain() {}

    /** Runs a node as its system properties describe it. */
    public static void main(String[] arguments) throws Exception {
        NodeMain node = new NodeMain();
        Thread commands = new Thread(node::answerCommands, "commands");
        commands.setDaemon(true);
        commands.start();
        try {
            node.start();
        } catch (Exception | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        shareSessions();
        deployApplication();
        server.setHandler(new NameTag(name, application));
        server.setStopAtShutdown(true);
        server.start();
        cache();
        answers.println(READY + " " + connector.getLocalPort() + " " + hazelcastPort());
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
        server.addBean(
                SessionStore.valueOf(System.getProperty(NodeProcess.SESSIONS)).factory());
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

    /** The shared cache, reached as the filter reaches it: by the defaults of JCache, and the application's loader. */
    private Cache<String, String> cache() {
        Cache<String, String> cache = Caching.getCachingProvider(application.getClassLoader())
                .getCacheManager()
                .getCache("pkce", String.class, String.class);
        if (cache == null) {
            throw new IllegalStateException("There is no cache named pkce in hazelcast.xml");
        }
        return cache;
    }

    private static HazelcastInstance hazelcast() {
        Set<HazelcastInstance> all = Hazelcast.getAllHazelcastInstances();
        if (all.size() != 1) {
            throw new IllegalStateException("Sessions and the shared cache have " + all.size() + " instances: " + all);
        }
        return Hazelcast.getHazelcastInstanceByName(HAZELCAST);
    }

    private static int hazelcastPort() {
        return hazelcast().getCluster().getLocalMember().getAddress().getPort();
    }

    private void answerCommands() {
        try (BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                answers.println(answer(line.split(" ", 3)));
            }
        } catch (IOException e) {
            // As good as the end of it.
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String[] command) {
        return switch (command[0]) {
            case "put" -> {
                cache().put(command[1], command[2]);
                yield "done";
            }
            case "get" -> String.valueOf(cache().get(command[1]));
            // As long as something still has no second copy, another node must not go.
            case "members" ->
                hazelcast().getPartitionService().isClusterSafe()
                        ? String.valueOf(hazelcast().getCluster().getMembers().size())
                        : "unsafe";
            default -> "unknown";
        };
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
