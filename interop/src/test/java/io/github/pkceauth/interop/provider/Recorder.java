package io.github.pkceauth.interop.provider;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API that takes all tokens, and keeps what it is shown. */
final class Recorder implements AutoCloseable {

    private final HttpServer server;
    private final List<Headers> shown = new CopyOnWriteArrayList<>();

    Recorder() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            shown.add(exchange.getRequestHeaders());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** What the last call had in this header. */
    String last(String header) {
        return shown.get(shown.size() - 1).getFirst(header);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
