package io.github.pkceauth.cluster;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.Caching;

/**
 * One node, in a process of its own: the example's WAR on some container. It says on standard output where it is,
 * answers commands from standard input, and ends at once when that ends: nothing outlives the test that has started it.
 */
abstract class NodeMain {

    static final String SERVED_BY = "Served-By";
    static final String READY = "ready";

    private final PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** Its name, which it puts into every answer as {@value #SERVED_BY}. */
    final String name = System.getProperty(NodeProcess.NAME);

    /** Runs it, as its system properties describe it. */
    final void run() {
        Thread commands = new Thread(this::answerCommands, "commands");
        commands.setDaemon(true);
        commands.start();
        try {
            start();
            cache();
            answers.println(READY + " " + port() + " " + hazelcastPort());
        } catch (Exception | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /** Starts the container and the application. */
    abstract void start() throws Exception;

    /** The port of the application. */
    abstract int port();

    /** The application's class loader. */
    abstract ClassLoader application();

    /** Whether the container itself knows of so many nodes; it need not know of any. */
    boolean knows(int nodes) {
        return true;
    }

    /** The shared cache, reached as the filter reaches it: by the defaults of JCache, and the application's loader. */
    private Cache<String, String> cache() {
        Cache<String, String> cache = Caching.getCachingProvider(application())
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
        return all.iterator().next();
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
            case "members" -> members();
            default -> "unknown";
        };
    }

    private String members() {
        int members = hazelcast().getCluster().getMembers().size();
        // As long as something still has no second copy, another node must not go.
        boolean safe = hazelcast().getPartitionService().isClusterSafe();
        return safe && knows(members) ? String.valueOf(members) : "unsafe";
    }
}
