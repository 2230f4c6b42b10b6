package io.github.pkceauth.functional;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.TestTls;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A page that calls an API for its user as the documentation has it: with the headers that the tokens make, and once more
 * where the API wants its nonce. It tells what the API has answered. {@code ?refreshed} refreshes the tokens before, and
 * {@code ?thief} calls as somebody who has the tokens and another certificate.
 */
@SuppressWarnings("serial")
final class ApiPage extends HttpServlet {

    private final Supplier<String> api;
    private final Queue<Tokens> tokens = new ConcurrentLinkedQueue<>();

    ApiPage(Supplier<String> api) {
        this.api = api;
    }

    /** The tokens that it called with last. */
    Tokens latest() {
        return tokens.stream().reduce((first, second) -> second).orElseThrow();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String how = String.valueOf(request.getQueryString());
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        try {
            client.sslContext(
                    how.contains("thief") ? TestTls.OTHER_CLIENT.clientContext() : Tokens.sslContext(request));
            Tokens used = how.contains("refreshed")
                    ? Tokens.refreshed(request)
                    : Tokens.of(request).orElseThrow();
            tokens.add(used);
            URI address = URI.create(api.get());
            HttpClient caller = client.build();
            HttpResponse<String> answer = get(caller, address, used);
            if (used.heedNonce(address, answer.statusCode(), answer.headers().map())) {
                answer = get(caller, address, used);
            }
            told.put("status", answer.statusCode());
            told.put("body", answer.body());
        } catch (AuthFailure e) {
            told.put("failure", e.reason().name());
            told.put("body", String.valueOf(e.getMessage()));
        }
        response.setContentType("application/json");
        response.getWriter().write(Json.text(told));
    }

    private static HttpResponse<String> get(HttpClient client, URI address, Tokens tokens) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        tokens.headers("GET", address).forEach(request::header);
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
