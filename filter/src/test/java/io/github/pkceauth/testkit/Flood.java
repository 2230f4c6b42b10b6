package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.util.stream.IntStream;
import javax.net.SocketFactory;

/** Very many requests without any cookie, as fast as one machine can: pipelined, a hundred a connection. */
public final class Flood {
    /** Tomcat closes a connection after so many. */
    private static final int A_CONNECTION = 100;

    private final int requests;

    private Flood(int requests) {
        this.requests = requests;
    }

    /** So many requests; a multiple of a hundred. */
    public static Flood of(int requests) {
        if (requests % A_CONNECTION != 0) {
            throw new IllegalArgumentException(requests + " is no multiple of " + A_CONNECTION);
        }
        return new Flood(requests);
    }

    /** Opens a page as a browser does, each time another; every one must be sent to the provider. */
    public void navigations(App app) throws IOException {
        pour(app, "/page/", 302, "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nAccept: text/html\r\n");
    }

    /** Fetches by script; every one must be told to sign in. */
    public void calls(App app) throws IOException {
        pour(app, "/api/", 401, "Sec-Fetch-Mode: cors\r\nSec-Fetch-Dest: empty\r\nAccept: */*\r\n");
    }

    /**
     * Comes with the answer to a restarted login that there never was; every one must be refused. Not for
     * Tomcat, which closes the connection after each such answer.
     */
    public void forgedCallbacks(App app) throws IOException {
        pour(app, "/callback?code=x&state=y.again&n=", 400, "Sec-Fetch-Mode: navigate\r\nAccept: text/html\r\n");
    }

    private void pour(App app, String target, int status, String headers) throws IOException {
        for (int sent = 0; sent < requests; sent += A_CONNECTION) {
            StringBuilder batch = new StringBuilder();
            for (int i = 1; i <= A_CONNECTION; i++) {
                String end = i == A_CONNECTION ? "Connection: close\r\n" : "";
                batch.append("GET " + target + (sent + i) + " HTTP/1.1\r\nHost: localhost:" + app.port() + "\r\n")
                        .append(headers + end + "\r\n");
            }
            assertEquals(A_CONNECTION, answers(app.port(), batch.toString(), status));
        }
    }

    /** How many responses of this status come back. */
    private static long answers(int port, String batch, int status) throws IOException {
        try (Socket socket = SocketFactory.getDefault().createSocket("127.0.0.1", port)) {
            socket.getOutputStream().write(Wire.utf8(batch));
            String all = Wire.utf8(socket.getInputStream().readAllBytes());
            String start = "HTTP/1.1 " + status;
            return IntStream.iterate(all.indexOf(start), at -> at >= 0, at -> all.indexOf(start, at + 1))
                    .count();
        }
    }
}
