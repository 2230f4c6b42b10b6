package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
    private final ScriptedProvider provider = ScriptedProvider.start();

    @AfterEach
    void close() {
        provider.close();
    }

    private HttpResponse<String> jwks() throws IOException {
        return PlainClient.send(HttpRequest.newBuilder(URI.create(provider.address("/jwks"))));
    }

    private HttpResponse<String> impatientJwks() throws IOException {
        return PlainClient.send(
                HttpRequest.newBuilder(URI.create(provider.address("/jwks"))).timeout(Duration.ofMillis(200)));
    }

    private void assertHonest() throws IOException {
        assertEquals(200, jwks().statusCode());
        assertFalse(Json.list(Json.object(jwks().body()), "keys").isEmpty());
    }

    @Test
    void answersInPlaceOfTheHonestReply() throws IOException {
        provider.jwks().answers(503, "text/plain", "later");
        assertEquals(503, jwks().statusCode());
        assertEquals("later", jwks().body());
        provider.jwks().behaves();
        assertHonest();
    }

    @Test
    void faultCanBeForASingleRequest() throws IOException {
        provider.jwks().once().answers(503, "text/plain", "later").times(2).answers(500, "a/b", "");
        assertEquals(503, jwks().statusCode());
        assertEquals(500, jwks().statusCode());
        assertEquals(500, jwks().statusCode());
        assertHonest();
    }

    @Test
    void redirectsElsewhere() throws IOException {
        provider.jwks().redirectsTo("https://evil.example/");
        assertEquals(307, jwks().statusCode());
        assertEquals(
                "https://evil.example/", jwks().headers().firstValue("Location").orElse(""));
    }

    @Test
    void hangs() {
        provider.jwks().hangs();
        assertThrows(HttpTimeoutException.class, this::impatientJwks);
    }

    @Test
    void hangsWithinTheBody() {
        Gate gate = new Gate();
        provider.jwks().does(Fault.behind(gate, Fault.hangsWithinBody()));
        CompletableFuture<String> whole = CompletableFuture.supplyAsync(this::wholeJwks);
        gate.awaitArrival().open();
        assertFalse(whole.isDone());
        provider.close();
        assertThrows(Exception.class, whole::join);
    }

    private String wholeJwks() {
        try {
            return jwks().body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void dripsUntilTheLastByte() throws IOException {
        provider.jwks().with("keys", List.of()).drips(Duration.ofMillis(1));
        assertEquals("{\"keys\":[]}", jwks().body());
        provider.jwks().dripsHeaders();
        assertThrows(HttpTimeoutException.class, this::impatientJwks);
    }

    @Test
    void resetsAndCloses() throws IOException {
        provider.jwks().resets();
        assertThrows(IOException.class, this::jwks);
        provider.jwks().closes();
        assertThrows(IOException.class, this::jwks);
        provider.jwks().behaves();
        assertHonest();
    }

    @Test
    void truncates() {
        provider.jwks().truncates();
        assertThrows(IOException.class, this::jwks);
    }

    @Test
    void hugeBodyIsValidJson() throws IOException {
        provider.jwks().huge(100_000);
        String body = jwks().body();
        assertTrue(body.length() > 100_000);
        assertEquals(100_000, Json.string(Json.object(body), "padding").length());
        assertFalse(Json.list(Json.object(body), "keys").isEmpty());
    }

    @Test
    void hugeHeaders() throws IOException {
        provider.jwks().hugeHeaders(20_000);
        assertEquals(20_000, jwks().headers().firstValue("X-Padding").orElse("").length());
        assertFalse(jwks().body().isEmpty());
    }

    @Test
    void sendsAnyBytes() {
        provider.jwks().sends("SSH-2.0-nonsense\r\n");
        assertThrows(IOException.class, this::jwks);
    }

    @Test
    void changesStatusAndHeaders() throws IOException {
        provider.jwks().withStatus(201).withContentType("text/html").withHeader("X-A", "b");
        HttpResponse<String> response = jwks();
        assertEquals(201, response.statusCode());
        assertEquals("text/html", response.headers().firstValue("Content-Type").orElse(""));
        assertFalse(Json.list(Json.object(response.body()), "keys").isEmpty());
    }

    @Test
    void gateHoldsRequestsUntilItIsOpened() {
        Gate gate = provider.jwks().waits();
        CompletableFuture<String> body = CompletableFuture.supplyAsync(this::wholeJwks);
        gate.awaitArrival();
        assertFalse(body.isDone());
        gate.open();
        assertTrue(body.join().contains("keys"));
    }

    @Test
    void everywhereMeansEveryEndpoint() throws IOException {
        provider.everywhere().answers(500, "text/plain", "");
        PlainClient client = new PlainClient(provider);
        assertEquals(500, jwks().statusCode());
        assertEquals(500, client.get("/.well-known/openid-configuration").statusCode());
        assertEquals(500, client.redeem(Parameters.none()).statusCode());
        provider.behaves();
        assertHonest();
    }

    @Test
    void closedProviderRefusesConnections() {
        provider.close();
        assertThrows(IOException.class, this::jwks);
    }
}
