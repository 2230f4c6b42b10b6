package io.github.pkceauth.functional;

import io.github.pkceauth.testkit.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A server that knows few ciphers, and says nothing but which of them it has agreed on. */
final class NarrowTlsServer implements AutoCloseable {

    private final SSLServerSocket socket;
    private final Queue<String> agreed = new ConcurrentLinkedQueue<>();

    /** On a free port, with a certificate of the authority of {@link TestTls#caPem()}. */
    NarrowTlsServer(List<String> protocols, List<String> suites) {
        try {
            socket = (SSLServerSocket) TestTls.TRUSTED
                    .clientContext()
                    .getServerSocketFactory()
                    .createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        socket.setEnabledProtocols(protocols.toArray(String[]::new));
        socket.setEnabledCipherSuites(suites.toArray(String[]::new));
        Thread thread = new Thread(this::serve, "narrow-tls");
        thread.setDaemon(true);
        thread.start();
    }

    String origin() {
        return "https://localhost:" + socket.getLocalPort();
    }

    /** Version and cipher of every connection that came about. */
    List<String> agreed() {
        return List.copyOf(agreed);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (SSLSocket connection = (SSLSocket) socket.accept()) {
                connection.startHandshake();
                agreed.add(connection.getSession().getProtocol() + " "
                        + connection.getSession().getCipherSuite());
            } catch (IOException e) {
                // Nothing was agreed on, or the test is over.
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
