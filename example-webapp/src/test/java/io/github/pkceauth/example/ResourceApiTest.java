package io.github.pkceauth.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.pkceauth.api.AuthFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceApiTest {

    private static final TestUser ALICE_HERSELF = new TestUser("alice", Set.of(), Map.of());
    private static final TestLogin ALICE = new TestLogin(ALICE_HERSELF, new TestTokens("token-1", null));

    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private HttpServer api;

    @BeforeEach
    void startApi() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.start();
    }

    @AfterEach
    void stopApi() {
        api.stop(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 299})
    void aGoodAnswerIsPassedOnAs200(int status) throws Exception {
        HttpResponse<String> response = resource(answer(status, "{\"balance\":42}"), Duration.ofSeconds(10));

        assertEquals(200, response.statusCode());
        assertEquals("{\"balance\":42}", response.body());
        assertEquals(
                "application/json",
                response.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(List.of("Bearer token-1"), authorizations);
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 404, 500})
    void anyOtherAnswerIsABadGateway(int status) throws Exception {
        HttpResponse<String> response = resource(answer(status, "secret detail"), Duration.ofSeconds(10));

        assertEquals(502, response.statusCode());
        assertEquals("{\"error\":\"The resource answered " + status + "\"}", response.body());
        assertEquals(1, authorizations.size(), "calls, redirects not followed");
    }

    @Test
    void noAnswerIsABadGateway() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        try {
            HttpResponse<String> response = resource(
                    exchange -> {
                        // Begins an answer and never ends it.
                        exchange.sendResponseHeaders(200, 0);
                        exchange.getResponseBody().write('x');
                        exchange.getResponseBody().flush();
                        await(done);
                    },
                    Duration.ofMillis(300));

            assertEquals(502, response.statusCode());
        } finally {
            done.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api.example/accounts", "ftp://api.example/", "http://", "https://api.example/a b"})
    void aBadAddressIsRefusedAtTheStart(String address) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Resource.at(address, Duration.ofSeconds(10)));

        assertEquals("RESOURCE_URL is \"" + address + "\": write an absolute http or https URL", e.getMessage());
    }

    @Test
    void theTokenIsAFreshOne() throws Exception {
        TestLogin refreshing =
                new TestLogin(ALICE_HERSELF, new TestTokens("token-1", null), () -> new TestTokens("token-2", null));

        assertEquals(
                200,
                resource(answer(200, "{}"), Duration.ofSeconds(10), refreshing).statusCode());
        assertEquals(List.of("Bearer token-2"), authorizations);
    }

    @Test
    void whyThereIsNoTokenIsSaidAsTheFilterSaysIt() throws Exception {
        TestLogin ended = new TestLogin(ALICE_HERSELF, new TestTokens("token-1", null), () -> {
            throw new AuthFailure(AuthFailure.Reason.LOGIN_ENDED, "a detail for the log");
        });

        HttpResponse<String> response = resource(answer(200, "{}"), Duration.ofSeconds(10), ended);

        assertEquals(401, response.statusCode());
        assertTrue(response.body().contains("\"code\":\"login_ended\""), response.body());
        assertEquals(List.of(), authorizations);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCallThatLacksANonceIsMadeOnceMoreAndNoMore(int refusals) throws Exception {
        AtomicInteger calls = new AtomicInteger();

        HttpResponse<String> response = resource(
                exchange -> {
                    authorizations.addAll(exchange.getRequestHeaders().get("Authorization"));
                    boolean refuses = calls.incrementAndGet() <= refusals;
                    if (refuses) {
                        exchange.getResponseHeaders().set("DPoP-Nonce", "the-nonce-" + calls);
                    }
                    exchange.sendResponseHeaders(refuses ? 401 : 200, -1);
                    exchange.close();
                },
                Duration.ofSeconds(10));

        assertEquals(refusals == 1 ? 200 : 502, response.statusCode());
        assertEquals(2, calls.get());
    }

    private HttpResponse<String> resource(HttpHandler handler, Duration timeout) throws Exception {
        return resource(handler, timeout, ALICE);
    }

    private HttpResponse<String> resource(HttpHandler handler, Duration timeout, TestLogin login) throws Exception {
        api.createContext("/accounts", handler);
        String address = "http://127.0.0.1:" + api.getAddress().getPort() + "/accounts";
        try (Site site = Site.ofResource(Resource.at(address, timeout), login)) {
            HttpResponse<String> response = site.get("/api/resource");
            assertTrue(
                    response.headers().firstValue("Cache-Control").orElseThrow().contains("no-store"));
            return response;
        }
    }

    private HttpHandler answer(int status, String body) {
        return exchange -> {
            authorizations.addAll(exchange.getRequestHeaders().get("Authorization"));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Location", "/accounts/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
