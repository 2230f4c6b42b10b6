package io.github.pkceauth.cluster;

import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.FreePort;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Three nodes of the example application behind one address, with their sessions in a {@link SessionStore}, and the
 * provider that they sign in at.
 */
public final class Cluster implements AutoCloseable {

    /** Where each node takes the provider's logout notices. */
    static final String BACKCHANNEL_LOGOUT = "/backchannel-logout";

    /** Where no member is: Hazelcast wants to be told of one, even the first. */
    private static final String NOBODY = "127.0.0.1:1";

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final SessionStore store;
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final RoundRobin proxy = RoundRobin.start();
    private final SharedDatabase database = SharedDatabase.start();
    private final String replicationKey = UUID.randomUUID().toString().replace("-", "");
    private final Map<Node, Integer> replicationPorts = new EnumMap<>(Node.class);
    private final Map<Node, NodeProcess> nodes = new EnumMap<>(Node.class);

    private Cluster(SessionStore store) {
        this.store = store;
        Stream.of(Node.values()).forEach(node -> replicationPorts.put(node, FreePort.next()));
    }

    /** Three nodes that keep their sessions there, ready to serve. */
    public static Cluster start(SessionStore store) {
        Cluster cluster = new Cluster(store);
        try {
            cluster.heal();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Where the sessions are. */
    public SessionStore store() {
        return store;
    }

    /** The provider that all nodes sign in at. */
    public ScriptedProvider provider() {
        return provider;
    }

    /** The address of a path, as browsers know it: on localhost, another site than the provider's. */
    public String url(String path) {
        return "http://localhost:" + proxy.port() + path;
    }

    /** The address of a path on one node, past the proxy. */
    public synchronized String url(Node node, String path) {
        return "http://localhost:" + up(node).port() + path;
    }

    /** The next requests to the common address go to these nodes, one each; those after them take turns again. */
    public void nextRequestsGoTo(Node... chosen) {
        proxy.choose(List.of(chosen));
    }

    /** Which node an answer is from; fails the test where it is from none. */
    public static Node servedBy(Page page) {
        return Node.valueOf(page.header(NodeMain.SERVED_BY));
    }

    /** Which nodes have answered a browser since it last typed an address, in order; the provider is left out. */
    public static List<Node> servedBy(Browser browser) {
        return browser.history().stream()
                .filter(page -> page.headers().has(NodeMain.SERVED_BY))
                .map(Cluster::servedBy)
                .toList();
    }

    /** Pulls the plug of a node: its process is gone, and all that it had to itself. */
    public synchronized void kill(Node node) {
        proxy.dismiss(node);
        up(node).kill();
    }

    /** Takes a node out of turn and asks it to end, as operators do for an update. */
    public synchronized void stop(Node node) {
        proxy.dismiss(node);
        up(node).stop();
    }

    /** Starts a node that is down anew, and waits until it serves. */
    public synchronized void restart(Node node) {
        start(node);
        if (!isSoonWhole()) {
            // Its greeting may have been lost on a Tomcat that was busy, which then never learns that it is back.
            kill(node);
            start(node);
            awaitWhole();
        }
    }

    private void start(Node node) {
        nodes.put(node, launch(node));
        proxy.admit(node, up(node).port());
    }

    /** All nodes up, all sessions kept twice, an honest provider, and turns taken in order: as at the start. */
    public synchronized void heal() {
        provider.behaves();
        proxy.forgetChoice();
        startWhatIsDown();
        if (!isSoonWhole()) {
            // That nodes find each other is for Hazelcast and Tomcat to see to; no other test is to fail by it.
            nodes.values().forEach(NodeProcess::kill);
            startWhatIsDown();
            awaitWhole();
        }
    }

    private void startWhatIsDown() {
        List<Node> down = Stream.of(Node.values()).filter(node -> !isUp(node)).collect(Collectors.toList());
        if (down.size() == Node.values().length) {
            // The first one founds what the others join.
            nodes.put(down.get(0), launch(down.remove(0)));
        }
        Map<Node, CompletableFuture<NodeProcess>> starting = new LinkedHashMap<>();
        down.forEach(node -> starting.put(node, CompletableFuture.supplyAsync(() -> launch(node))));
        starting.forEach((node, process) -> nodes.put(node, process.join()));
        nodes.forEach((node, process) -> proxy.admit(node, process.port()));
    }

    /** Puts something into the shared cache, on that node. */
    public synchronized void put(Node node, String key, String value) {
        up(node).ask("put", key, value);
    }

    /** Reads the shared cache on that node; {@code "null"} where there is nothing. */
    public synchronized String get(Node node, String key) {
        return up(node).ask("get", key);
    }

    /** The attributes of all sessions as the database has them; none where sessions are kept elsewhere. */
    public List<byte[]> storedSessions() {
        return database.blobs("select map from JettySessions");
    }

    /** The classes that the nodes have refused to deserialize so far, by {@link SerialFilter}. */
    public List<String> refusedClasses() {
        List<String> refused = new ArrayList<>();
        for (Node node : Node.values()) {
            try (Stream<String> lines =
                    Files.lines(directory(node).resolveSibling(directory(node).getFileName() + ".log"))) {
                lines.filter(line -> line.contains("ObjectInputFilter REJECTED"))
                        .forEach(refused::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return refused;
    }

    private void awaitWhole() {
        if (!isSoonWhole()) {
            throw new AssertionError("The nodes do not come together, see the logs beside " + directory(Node.A));
        }
    }

    /** Waits until all nodes that are up know of each other, and whatever they hold has a second copy. */
    private boolean isSoonWhole() {
        List<NodeProcess> up =
                nodes.values().stream().filter(NodeProcess::isAlive).toList();
        String all = String.valueOf(up.size());
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (NodeProcess node : up) {
            while (!all.equals(node.ask("members"))) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        return true;
    }

    private boolean isUp(Node node) {
        NodeProcess process = nodes.get(node);
        return process != null && process.isAlive();
    }

    private NodeProcess up(Node node) {
        if (!isUp(node)) {
            throw new IllegalStateException("Node " + node + " is down");
        }
        return nodes.get(node);
    }

    private NodeProcess launch(Node node) {
        return NodeProcess.start(store, directory(node), List.of(), properties(node), environment());
    }

    private Path directory(Node node) {
        return Path.of(System.getProperty("nodes.directory"), store + "-" + node);
    }

    private Map<String, String> properties(Node node) {
        Path resources = Path.of("src", "test", "resources").toAbsolutePath();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(NodeProcess.NAME, node.name());
        properties.put(NodeProcess.WAR, System.getProperty("example.war"));
        properties.put(NodeProcess.SESSIONS, store.name());
        properties.put(NodeProcess.DATABASE, database.url());
        properties.put(NodeProcess.SEEDS, seeds());
        properties.put(NodeProcess.TOMCAT, resources.resolve("tomcat").toString());
        properties.putAll(replication(node));
        properties.put(
                NodeProcess.HAZELCAST_CONFIG,
                resources.resolve(store.hazelcastConfig()).toString());
        properties.put(NodeProcess.JCACHE_PROVIDER, "member");
        // Fewer than the usual 271, to be handed over in less time.
        properties.put("hazelcast.partition.count", "31");
        properties.put("jdk.serialFilter", store.serialFilter());
        properties.put(
                "java.util.logging.config.file",
                resources.resolve("node-logging.properties").toString());
        return properties;
    }

    /** How Tomcats tell each other of changes: by their common key, the node's own port, and those of the others. */
    private Map<String, String> replication(Node node) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("replication.key", replicationKey);
        List<Node> all = List.of(Node.values());
        int others = 0;
        for (int i = 0; i < all.size(); i++) {
            String role = all.get(i) == node ? "self" : "other" + ++others;
            properties.put(role + ".number", String.valueOf(i));
            properties.put(role + ".port", String.valueOf(replicationPorts.get(all.get(i))));
        }
        return properties;
    }

    private String seeds() {
        String seeds = nodes.values().stream()
                .filter(NodeProcess::isAlive)
                .map(NodeProcess::seed)
                .collect(Collectors.joining(","));
        return seeds.isEmpty() ? NOBODY : seeds;
    }

    /** The configuration of the filter, and of the example, which a deployment gives in the environment. */
    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PKCE_ISSUER", provider.issuer());
        environment.put("PKCE_CLIENT_ID", provider.clientId());
        environment.put("PKCE_BASE_URL", url(""));
        environment.put("PKCE_SHARED_CACHE", "pkce");
        environment.put("PKCE_BACKCHANNEL_LOGOUT_PATH", BACKCHANNEL_LOGOUT);
        // As long as a node that died in the middle of a call may keep the others waiting.
        environment.put("PKCE_HTTP_TIMEOUT", "PT3S");
        // Asked by /api/resource on the user's behalf: a page that the provider can hold up.
        environment.put("RESOURCE_URL", provider.address(ScriptedProvider.RESOURCE));
        return environment;
    }

    @Override
    public synchronized void close() {
        List<AutoCloseable> open = new ArrayList<>();
        nodes.values().forEach(node -> open.add(node::kill));
        open.addAll(List.of(proxy, database, provider));
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("Something does not close", e);
            }
        }
    }
}
