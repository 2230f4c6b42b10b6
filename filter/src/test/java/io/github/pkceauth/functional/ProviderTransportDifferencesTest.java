package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Fault;
import io.github.pkceauth.testkit.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How servers and the boxes in front of them put an answer on the wire. */
class ProviderTransportDifferencesTest {

    private static Scene scene() {
        return Scene.open(app -> app.filterParam("userinfo", "always"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** As an old proxy does it: the body ends where the connection does. */
    private static Fault asHttp10() {
        return (honest, line) -> {
            Reply reply = honest.get();
            line.write(bytes("HTTP/1.0 " + reply.status() + " OK\r\n" + reply.headers() + "\r\n" + reply.body()));
            line.close();
        };
    }

    private static Fault chunked() {
        return (honest, line) -> {
            Reply reply = honest.get();
            byte[] body = bytes(reply.body());
            line.write(bytes(
                    "HTTP/1.1 " + reply.status() + " OK\r\n" + reply.headers() + "Transfer-Encoding: chunked\r\n\r\n"));
            for (int at = 0; at < body.length; at += 7) {
                int size = Math.min(7, body.length - at);
                line.write(bytes(Integer.toHexString(size) + ";x=y\r\n"), slice(body, at, size), bytes("\r\n"));
            }
            line.write(bytes("0\r\nX-Trailer: yes\r\n\r\n"));
        };
    }

    private static byte[] slice(byte[] body, int at, int size) {
        return Arrays.copyOfRange(body, at, at + size);
    }

    private static Fault announcedAndClosed() {
        return (honest, line) -> {
            line.send(honest.get().withHeader("Connection", "close"));
            line.close();
        };
    }

    private static Fault compressed() {
        return (honest, line) -> {
            Reply reply = honest.get();
            byte[] body = gzip(reply.body());
            line.write(
                    bytes("HTTP/1.1 " + reply.status() + " OK\r\n" + reply.headers()
                            + "Content-Encoding: gzip\r\nContent-Length: " + body.length + "\r\n\r\n"),
                    body);
        };
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(bytes(text));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerMayEndWithItsConnection(BackChannel endpoint) {
        try (Scene scene = scene()) {
            endpoint.of(scene.provider).does(asHttp10());
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerMayCloseItsConnection(BackChannel endpoint) {
        try (Scene scene = scene()) {
            endpoint.of(scene.provider).does(announcedAndClosed());
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerMayComeInChunks(BackChannel endpoint) {
        try (Scene scene = scene()) {
            endpoint.of(scene.provider).does(chunked());
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    /** RFC 9110 section 12.5.3: who says nothing takes any coding. */
    @Test
    void everyCallAsksForAnswersAsTheyAre() {
        try (Scene scene = scene()) {
            scene.assertSignedIn(scene.logIn("/page"));
            for (BackChannel endpoint : BackChannel.values()) {
                assertEquals(
                        "identity", scene.provider.request(endpoint.path).header("Accept-Encoding"), endpoint::name);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatIsCompressedAllTheSameIsToldAsSuch(BackChannel endpoint) {
        try (Scene scene = Scene.clocked(app -> app.filterParam("userinfo", "always"))) {
            endpoint.of(scene.provider).does(compressed());
            endpoint.assertLoginRefused(scene, endpoint.unusable);
            assertTrue(
                    scene.logs.text().contains("in the content coding 'gzip', although identity was asked for"),
                    scene.logs::text);
        }
    }
}
