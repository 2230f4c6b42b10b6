package io.github.pkceauth.benchmarks.server;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One connection that is kept open: the least that a client can be, so that the load costs little itself. */
final class Wire implements Closeable {

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int BUFFER = 4096;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    Wire(int port) throws IOException {
        host = "127.0.0.1:" + port;
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /**
     * An answer.
     *
     * @param status its status
     * @param location where it sends the browser, or empty
     * @param cookies what it sets, each as name=value
     * @param body its body
     */
    record Answer(int status, String location, List<String> cookies, String body) {}

    Answer get(String target, String cookies) throws IOException {
        return send("GET " + target + head(cookies)
                + "Accept: text/html,application/xhtml+xml\r\nSec-Fetch-Mode: navigate\r\n"
                + "Sec-Fetch-Dest: document\r\nSec-Fetch-Site: none\r\n\r\n");
    }

    /** Posts a form, from the application's own page. */
    Answer post(String target, String cookies, String form) throws IOException {
        return send("POST " + target + head(cookies)
                + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                + "\r\nOrigin: http://" + host + "\r\nSec-Fetch-Site: same-origin\r\nSec-Fetch-Mode: navigate\r\n"
                + "Sec-Fetch-Dest: document\r\nAccept: text/html\r\n\r\n" + form);
    }

    private String head(String cookies) {
        return " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: benchmark\r\n"
                + (cookies.isEmpty() ? "" : "Cookie: " + cookies + "\r\n");
    }

    private Answer send(String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String line = line();
        int status = Integer.parseInt(line.split(" ", 3)[1]);
        String location = "";
        List<String> cookies = new ArrayList<>();
        int length = 0;
        boolean chunked = false;
        for (line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "location" -> location = value;
                case "set-cookie" -> cookies.add(value.split(";", 2)[0]);
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = true;
                default -> {
                    // Of no interest.
                }
            }
        }
        return new Answer(status, location, cookies, chunked ? chunks() : body(length));
    }

    private String chunks() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            all.append(body(size));
            line();
        }
        line();
        return all.toString();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String body(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
