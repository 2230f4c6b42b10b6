package io.github.pkceauth.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port for what others must be told of before it starts, and what comes back there after it has died. Each JVM gives
 * from a block of its own, so that what is down in the tests of one loses its port to none of another.
 */
public final class FreePort {

    /** Below those that systems give to connections by themselves: none is taken while its process is down. */
    private static final int FIRST = 20_000;

    private static final int BLOCKS = 100;
    private static final int PORTS_IN_A_BLOCK = 100;

    /** Whoever listens on the first port of a block has all of it. */
    private static final ServerSocket BLOCK = reserve();

    private static int last = BLOCK.getLocalPort();

    private FreePort() {}

    /** A port of 127.0.0.1 that nobody listens on, another one each time. */
    public static synchronized int next() {
        while (++last < BLOCK.getLocalPort() + PORTS_IN_A_BLOCK) {
            try (ServerSocket socket = bound(last)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Somebody else's; there are more.
            }
        }
        throw new IllegalStateException("All ports of the block at " + BLOCK.getLocalPort() + " are given");
    }

    private static ServerSocket reserve() {
        int start = ThreadLocalRandom.current().nextInt(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            try {
                return bound(FIRST + (start + i) % BLOCKS * PORTS_IN_A_BLOCK);
            } catch (IOException e) {
                // Another JVM's; there are more.
            }
        }
        throw new IllegalStateException("All blocks of ports are taken");
    }

    private static ServerSocket bound(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
