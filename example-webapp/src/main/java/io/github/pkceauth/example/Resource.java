package io.github.pkceauth.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An API elsewhere that takes bearer tokens (RFC 6750). Thread-safe. */
final class Resource {

    private final HttpRequest.Builder request;
    private final Duration timeout;
    private final HttpClient client;

    private Resource(HttpRequest.Builder request, Duration timeout) {
        this.request = request;
        this.timeout = timeout;
        // No redirects: the token is for this address, not for wherever it points.
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
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
            return new Resource(HttpRequest.newBuilder(URI.create(address)), timeout);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "RESOURCE_URL is \"" + address + "\": write an absolute http or https URL", e);
        }
    }

    /**
     * Asks for the resource.
     *
     * @throws IOException if no whole answer came in time
     */
    Answer get(String accessToken) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(
                request.copy().header("Authorization", "Bearer " + accessToken).build(), BodyHandlers.ofByteArray());
        try {
            HttpResponse<byte[]> response = call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse("application/octet-stream"),
                    response.body());
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
