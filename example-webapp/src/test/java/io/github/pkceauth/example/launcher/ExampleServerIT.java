package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher within this JVM, and what it serves to those who are not signed in. */
class ExampleServerIT {

    private static final Map<String, String> ANY_PORTS = Map.of("PORT", "0", "PROVIDER_PORT", "0");

    private static ExampleServer example;

    @BeforeAll
    static void start() throws Exception {
        example = ExampleServer.start(ANY_PORTS);
    }

    @AfterAll
    static void stop() throws IOException {
        example.close();
    }

    @Test
    void twoRunSideBySide() throws Exception {
        try (ExampleServer another = ExampleServer.start(ANY_PORTS)) {
            assertNotEquals(example.applicationUri(), another.applicationUri());
            assertNotEquals(example.providerUri(), another.providerUri());
            assertEquals(
                    "ok",
                    new Browser()
                            .fetch(another.applicationUri().resolve("/health"))
                            .body());
        }
    }

    @Test
    void answersNoMoreWhenClosed() throws Exception {
        URI closed;
        try (ExampleServer another = ExampleServer.start(ANY_PORTS)) {
            closed = another.applicationUri();
        }
        assertThrows(ConnectException.class, () -> new Browser().fetch(closed.resolve("/health")));
    }

    @Test
    void aTakenPortIsNamed() {
        int port = example.applicationUri().getPort();

        StartFailure failure = assertThrows(
                StartFailure.class,
                () -> ExampleServer.start(Map.of("PORT", String.valueOf(port), "PROVIDER_PORT", "0")));

        assertEquals(
                "Port " + port + " on 127.0.0.1 is taken: set PORT to another one, or to 0 for any free one",
                failure.getMessage());
    }

    @Test
    void anAddressThatIsNotOursIsNamed() {
        StartFailure failure = assertThrows(
                StartFailure.class, () -> ExampleServer.start(Map.of("HOST", "no-such-host.invalid", "PORT", "0")));

        assertTrue(
                String.valueOf(failure.getMessage()).startsWith("Cannot listen on no-such-host.invalid, port 0: "),
                failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health", "/style.css"})
    void publicPagesNeedNoLoginAndMakeNoSession(String path) throws Exception {
        Browser browser = new Browser();
        Page page = browser.open(example.applicationUri().resolve(path));

        assertEquals(200, page.status());
        assertEquals(example.applicationUri().resolve(path), page.uri());
        assertEquals(List.of(), browser.cookies());
    }
}
