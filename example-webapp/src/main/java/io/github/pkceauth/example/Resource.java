package io.github.pkceauth.example;

import io.github.pkceauth.api.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/** An API elsewhere that takes access tokens of the filter's, of whatever type they are. Thread-safe. */
final class Resource {

    private final HttpRequest request;
    private final Duration timeout;

    /** One for each filter of the application. */
    private final Map<SSLContext, HttpClient> clients = new ConcurrentHashMap<>();

    private Resource(HttpRequest request, Duration timeout) {
        this.request = request;
        this.timeout = timeout;
    }

    /**
     * The API at an address.
     *
     * @param address an absolute http or https URL
     * @param timeout for a whole call, its body included
     * @throws IllegalArgumentException if the address is none
     */
    static Resource at(String address, Duration timeout) {
        try {
            return new Resource(HttpRequest.newBuilder(URI.create(address)).build(), timeout);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "RESOURCE_URL is \"" + address + "\": write an absolute http or https URL", e);
        }
    }

    /**
     * Asks for the resource; and asks once more if it wants nothing else than its nonce in the proof (RFC 9449 section 9).
     *
     * @param tokens whose access token goes along
     * @param context how the connection is made
     * @throws IOException if no whole answer came in time
     */
    Answer get(Tokens tokens, SSLContext context) throws IOException {
        HttpResponse<byte[]> response = call(tokens, context);
        if (tokens.heedNonce(
                request.uri(), response.statusCode(), response.headers().map())) {
            response = call(tokens, context);
            tokens.heedNonce(
                    request.uri(), response.statusCode(), response.headers().map());
        }
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                response.body());
    }

    private HttpResponse<byte[]> call(Tokens tokens, SSLContext context) throws IOException {
        HttpRequest.Builder headed = HttpRequest.newBuilder(request.uri());
        tokens.headers("GET", request.uri()).forEach(headed::header);
        CompletableFuture<HttpResponse<byte[]>> call =
                clients.computeIfAbsent(context, this::client).sendAsync(headed.build(), BodyHandlers.ofByteArray());
        try {
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("no answer", e.getCause());
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new IOException("no whole answer within " + timeout, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpClient client(SSLContext context) {
        // No redirects: the token is for this address, not for wherever it points.
        return HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * What the API said.
     *
     * @param status the HTTP status
     * @param contentType the media type of the body
     * @param body the body
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to the response at once, never compared
    record Answer(int status, String contentType, byte[] body) {

        boolean isSuccess() {
            return status / 100 == 2;
        }
    }
}
