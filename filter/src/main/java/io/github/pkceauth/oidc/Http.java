package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The one door to the network. Through it go https calls alone (http to this machine excepted, or
 * where the deployment openly allows it); the time limit bounds the whole call, a dripping body
 * included; bodies have a size limit; redirects are not followed, so that a code or a secret reaches
 * nobody but the address it was meant for; nothing is sent twice. The JVM's proxy selector is
 * honoured. Safe for use by several threads.
 *
 * <p>Behind it is the JDK's client, such that a call changes threads as seldom as it can, see {@link
 * CallThreads}; the time limit bounds the look-up of the address and the choice of a proxy, too.
 */
public final class Http implements AutoCloseable {

    /** What comes from the other side is about our certificate, not about theirs (RFC 8446 section 6.2). */
    private static final Pattern OWN_CERTIFICATE_REFUSED =
            Pattern.compile("Received fatal alert: \\w*(?:certificate|unknown_ca)");

    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int MAX_PORT = 65_535;

    /** How long the application's end may be held up. */
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final HttpClient client;
    private final CallThreads threads = new CallThreads();
    private final Duration timeout;
    private final boolean allowInsecure;
    private final String ownCertificate;
    private final @Nullable Witness witness;

    /** Is told of each answer what is not in it, shortly after whoever waits for it has it. */
    interface Witness {
        void saw(URI address, HttpResponse<?> response);
    }

    /**
     * A door with its rules.
     *
     * @param tls how TLS connections are made
     * @param timeout how long a whole call may take
     * @param allowInsecure whether plain http may leave this machine
     */
    public Http(Tls tls, Duration timeout, boolean allowInsecure) {
        this(tls, timeout, allowInsecure, null);
    }

    /** The same door, with somebody beside it. */
    Http(Tls tls, Duration timeout, boolean allowInsecure, @Nullable Witness witness) {
        this.timeout = timeout;
        this.allowInsecure = allowInsecure;
        this.ownCertificate = tls.showsCertificate() ? "; or the server does not take the certificate of keyStore" : "";
        this.witness = witness;
        // HTTP/1.1: a handful of calls a login gain nothing from an upgrade round trip.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads::step)
                .connectTimeout(timeout);
        tls.context().ifPresent(builder::sslContext);
        tls.parameters().ifPresent(builder::sslParameters);
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
        return send(what, address, headers, null);
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
        return send(what, address, headers, form);
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
        CallThreads.Call underWay = threads.enter();
        BiConsumer<@Nullable HttpAnswer, @Nullable Throwable> end = (answer, failure) -> {
            try {
                event.end(answer == null ? 0 : answer.status());
                then.accept(answer, failure == null ? null : failed(what, address, failure));
            } finally {
                threads.leave(underWay);
            }
        };
        HttpCall call;
        try {
            call = begin(what, address, headers, form);
        } catch (AuthFailure | RuntimeException failure) {
            end.accept(null, failure);
            return;
        }
        call.answer().orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).whenComplete((answer, failure) -> {
            if (answer == null) {
                call.giveUp();
            }
            // Not on the client's one thread, nor the JVM's one for time limits.
            threads.apart(() -> end.accept(answer, failure));
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

    private HttpCall begin(String what, URI address, Map<String, String> headers, @Nullable Parameters form)
            throws AuthFailure {
        if (!allows(address)) {
            throw new AuthFailure(
                    Reason.METADATA_INVALID, HttpCall.from(what, address) + " is not https; nothing was sent");
        }
        SingleUseBody body = form == null ? null : new SingleUseBody(form.asForm());
        HttpCall call = new HttpCall(what, built(what, address, headers, body), body, MAX_BODY_BYTES, witness);
        try {
            threads.begin(() -> call.begin(client));
        } catch (RejectedExecutionException e) {
            throw unreachable(what, address, "was not called: this application is being stopped", e);
        }
        return call;
    }

    private HttpAnswer send(String what, URI address, Map<String, String> headers, @Nullable Parameters form)
            throws AuthFailure {
        ProviderCall event = ProviderCall.begin(what, address);
        CallThreads.Call underWay = threads.enter();
        try {
            return await(begin(what, address, headers, form), what, address, event);
        } finally {
            threads.leave(underWay);
        }
    }

    private HttpAnswer await(HttpCall call, String what, URI address, ProviderCall event) throws AuthFailure {
        try {
            HttpAnswer answer = call.answer().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            event.end(answer.status());
            return answer;
        } catch (TimeoutException | ExecutionException e) {
            event.end(0);
            call.giveUp();
            throw failed(what, address, e instanceof ExecutionException ? e.getCause() : e);
        } catch (InterruptedException e) {
            event.end(0);
            call.giveUp();
            Thread.currentThread().interrupt();
            throw unreachable(what, address, "was not waited for: this thread was interrupted", e);
        }
    }

    private AuthFailure failed(String what, URI address, @Nullable Throwable cause) {
        if (cause instanceof AuthFailure failure) {
            return failure;
        }
        String how = cause instanceof TimeoutException ? "gave no whole answer within " + timeout : explain(cause);
        return unreachable(what, address, how, cause);
    }

    private static HttpRequest built(
            String what, URI address, Map<String, String> headers, @Nullable SingleUseBody form) throws AuthFailure {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address);
            headers.forEach(request::header);
            if (form != null) {
                request.header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(form);
            }
            // No time limit of the client's: whoever waits keeps it, and each of the client's wakes its selector.
            return request.header("Accept", "application/json")
                    // RFC 9110 section 12.5.3: who says nothing takes any coding, and nothing is decoded here.
                    .header("Accept-Encoding", HttpAnswer.IDENTITY)
                    .build();
        } catch (IllegalArgumentException e) {
            // Its message may quote a header with a token in it, so it goes no further.
            throw new AuthFailure(
                    Reason.METADATA_INVALID, HttpCall.from(what, address) + " is no address that can be called");
        }
    }

    private static AuthFailure unreachable(String what, URI address, String how, @Nullable Throwable cause) {
        return new AuthFailure(
                Reason.PROVIDER_UNREACHABLE,
                HttpCall.from(what, address) + " " + how,
                cause == null ? new IOException(how) : cause);
    }

    private String explain(@Nullable Throwable cause) {
        if (cause instanceof HttpTimeoutException) {
            return "gave no whole answer within " + timeout;
        }
        if (cause instanceof SSLException) {
            String told = String.valueOf(cause.getMessage());
            return "failed the TLS handshake ("
                    + Printable.of(told)
                    + "); "
                    + (OWN_CERTIFICATE_REFUSED.matcher(told).find()
                            ? "it does not take this client's certificate; check keyStore"
                            : "where its certificate is from a private authority, name that one's PEM file in"
                                    + " trustedCertificates");
        }
        String kind = cause instanceof IOException ? "could not be reached" : "failed";
        return kind + " (" + Printable.of(cause) + ")" + (cause instanceof IOException ? ownCertificate : "");
    }

    /**
     * Waits until the calls that are under way are over, at the most for the time limit of one, and ends the
     * threads. The client's own end so from Java 21 on; before, by themselves when it is no longer in use.
     */
    @Override
    public void close() {
        Duration whole = timeout.plusSeconds(1); // each call ends itself when its time is up
        threads.close(whole.compareTo(LONGEST_END) < 0 ? whole : LONGEST_END);
        if ((Object) client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                System.getLogger("io.github.pkceauth").log(System.Logger.Level.DEBUG, "closing the HTTP client", e);
            }
        }
    }
}
