package io.github.pkceauth.oidc;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A call of the provider that is under way. Its answer is there as soon as the last byte has come: what the
 * JDK's client itself hands out goes through the JVM's common pool first, which the application may keep
 * busy for as long as it likes.
 */
final class HttpCall implements HttpResponse.BodyHandler<byte[]> {

    private final String from;
    private final HttpRequest request;
    private final @Nullable SingleUseBody form;
    private final int maxBodyBytes;
    private final Http.@Nullable Witness witness;
    private final CompletableFuture<HttpAnswer> answer = new CompletableFuture<>();
    private volatile @Nullable CompletableFuture<?> exchange;
    private volatile boolean givenUp;

    /**
     * A call that has not begun.
     *
     * @param what what is called, for messages
     * @param request what is sent
     * @param form its body, if it has one
     * @param maxBodyBytes how large the answer may be
     * @param witness is told of the answer as well, or null
     */
    HttpCall(
            String what,
            HttpRequest request,
            @Nullable SingleUseBody form,
            int maxBodyBytes,
            Http.@Nullable Witness witness) {
        this.from = from(what, request.uri());
        this.request = request;
        this.form = form;
        this.maxBodyBytes = maxBodyBytes;
        this.witness = witness;
    }

    /** What is called, with its address, for messages. */
    static String from(String what, URI address) {
        return what + " " + Printable.of(address);
    }

    /** The answer, or why there is none. */
    CompletableFuture<HttpAnswer> answer() {
        return answer;
    }

    /** Sends it. This thread is kept while the address is looked up, and no longer. */
    void begin(HttpClient client) {
        if (givenUp) {
            return;
        }
        try {
            CompletableFuture<? extends HttpResponse<?>> begun = client.sendAsync(request, this);
            exchange = begun;
            failWith(begun);
            tell(begun);
            if (givenUp) {
                begun.cancel(true);
            }
        } catch (RuntimeException | Error e) {
            failIfAt(e);
        }
    }

    /** Nobody waits for it any longer: what is not sent yet is not sent at all. */
    void giveUp() {
        givenUp = true;
        if (form != null) {
            form.withdraw();
        }
        CompletableFuture<?> begun = exchange;
        if (begun != null) {
            begun.cancel(true);
        }
    }

    @Override
    public HttpResponse.BodySubscriber<byte[]> apply(HttpResponse.ResponseInfo head) {
        LimitedBody body = new LimitedBody(maxBodyBytes);
        body.getBody().whenComplete((bytes, failure) -> {
            failIfAt(failure);
            if (failure == null) {
                answer.complete(new HttpAnswer(
                        from,
                        head.statusCode(),
                        header(head.headers(), "Content-Type", ""),
                        header(head.headers(), "Content-Encoding", HttpAnswer.IDENTITY),
                        String.join(", ", head.headers().allValues("WWW-Authenticate")),
                        header(head.headers(), "DPoP-Nonce", ""),
                        new String(bytes, StandardCharsets.UTF_8)));
            }
        });
        return body;
    }

    private static String header(HttpHeaders headers, String name, String otherwise) {
        List<String> values = headers.map().get(name);
        return values == null ? otherwise : values.get(0);
    }

    private void tell(CompletionStage<? extends HttpResponse<?>> begun) {
        Http.Witness beside = witness;
        if (beside != null) {
            begun.thenAccept(response -> beside.saw(request.uri(), response));
        }
    }

    private void failWith(CompletionStage<?> begun) {
        begun.whenComplete((whole, failure) -> failIfAt(failure));
    }

    private void failIfAt(@Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause = failure.getCause();
            answer.completeExceptionally(failure instanceof CompletionException && cause != null ? cause : failure);
        }
    }
}
