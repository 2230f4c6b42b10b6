package io.github.pkceauth.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server on a free port of 127.0.0.1. It hands out the bare connection, because the
 * JDK's server can neither reset one nor send a malformed response. One thread a connection.
 */
final class WireServer implements AutoCloseable {
    /** Answers one request on its connection. */
    @FunctionalInterface
    interface Handler {
        void handle(RecordedRequest request, Line line) throws IOException;
    }

    private static final int BACKLOG = 1000;

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch acceptingEnded = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(WireServer::daemon);
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(WireServer::daemon);

    private WireServer(ServerSocket listener, Handler handler) {
        this.listener = listener;
        this.handler = handler;
    }

    static WireServer start(@Nullable SSLContext tls, Handler handler) {
        ServerSocketFactory factory = tls == null ? ServerSocketFactory.getDefault() : tls.getServerSocketFactory();
        return start(listener(factory), handler);
    }

    /** The same over TLS, and every client is asked for a certificate, and served without one as well. */
    static WireServer startAskingForCertificates(SSLContext tls, Handler handler) {
        SSLServerSocket listener = (SSLServerSocket) listener(tls.getServerSocketFactory());
        listener.setWantClientAuth(true);
        return start(listener, handler);
    }

    private static WireServer start(ServerSocket listener, Handler handler) {
        WireServer server = new WireServer(listener, handler);
        server.threads.execute(server::accept);
        return server;
    }

    private static ServerSocket listener(ServerSocketFactory factory) {
        try {
            InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            return factory.createServerSocket(0, BACKLOG, here);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                try {
                    admit(listener.accept());
                } catch (IOException e) {
                    // Closing the listener ends the accept; the loop's condition sees it.
                }
            }
        } finally {
            acceptingEnded.countDown();
        }
    }

    private void admit(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        connections.add(socket);
        try {
            threads.execute(() -> serve(socket));
        } catch (RejectedExecutionException e) {
            socket.close();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Line line = new Line(socket, closing, clock);
            while (line.isOpen()) {
                RecordedRequest request = read(in, socket);
                handler.handle(request, line);
                if (request.headers().get("Connection", "").equalsIgnoreCase("close")) {
                    return;
                }
            }
        } catch (IOException e) {
            // The peer has gone, or has refused our certificate: there is nobody left to tell.
        } finally {
            connections.remove(socket);
        }
    }

    private static RecordedRequest read(InputStream in, Socket socket) throws IOException {
        String[] start = Wire.line(in).split(" ", 3);
        if (start.length < 3) {
            throw new IOException("Not a request line");
        }
        Headers headers = Wire.headers(in);
        int question = start[1].indexOf('?');
        return new RecordedRequest(
                start[0],
                question < 0 ? start[1] : start[1].substring(0, question),
                question < 0 ? "" : start[1].substring(question + 1),
                headers,
                Wire.utf8(Wire.announcedBody(in, headers)),
                socket.getLocalPort(),
                certificate(socket));
    }

    private static @Nullable X509Certificate certificate(Socket socket) {
        try {
            return socket instanceof SSLSocket secure
                    ? (X509Certificate) secure.getSession().getPeerCertificates()[0]
                    : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "scripted-provider");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        closing.countDown();
        closeQuietly(listener);
        // An accept on its way in keeps the port open, and may still get a connection, until it has ended.
        awaitQuietly(acceptingEnded);
        threads.shutdownNow();
        clock.shutdownNow();
        connections.forEach(WireServer::closeQuietly);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // It is closed now, one way or the other.
        }
    }
}
