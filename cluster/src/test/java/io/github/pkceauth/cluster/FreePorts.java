package io.github.pkceauth.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for what must be told before it starts where it will be, and comes back there after it has died. */
final class FreePorts {

    /** Below those that systems give to connections by themselves: none is taken while its node is down. */
    private static final int FIRST = 20_000;

    private static final int LAST = 29_999;

    private FreePorts() {}

    static Map<Node, Integer> forEachNode() {
        Map<Node, Integer> ports = new EnumMap<>(Node.class);
        for (Node node : Node.values()) {
            int port = next();
            while (ports.containsValue(port) || !isFree(port)) {
                port = next();
            }
            ports.put(node, port);
        }
        return ports;
    }

    private static int next() {
        return ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
