package io.github.pkceauth.benchmarks.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A provider on loopback that answers as fast as it can sign, or as slowly as it is told. It counts what is asked of it.
 */
public final class ProviderStub implements AutoCloseable {

    private static final int BACKLOG = 10_000;
    private static final int THREADS = 8;
    private static final int PERCENT = 100;

    private final HttpServer server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "provider");
        thread.setDaemon(true);
        return thread;
    });
    private final Signer signer = new Signer();
    private final Mint mint;
    private final AtomicInteger metadata = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();
    private volatile int delayMillis;
    private volatile int failingPercent;

    private ProviderStub() throws IOException {
        // Else each answer waits for an acknowledgement that the other side delays.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", String.valueOf(BACKLOG));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        mint = new Mint(issuer(), signer);
        server.setExecutor(threads);
        server.createContext("/.well-known/openid-configuration", exchange -> {
            metadata.incrementAndGet();
            reply(exchange, metadataDocument());
        });
        server.createContext("/jwks", exchange -> {
            keys.incrementAndGet();
            reply(exchange, signer.jwks());
        });
        server.createContext("/token", this::token);
        server.start();
    }

    /** Starts one on a free port. */
    public static ProviderStub start() throws IOException {
        return new ProviderStub();
    }

    /** Its issuer identifier, and the address of everything it has. */
    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What it signs with. */
    public Mint mint() {
        return mint;
    }

    /** From now on the token endpoint waits so long, and so many of a hundred calls fail. */
    public void behave(int newDelayMillis, int newFailingPercent) {
        delayMillis = newDelayMillis;
        failingPercent = newFailingPercent;
    }

    /**
     * What was asked of it.
     *
     * @param metadata how often its metadata was read
     * @param keys how often its keys were
     * @param tokens how often the token endpoint was called
     * @param mostWaiting how many calls of the token endpoint were under way at once, at most
     */
    public record Calls(int metadata, int keys, int tokens, int mostWaiting) {}

    /** What was asked of it since its start. */
    public Calls calls() {
        return new Calls(metadata.get(), keys.get(), tokens.get(), mostWaiting.get());
    }

    private void token(HttpExchange exchange) throws IOException {
        tokens.incrementAndGet();
        mostWaiting.accumulateAndGet(waiting.incrementAndGet(), Math::max);
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (delayMillis == 0) {
            redeem(exchange, form);
        } else {
            // No thread waits with it.
            var unused = threads.schedule(() -> redeem(exchange, form), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void redeem(HttpExchange exchange, String form) {
        waiting.decrementAndGet();
        try {
            if (ThreadLocalRandom.current().nextInt(PERCENT) < failingPercent) {
                reply(exchange, 503, "{\"error\":\"temporarily_unavailable\"}");
                return;
            }
            Map<String, String> asked = Codes.parameters(form);
            Codes.Grant grant = Codes.Grant.of(asked.getOrDefault("code", asked.getOrDefault("refresh_token", "")));
            if (asked.containsKey("code") && !provesPossession(grant, asked)) {
                reply(exchange, 400, "{\"error\":\"invalid_grant\"}");
                return;
            }
            boolean refresh = asked.containsKey("refresh_token");
            // A refreshed ID token need not have a nonce.
            reply(exchange, mint.answer(refresh ? new Codes.Grant(grant.clientId(), "", "", grant.subject()) : grant));
        } catch (IOException | RuntimeException e) {
            exchange.close(); // whoever asked has gone, or did not ask for tokens
        }
    }

    private static boolean provesPossession(Codes.Grant grant, Map<String, String> asked) {
        return grant.challenge().isEmpty()
                || grant.challenge().equals(Signer.encode(Mint.hash(asked.getOrDefault("code_verifier", ""))));
    }

    private String metadataDocument() {
        String issuer = issuer();
        return "{\"issuer\":\"" + issuer + "\",\"authorization_endpoint\":\"" + issuer + Codes.AUTHORIZE
                + "\",\"token_endpoint\":\"" + issuer + "/token\",\"jwks_uri\":\"" + issuer + "/jwks\","
                + "\"response_types_supported\":[\"code\"],\"subject_types_supported\":[\"public\"],"
                + "\"scopes_supported\":[\"openid\",\"profile\",\"email\"],"
                + "\"grant_types_supported\":[\"authorization_code\",\"refresh_token\"],"
                + "\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\"],"
                + "\"code_challenge_methods_supported\":[\"S256\"],"
                + "\"authorization_response_iss_parameter_supported\":true,"
                + "\"id_token_signing_alg_values_supported\":[\"RS256\",\"ES256\"]}";
    }

    private static void reply(HttpExchange exchange, String json) throws IOException {
        reply(exchange, 200, json);
    }

    private static void reply(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        boolean hasBody = !exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
