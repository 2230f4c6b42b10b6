package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedPathTest {

    @Test
    void thePathIsWhatTheContainerMapsOn() {
        assertEquals("/admin", DecodedPath.of(Requests.get("/admin").request()));
        assertEquals(
                "/admin/x", DecodedPath.of(Requests.get("/admin").pathInfo("/x").request()));
        assertEquals("/x", DecodedPath.of(Requests.in("/app", "/x").request()));
    }

    /** Tomcat says its welcome file as the servlet path. */
    @Test
    void theFrontPageIsTheFrontPageUnderItsWelcomeFilesName() {
        assertEquals("/", DecodedPath.of(Requests.get("/index.html").uri("/").request()));
        assertEquals(
                "/",
                DecodedPath.of(Requests.in("/app", "/index.html").uri("/app/").request()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app/x/", "/app/;a", "/app//", "/app/index.html"})
    void noOtherAddressIsTheFrontPage(String uri) {
        assertEquals(
                "/index.html",
                DecodedPath.of(Requests.in("/app", "/index.html").uri(uri).request()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "/a/", "/a/b.html", "/...", "/.a", "/a..b", "/a b", "/\u00e9", "/a:b@c=d&e"})
    void aPlainPathCanBeReadInOneWay(String path) {
        assertTrue(DecodedPath.isPlain(path));
        assertEquals(path.isEmpty() ? "/" : path, DecodedPath.readAgain(path));
    }

    @ParameterizedTest
    @CsvSource({
        "//, /",
        "//a, /a",
        "/a//b, /a/b",
        "/a//, /a/",
        "/./a, /a",
        "/a/., /a",
        "/a/./, /a/",
        "/a/.., /",
        "/a/../, /",
        "/a/../b, /b",
        "/a/../../../b, /b",
        "/a\\b, /a/b",
        "/a\\..\\b, /b",
        "/a;x=y/b;z, /a/b",
        "/a/..;x/b, /b",
        "/a%2fb, /a/b",
        "/a%2Fb, /a/b",
        "/a%5Cb, /a/b",
        "/a%3Bx/b, /a/b",
        "/a/%2e%2e/b, /b",
        "/a/%2E./b, /b",
        "/a/..%3bx/b, /b",
        "/%61, /a",
        "/%2561, /%61",
        "/a%, /a%",
        "/a%zz, /a%zz",
        "/a%C3%A9, /a\u00e9",
        "/a%E9, /a\ufffd",
    })
    void anyOtherIsReadOnceMore(String path, String again) {
        assertFalse(DecodedPath.isPlain(path));
        assertEquals(again, DecodedPath.readAgain(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a\0", "/a\n", "/a\u001f", "/a\u007f"})
    void controlCharactersAreNothingPlain(String path) {
        assertFalse(DecodedPath.isPlain(path));
        assertEquals(path, DecodedPath.readAgain(path));
    }

    /** Strangers may send any of these. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/.", "/..", "/a", ";", "%2f", "%", "\\", "a;b/"})
    void aPathOfAnyLengthIsReadAtOnce(String step) {
        String path = step.repeat(200_000);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DecodedPath.readAgain(path));
    }
}
