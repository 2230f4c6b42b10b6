package io.github.pkceauth.example.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.UnresolvedAddressException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A port that is taken, and the server that will answer there. The port is known before anything has started: the
 * application and the provider have to know each other's address. Who connects before the start waits for it.
 */
final class Listener implements Closeable {

    private final Server server;
    private final ServerConnector connector;

    private Listener(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Takes a port.
     *
     * @param name what the server's threads are called
     * @param variable the environment variable that the port came from, for the message
     * @param host the address to listen on
     * @param port the port, or 0 for any free one
     * @throws StartFailure if there is no such address, or the port cannot be had
     */
    static Listener open(String name, String variable, String host, int port) throws StartFailure {
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName(name);
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        server.addConnector(connector);
        try {
            connector.open();
        } catch (IOException | UnresolvedAddressException e) {
            throw failure(variable, host, port, e);
        }
        return new Listener(server, connector);
    }

    private static StartFailure failure(String variable, String host, int port, Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    && String.valueOf(cause.getMessage()).contains("in use")) {
                return new StartFailure(
                        "Port " + port + " on " + host + " is taken: set " + variable
                                + " to another one, or to 0 for any free one",
                        e);
            }
        }
        return new StartFailure("Cannot listen on " + host + ", port " + port + ": " + e.getMessage(), e);
    }

    /** The port, as the system gave it. */
    int port() {
        return connector.getLocalPort();
    }

    /** The address of a path here, under the given host name. */
    URI uri(String host, String path) {
        try {
            return new URI("http", null, host, port(), path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not a host name: " + host, e);
        }
    }

    /** Starts to answer. */
    void start(Handler handler) throws Exception {
        server.setHandler(handler);
        server.start();
    }

    /** Stops answering, and gives the port back. */
    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("The server did not stop: " + e.getMessage(), e);
        } finally {
            connector.close();
        }
    }
}
