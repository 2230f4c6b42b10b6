package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the network. Through it go https calls alone (http to this machine excepted, or
 * where the deployment openly allows it); the time limit bounds the whole call, a dripping body
 * included; bodies have a size limit; redirects are not followed, so that a code or a secret reaches
 * nobody but the address it was meant for; nothing is sent twice. The JVM's proxy selector is
 * honoured. Safe for use by several threads.
 */
public final class Http implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_PORT = 65_535;

    private final HttpClient client;
    private final Duration timeout;
    private final boolean allowInsecure;

    /**
     * A door with its rules.
     *
     * @param trust which servers are trusted
     * @param timeout how long a whole call may take
     * @param allowInsecure whether plain http may leave this machine
     */
    public Http(Trust trust, Duration timeout, boolean allowInsecure) {
        this.timeout = timeout;
        this.allowInsecure = allowInsecure;
        // HTTP/1.1: a handful of calls a login gain nothing from an upgrade round trip.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        trust.context().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * Reads a resource.
     *
     * @param what what is called, for messages
     * @param address where it is
     * @param headers further headers
     * @return the answer, whatever its status
     * @throws AuthFailure if there is no whole answer in time
     */
    HttpAnswer get(String what, URI address, Map<String, String> headers) throws AuthFailure {
        return send(what, address, headers, HttpRequest.newBuilder().GET());
    }

    /**
     * Posts a form, once.
     *
     * @param what what is called, for messages
     * @param address where it is
     * @param headers further headers
     * @param form the body
     * @return the answer, whatever its status
     * @throws AuthFailure if there is no whole answer in time
     */
    HttpAnswer post(String what, URI address, Map<String, String> headers, Parameters form) throws AuthFailure {
        return send(what, address, headers, posted(form));
    }

    private static HttpRequest.Builder posted(Parameters form) {
        return HttpRequest.newBuilder()
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(new SingleUseBody(form.asForm()));
    }

    /**
     * Posts a form, once, without anybody waiting.
     *
     * @param what what is called, for messages
     * @param address where it is
     * @param headers further headers
     * @param form the body
     * @param then is told the answer, or else the failure, by some thread that it must not keep
     */
    @SuppressWarnings("FutureReturnValueIgnored") // all that there is to tell is told to "then"
    void postAside(
            String what,
            URI address,
            Map<String, String> headers,
            Parameters form,
            BiConsumer<@Nullable HttpAnswer, @Nullable AuthFailure> then) {
        ProviderCall event = ProviderCall.begin(what, address);
        Call call;
        try {
            call = begin(what, address, headers, posted(form));
        } catch (AuthFailure failure) {
            then.accept(null, failure);
            return;
        }
        call.answer().come.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((answer, failure) -> {
            event.end(answer == null ? 0 : answer.status());
            if (answer == null) {
                call.exchange().cancel(true);
            }
            then.accept(answer, failure == null ? null : failed(what, address, failure));
        });
    }

    /**
     * Whether the deployment lets itself, or its users, be sent to an address: https, or plain http to
     * this machine or where that is openly allowed.
     */
    boolean allows(URI address) {
        boolean openly = allowInsecure && "http".equalsIgnoreCase(address.getScheme());
        return address.getHost() != null
                && address.getPort() <= MAX_PORT
                && address.getRawUserInfo() == null
                && (openly || !Loopback.isExposed(address));
    }

    /**
     * Whether an address may be used that was read at another: beyond {@link #allows(URI)}, what came by
     * https leads to plain http on this machine only where that is openly allowed. A provider out there has
     * no business with services that listen here for this machine alone.
     */
    boolean allows(URI address, URI readAt) {
        boolean downgrade =
                "https".equalsIgnoreCase(readAt.getScheme()) && !"https".equalsIgnoreCase(address.getScheme());
        return allows(address) && (allowInsecure || !downgrade);
    }

    /** A call under way. */
    private record Call(Answer answer, CompletableFuture<?> exchange) {}

    private Call begin(String what, URI address, Map<String, String> headers, HttpRequest.Builder request)
            throws AuthFailure {
        if (!allows(address)) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID, what + " " + Printable.of(address) + " is not https; nothing was sent");
        }
        Answer answer = new Answer(what + " " + Printable.of(address));
        CompletableFuture<?> exchange = client.sendAsync(built(what, address, headers, request), answer);
        answer.failWith(exchange);
        return new Call(answer, exchange);
    }

    private HttpAnswer send(String what, URI address, Map<String, String> headers, HttpRequest.Builder request)
            throws AuthFailure {
        ProviderCall event = ProviderCall.begin(what, address);
        Call call = begin(what, address, headers, request);
        try {
            HttpAnswer answer = call.answer().come.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            event.end(answer.status());
            return answer;
        } catch (TimeoutException | ExecutionException e) {
            event.end(0);
            call.exchange().cancel(true);
            throw failed(what, address, e instanceof ExecutionException ? e.getCause() : e);
        } catch (InterruptedException e) {
            event.end(0);
            call.exchange().cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable(what, address, "was not waited for: this thread was interrupted", e);
        }
    }

    private AuthFailure failed(String what, URI address, @Nullable Throwable cause) {
        String how = cause instanceof TimeoutException ? "gave no whole answer within " + timeout : explain(cause);
        return unreachable(what, address, how, cause);
    }

    /**
     * An answer as soon as its last byte has come. What the client itself hands out goes through the JVM's
     * common pool first, which the application may keep busy for as long as it likes.
     */
    private static final class Answer implements HttpResponse.BodyHandler<byte[]> {
        private final String from;
        private final CompletableFuture<HttpAnswer> come = new CompletableFuture<>();

        Answer(String from) {
            this.from = from;
        }

        @Override
        public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo head) {
            LimitedBody body = new LimitedBody(MAX_BODY_BYTES);
            body.getBody().whenComplete((bytes, failure) -> {
                failIfAt(failure);
                if (failure == null) {
                    come.complete(new HttpAnswer(
                            from,
                            head.statusCode(),
                            head.headers().firstValue("Content-Type").orElse(""),
                            head.headers().firstValue("Content-Encoding").orElse(HttpAnswer.IDENTITY),
                            new String(bytes, StandardCharsets.UTF_8)));
                }
            });
            return body;
        }

        void failWith(CompletionStage<?> call) {
            call.whenComplete((whole, failure) -> failIfAt(failure));
        }

        private void failIfAt(@Nullable Throwable failure) {
            if (failure != null) {
                Throwable cause = failure.getCause();
                come.completeExceptionally(failure instanceof CompletionException && cause != null ? cause : failure);
            }
        }
    }

    private HttpRequest built(String what, URI address, Map<String, String> headers, HttpRequest.Builder request)
            throws AuthFailure {
        try {
            headers.forEach(request::header);
            return request.uri(address)
                    .header("Accept", "application/json")
                    // RFC 9110 section 12.5.3: who says nothing takes any coding, and nothing is decoded here.
                    .header("Accept-Encoding", HttpAnswer.IDENTITY)
                    .timeout(timeout)
                    .build();
        } catch (IllegalArgumentException e) {
            // Its message may quote a header with a token in it, so it goes no further.
            throw new AuthFailure(
                    Reason.METADATA_INVALID, what + " " + Printable.of(address) + " is no address that can be called");
        }
    }

    private static AuthFailure unreachable(String what, URI address, String how, @Nullable Throwable cause) {
        return new AuthFailure(
                Reason.PROVIDER_UNREACHABLE,
                what + " " + Printable.of(address) + " " + how,
                cause == null ? new IOException(how) : cause);
    }

    private String explain(@Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "gave no whole answer within " + timeout;
        }
        if (cause instanceof SSLException) {
            return "failed the TLS handshake ("
                    + Printable.of(cause.getMessage())
                    + "); where its certificate is from a private authority, name that one's PEM file in"
                    + " trustedCertificates";
        }
        String kind = cause instanceof IOException ? "could not be reached" : "failed";
        return kind + " (" + Printable.of(cause) + ")";
    }

    /** Ends the client's threads where the Java platform can (from 21 on); before, they end by themselves. */
    @Override
    public void close() {
        if ((Object) client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                System.getLogger("io.github.pkceauth").log(System.Logger.Level.DEBUG, "closing the HTTP client", e);
            }
        }
    }
}
