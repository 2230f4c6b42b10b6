package io.github.pkceauth.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.GeneralSecurityException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** HTTP/1.1 over a bare socket: what is given is sent, byte for byte. One connection a request. */
public final class RawHttp {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Url place;

    private RawHttp(Url place) {
        this.place = place;
    }

    /** To that port of 127.0.0.1. */
    public static RawHttp to(int port) {
        return new RawHttp(new Url("http", "127.0.0.1", port, "/"));
    }

    static RawHttp to(Url place) {
        return new RawHttp(place);
    }

    /** Asks for a raw target, with header lines such as {@code Accept: text/html}. */
    public Page get(String target, String... headerLines) {
        return request("GET", target, "", headerLines);
    }

    /** Asks by any method; Host, Connection and the body's length are added where they are not given. */
    public Page request(String method, String target, String body, String... headerLines) {
        Headers headers = Headers.of(headerLines);
        return exchange(
                place.withTarget(target), new BrowserRequest.Sent(method, headers, body, Journey.bare()), headers);
    }

    /** Sends this text as it is, head, empty line and body, and reads one response. */
    public Page send(String text) {
        String method = text.substring(0, Math.max(0, text.indexOf(' ')));
        BrowserRequest.Sent sent = new BrowserRequest.Sent(method, Headers.none(), "", Journey.bare());
        return sendText(place, sent, text);
    }

    /** Sends the request with these headers, and remembers what was meant by it. */
    Page exchange(Url url, BrowserRequest.Sent sent, Headers headers) {
        Headers all = headers;
        if (!all.has("Host")) {
            all = all.plus("Host", url.authority());
        }
        if (!all.has("Connection")) {
            all = all.plus("Connection", "close");
        }
        boolean announces = all.has("Content-Length") || all.has("Transfer-Encoding");
        if (!announces && (!sent.body().isEmpty() || sent.method().equals("POST"))) {
            all = all.plus("Content-Length", String.valueOf(Wire.utf8(sent.body()).length));
        }
        String head = sent.method() + " " + url.target() + " HTTP/1.1\r\n" + all + "\r\n";
        return sendText(url, sent, head + sent.body());
    }

    private Page sendText(Url url, BrowserRequest.Sent sent, String text) {
        try (Socket socket = sockets().createSocket(place.host(), place.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            write(Wire.utf8(text), socket.getOutputStream());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            return read(url, sent, in);
        } catch (IOException e) {
            throw new UncheckedIOException(sent.method() + " " + url + ": " + e.getMessage(), e);
        }
    }

    /** Who does not want to hear a request to its end may answer, and hang up: what there is to read tells more. */
    private static void write(byte[] request, OutputStream out) throws IOException {
        try {
            out.write(request);
            out.flush();
        } catch (SocketException e) {
            // Without an answer, the reader fails.
        }
    }

    private static Page read(Url url, BrowserRequest.Sent sent, InputStream in) throws IOException {
        int status = status(Wire.line(in));
        Headers headers = Wire.headers(in);
        while (status == 100 || status == 103) {
            status = status(Wire.line(in));
            headers = Wire.headers(in);
        }
        boolean bodiless = sent.method().equals("HEAD") || status == 101 || status == 204 || status == 304;
        String body = bodiless ? "" : Wire.utf8(Wire.responseBody(in, headers));
        Page page = new Page(url, sent, status, headers, body);
        Eavesdropper.RUN.answered(page);
        return page;
    }

    private static int status(String line) throws IOException {
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
            throw new IOException("Not a status line: " + line);
        }
        return Integer.parseInt(parts[1]);
    }

    private SocketFactory sockets() {
        boolean secure = place.scheme().equals("https");
        return secure ? Tls.CONTEXT.getSocketFactory() : SocketFactory.getDefault();
    }

    /** A user who clicks every certificate warning away. */
    private static final class Tls {
        static final SSLContext CONTEXT = trusting();

        private static SSLContext trusting() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {new TrustsEverybody()}, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
