package io.github.pkceauth.oidc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that takes one connection after the other and is told what to do after which request. */
final class OneByOneServer implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** What becomes of a connection. */
    interface Script {
        /**
         * Answers a request.
         *
         * @param request which one, counted over all connections from 1 on
         * @return the whole answer, or an empty text for none and the end of the connection
         */
        String answer(int request);
    }

    private final ServerSocket listener;
    private final Script script;
    private final boolean hangsUp;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private OneByOneServer(ServerSocket listener, Script script, boolean hangsUp) {
        this.listener = listener;
        this.script = script;
        this.hangsUp = hangsUp;
    }

    /** Starts one that keeps its connections. */
    static OneByOneServer keeping(Script script) {
        return start(script, false);
    }

    /** Starts one that ends each connection after an answer, without having said so. */
    static OneByOneServer hangingUp(Script script) {
        return start(script, true);
    }

    private static OneByOneServer start(Script script, boolean hangsUp) {
        try {
            OneByOneServer server =
                    new OneByOneServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script, hangsUp);
            Thread thread = new Thread(server::accept, "one-by-one-server");
            thread.setDaemon(true);
            thread.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
    }

    int connections() {
        return connections.get();
    }

    /** Head and body of each request that came whole. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                connections.incrementAndGet();
                serve(socket);
            } catch (IOException e) {
                // The client or the test has closed it.
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String answer;
        do {
            String request = request(in);
            if (request.isEmpty()) {
                return;
            }
            requests.add(request);
            answer = script.answer(requests.size());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        } while (!answer.isEmpty() && !hangsUp);
    }

    private static String request(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            text.append(line).append('\n');
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).trim());
            }
            if (line.isEmpty()) {
                char[] body = new char[length];
                for (int read = 0; read < length; ) {
                    int more = in.read(body, read, length - read);
                    if (more < 0) {
                        return "";
                    }
                    read += more;
                }
                return text.append(body).toString();
            }
        }
        return "";
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
