package io.github.pkceauth.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * The one address that browsers know: hands each request to the next node, whoever it is from. It knows at once which
 * nodes are there, as proxies do a little later by their health checks.
 */
final class RoundRobin implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final Map<Node, Integer> ports = new EnumMap<>(Node.class);
    private final Deque<Node> chosen = new ArrayDeque<>();
    private int turn;

    private RoundRobin() {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new ProxyHandler.Reverse(this::elsewhere));
    }

    static RoundRobin start() {
        RoundRobin proxy = new RoundRobin();
        try {
            proxy.server.start();
            return proxy;
        } catch (Exception e) {
            throw new IllegalStateException("The proxy does not start", e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /** From now on this node takes its turns. */
    synchronized void admit(Node node, int port) {
        ports.put(node, port);
    }

    /** From now on it gets no more requests. */
    synchronized void dismiss(Node node) {
        ports.remove(node);
    }

    /** The next requests go to these, one each, in order of arrival. */
    synchronized void choose(Collection<Node> nodes) {
        chosen.addAll(nodes);
    }

    /** Nobody is chosen any more. */
    synchronized void forgetChoice() {
        chosen.clear();
    }

    private HttpURI elsewhere(Request request) {
        return HttpURI.build(request.getHttpURI()).host("127.0.0.1").port(nextPort());
    }

    private synchronized int nextPort() {
        Node node = chosen.poll();
        if (node == null) {
            List<Node> there = new ArrayList<>(ports.keySet());
            node = there.get(turn++ % there.size());
        }
        Integer port = ports.get(node);
        if (port == null) {
            throw new IllegalStateException("Node " + node + " is down, and cannot be chosen");
        }
        return port;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The proxy does not stop", e);
        }
    }
}
