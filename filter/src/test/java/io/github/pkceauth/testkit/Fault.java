package io.github.pkceauth.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * A way of sending a response, or of not sending it. The honest reply is a supplier: a fault that
 * does not ask for it keeps the request from taking effect (no code is used up, for instance).
 */
@FunctionalInterface
public interface Fault {
    /** Serves one request on its connection. */
    void serve(Supplier<Reply> honest, Transport line) throws IOException;

    /** What a fault may do to a connection. */
    interface Transport {
        /** Sends the reply whole and keeps the connection. */
        void send(Reply reply) throws IOException;

        /** Sends these bytes as they are. */
        void write(byte[]... parts) throws IOException;

        /** Sends one byte at each beat. */
        void drip(byte[] bytes, Duration beat) throws IOException;

        /** Says nothing more until the provider is closed. */
        void hang() throws IOException;

        /** Ends the connection in order. */
        void close() throws IOException;

        /** Ends the connection with a TCP reset. */
        void reset() throws IOException;
    }

    /** No fault: the honest reply, whole. */
    static Fault none() {
        return (honest, line) -> line.send(honest.get());
    }

    /** This reply in place of the honest one. */
    static Fault answers(Reply reply) {
        return (honest, line) -> line.send(reply);
    }

    /** The request is read and never answered. */
    static Fault hangs() {
        return (honest, line) -> line.hang();
    }

    /** The first half of the body comes, the rest never does. */
    static Fault hangsWithinBody() {
        return (honest, line) -> {
            writeHalf(honest.get(), line);
            line.hang();
        };
    }

    /** The body comes byte by byte. */
    static Fault drips(Duration beat) {
        return (honest, line) -> {
            Reply reply = honest.get();
            byte[] body = Wire.utf8(reply.body());
            line.write(head(reply, body.length));
            line.drip(body, beat);
        };
    }

    /** Status line and header fields come byte by byte. */
    static Fault dripsHeaders(Duration beat) {
        return (honest, line) -> {
            Reply reply = honest.get();
            byte[] body = Wire.utf8(reply.body());
            line.drip(head(reply, body.length), beat);
            line.write(body);
        };
    }

    /** The connection is reset before any answer. */
    static Fault resets() {
        return (honest, line) -> line.reset();
    }

    /** The connection is closed before any answer. */
    static Fault closes() {
        return (honest, line) -> line.close();
    }

    /** The connection is closed after half of the announced body. */
    static Fault truncates() {
        return (honest, line) -> {
            writeHalf(honest.get(), line);
            line.close();
        };
    }

    /** These bytes in place of a response, and the end. */
    static Fault sends(String raw) {
        return (honest, line) -> {
            line.write(Wire.utf8(raw));
            line.close();
        };
    }

    /** The honest JSON object with a first member of that many bytes; the length is not announced. */
    static Fault huge(long bytes) {
        return (honest, line) -> {
            Reply reply = honest.get();
            line.write(Wire.utf8(reply.head("Connection: close\r\n")), Wire.utf8("{\"padding\":\""));
            Padding.write(bytes, line);
            String rest = reply.body().startsWith("{") ? reply.body().substring(1) : "\"end\":true}";
            line.write(Wire.utf8(rest.equals("}") ? "\"}" : "\"," + rest));
            line.close();
        };
    }

    /** The honest reply behind a header field of that many bytes. */
    static Fault hugeHeaders(long bytes) {
        return (honest, line) -> {
            Reply reply = honest.get();
            line.write(Wire.utf8("HTTP/1.1 " + reply.status() + " Scripted\r\nX-Padding: "));
            Padding.write(bytes, line);
            line.write(Wire.utf8("\r\n" + reply.headers() + "Connection: close\r\n\r\n" + reply.body()));
            line.close();
        };
    }

    /** Does what another does, but holds the request at the gate first. */
    static Fault behind(Gate gate, Fault then) {
        return (honest, line) -> {
            gate.pass();
            then.serve(honest, line);
        };
    }

    private static void writeHalf(Reply reply, Transport line) throws IOException {
        byte[] body = Wire.utf8(reply.body());
        byte[] half = Arrays.copyOf(body, body.length / 2);
        line.write(head(reply, Math.max(1, body.length)), half);
    }

    private static byte[] head(Reply reply, int length) {
        return Wire.utf8(reply.head("Content-Length: " + length + "\r\n"));
    }
}
