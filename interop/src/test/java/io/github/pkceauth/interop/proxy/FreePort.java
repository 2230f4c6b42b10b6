package io.github.pkceauth.interop.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for what must be told before it starts where it will be. */
final class FreePort {

    /** Below those that systems give to connections by themselves. */
    private static final int FIRST = 20_000;

    private static final int LAST = 31_999;

    private FreePort() {}

    static int next() {
        int port = any();
        while (!isFree(port)) {
            port = any();
        }
        return port;
    }

    private static int any() {
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
