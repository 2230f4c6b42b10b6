package io.github.pkceauth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads HTTP/1.1 messages from a stream, for both sides. Stateless. */
final class Wire {
    private Wire() {}

    /** One line without its end; fails at the end of the stream. */
    static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("The connection ended within a line: " + utf8(bytes.toByteArray()));
            }
            bytes.write(b);
        }
        String text = utf8(bytes.toByteArray());
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Header fields up to the empty line. */
    static Headers headers(InputStream in) throws IOException {
        Headers headers = Headers.none();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("Not a header line: " + line);
            }
            headers = headers.plus(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** The body that the headers announce, empty where they announce none. */
    static byte[] announcedBody(InputStream in, Headers headers) throws IOException {
        if (isChunked(headers)) {
            return chunked(in);
        }
        int length = Integer.parseInt(headers.get("Content-Length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("The body ended after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    /** The body of a response, which may also be ended by the end of the connection. */
    static byte[] responseBody(InputStream in, Headers headers) throws IOException {
        boolean announced = isChunked(headers) || headers.has("Content-Length");
        return announced ? announcedBody(in, headers) : in.readAllBytes();
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isChunked(Headers headers) {
        return headers.get("Transfer-Encoding", "").toLowerCase(Locale.ROOT).contains("chunked");
    }

    private static byte[] chunked(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            int semicolon = size.indexOf(';');
            String digits = semicolon < 0 ? size : size.substring(0, semicolon);
            byte[] chunk = in.readNBytes(Integer.parseInt(digits.strip(), 16));
            body.writeBytes(chunk);
            if (chunk.length == 0) {
                headers(in);
                return body.toByteArray();
            }
            line(in);
        }
    }
}
