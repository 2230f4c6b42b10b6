package io.github.pkceauth.oidc;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP client, made aside while the application starts: for the JVM to read whom it trusts takes longer than all
 * else that the filter does then. Safe for use by several threads.
 */
final class JdkClient {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private final CompletableFuture<HttpClient> client;

    /**
     * Begins to make one.
     *
     * @param trust which servers are trusted
     * @param timeout how long it may take to connect
     * @param threads whose threads make it, and do what there is to do for its calls
     */
    JdkClient(Trust trust, Duration timeout, CallThreads threads) {
        // HTTP/1.1: a handful of calls a login gain nothing from an upgrade round trip.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads::step)
                .connectTimeout(timeout);
        trust.context().ifPresent(builder::sslContext);
        @Nullable ProxySelector proxies = ProxySelector.getDefault();
        if (proxies != null) {
            builder.proxy(proxies); // the one of now, whichever is set while the client is made
        }
        client = CompletableFuture.supplyAsync(() -> made(builder), threads::apart);
    }

    private static HttpClient made(HttpClient.Builder builder) {
        Json.warmUp();
        try {
            return builder.build();
        } catch (RuntimeException | Error e) {
            LOG.log(
                    Level.ERROR,
                    "the provider cannot be called, and nobody can sign in, as this JVM''s TLS fails: {0}; check the"
                            + " system properties javax.net.ssl.*",
                    Printable.of(e));
            throw e;
        }
    }

    /**
     * The client, as soon as it is made.
     *
     * @throws java.util.concurrent.CompletionException if it could not be made
     */
    HttpClient get() {
        return client.join();
    }

    /** Ends it where that is possible, from Java 21 on; before, it ends by itself when it is no longer in use. */
    @SuppressWarnings("FutureReturnValueIgnored") // one that could not be made needs no end
    void end() {
        client.thenAccept(made -> {
            if ((Object) made instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception e) {
                    LOG.log(Level.DEBUG, "closing the HTTP client", e);
                }
            }
        });
    }
}
