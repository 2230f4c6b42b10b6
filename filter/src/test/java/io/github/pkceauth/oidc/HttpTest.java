package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.testkit.Fault;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestTls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {

    private static final int LARGEST = 1 << 20;
    private static final Duration SHORT = Duration.ofMillis(200);

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final Http http = new Http(Tls.ofJvm(), Duration.ofSeconds(30), false);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void anAnswerIsGivenBackWhateverItsStatus() throws Exception {
        provider.jwks().answers(418, "text/plain;charset=x", "état");

        HttpAnswer answer = get(http);

        assertEquals(418, answer.status());
        assertEquals("text/plain;charset=x", answer.contentType());
        assertEquals("état", answer.body());
        assertEquals("jwks_uri " + provider.address(ScriptedProvider.JWKS), answer.from());
    }

    @Test
    void aRequestSaysWhatItAcceptsAndItsOwnHeaders() throws Exception {
        http.get("userinfo", uri(ScriptedProvider.USERINFO), Map.of("Authorization", "Bearer abc"));

        RecordedRequest request = provider.request(ScriptedProvider.USERINFO);
        assertEquals("GET", request.method());
        assertEquals("application/json", request.headers().get("Accept"));
        assertEquals("Bearer abc", request.headers().get("Authorization"));
    }

    @Test
    void aFormIsPostedInTheBodyAndNotInTheAddress() throws Exception {
        http.post("token", uri(ScriptedProvider.TOKEN), Map.of(), new Parameters().add("code", "a b&ü"));

        RecordedRequest request = provider.request(ScriptedProvider.TOKEN);
        assertEquals("POST", request.method());
        assertEquals("", request.rawQuery());
        assertEquals("code=a+b%26%C3%BC", request.body());
        assertEquals("application/x-www-form-urlencoded", request.headers().get("Content-Type"));
    }

    /** As after a restart of the application, when all of its users come back together. */
    @Test
    void manyCallsAtOnceAreAllAnsweredOverTls() throws Exception {
        Tls trust = Tls.ofJvmAnd(TestTls.caPem().getBytes(StandardCharsets.US_ASCII));
        try (ScriptedProvider overTls = ScriptedProvider.overTls(TestTls.TRUSTED);
                Http https = new Http(trust, Duration.ofSeconds(30), false)) {
            CountDownLatch answers = new CountDownLatch(100);
            Queue<AuthFailure> failures = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < 100; i++) {
                https.postAside(
                        "token endpoint",
                        URI.create(overTls.address(ScriptedProvider.TOKEN)),
                        Map.of(),
                        new Parameters().add("code", "x"),
                        (answer, failure) -> {
                            if (failure != null) {
                                failures.add(failure);
                            }
                            answers.countDown();
                        });
            }
            answers.await();

            assertEquals(List.of(), List.copyOf(failures));
            assertEquals(100, overTls.calls(ScriptedProvider.TOKEN));
        }
    }

    /** R40. */
    @Test
    void aBodyMayHaveOneMebibyteAndNotAByteMore() throws Exception {
        provider.jwks().answers(200, "text/plain", "x".repeat(LARGEST));
        assertEquals(LARGEST, get(http).body().length());

        provider.jwks().answers(200, "text/plain", "x".repeat(LARGEST + 1));
        AuthFailure failure = unreachable(http);
        assertTrue(
                failure.getMessage().endsWith("(java.io.IOException: the body is larger than 1048576 bytes)"),
                failure.getMessage());
    }

    @Test
    void aBodyOfUnannouncedLengthIsCutOffToo() {
        provider.jwks().huge(50L * LARGEST);

        assertTrue(unreachable(http).getMessage().contains("the body is larger than 1048576 bytes"));
    }

    /** R40: the limit is of the whole call, and each of these would take half a minute and more. */
    @Test
    void theTimeLimitBoundsTheWholeCall() {
        Http impatient = new Http(Tls.ofJvm(), SHORT, false);
        for (Fault slow : List.of(
                Fault.drips(Duration.ofMillis(50)),
                Fault.dripsHeaders(Duration.ofMillis(100)),
                Fault.hangsWithinBody(),
                Fault.hangs())) {
            provider.jwks().does(slow);
            long start = System.nanoTime();

            AuthFailure failure = unreachable(impatient);

            assertTrue(failure.getMessage().endsWith(" gave no whole answer within PT0.2S"), failure.getMessage());
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 5, "took too long");
        }
    }

    /** Applications put into the JVM's common pool what they like, and leave it there for as long as they like. */
    @Test
    void anAnswerDoesNotWaitForTheCommonPool() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        int threads = ForkJoinPool.getCommonPoolParallelism() + 1;
        for (int i = 0; i < threads; i++) {
            ForkJoinPool.commonPool().execute(() -> {
                try {
                    done.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        try {
            assertEquals(
                    200,
                    get(new Http(Tls.ofJvm(), Duration.ofSeconds(5), false)).status());
        } finally {
            done.countDown();
        }
    }

    /** R39. */
    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) throws Exception {
        provider.jwks().redirectsTo(status, provider.address("/elsewhere"));
        provider.token().redirectsTo(status, provider.address("/elsewhere"));

        HttpAnswer read = get(http);
        HttpAnswer posted =
                http.post("token", uri(ScriptedProvider.TOKEN), Map.of(), new Parameters().add("code", "abc"));

        assertEquals(status, read.status());
        assertEquals(status, posted.status());
        assertEquals(0, provider.calls("/elsewhere"));
        assertEquals(
                "jwks_uri " + provider.address(ScriptedProvider.JWKS) + " answered with status " + status
                        + "; redirects are not followed: give the final address",
                assertThrows(AuthFailure.class, () -> read.orFail(Reason.METADATA_INVALID))
                        .getMessage());
    }

    /** R32. */
    @Test
    void aPostThatFailsIsNotSentAgain() {
        provider.token().resets();

        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> http.post("token", uri(ScriptedProvider.TOKEN), Map.of(), new Parameters().add("code", "abc")));

        assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void whoeverDoesNotListenCannotBeReached() {
        provider.close();

        String message = unreachable(http).getMessage();

        assertTrue(message.contains(" could not be reached (java.net.ConnectException"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://provider.example/x",
                "http://127.0.0.1.evil.example/x",
                "http://localhost@evil.example/x",
                "HTTP://10.0.0.1/x",
                "https://provider.example:65536/x",
                "//provider.example/x"
            })
    void plainHttpOffThisMachineIsRefusedBeforeAnyConnection(String address) {
        Through nobody = new Through(Proxy.NO_PROXY);
        Http strict = through(nobody, false);

        AuthFailure failure =
                assertThrows(AuthFailure.class, () -> strict.get("token endpoint", URI.create(address), Map.of()));

        assertEquals(Reason.METADATA_INVALID, failure.reason());
        assertEquals("token endpoint " + address + " is not https; nothing was sent", failure.getMessage());
        assertEquals(List.of(), List.copyOf(nobody.asked));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1/x", "file://localhost/etc/passwd", "jar://localhost/x"})
    void anAddressOfAnotherSchemeIsRefused(String address) {
        AuthFailure failure =
                assertThrows(AuthFailure.class, () -> http.get("jwks_uri", URI.create(address), Map.of()));

        assertEquals(Reason.METADATA_INVALID, failure.reason());
    }

    @Test
    void theJvmsProxySelectorIsHonoured() throws Exception {
        Through proxy = new Through(new Proxy(
                Proxy.Type.HTTP,
                new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        URI.create(provider.issuer()).getPort())));
        URI behind = URI.create("http://provider.invalid/jwks");

        through(proxy, true).get("jwks_uri", behind, Map.of());

        assertEquals(
                List.of(behind.toString()),
                proxy.asked.stream().map(URI::toString).distinct().toList());
        assertEquals("http://provider.invalid/jwks", provider.requests().get(0).path());
    }

    /** R77: a provider may send tokens that no header can hold. */
    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t-\nvalue", "s3cr3t-\u0000value", "s3cr3t-€value"})
    void aTokenThatNoHeaderCanHoldIsRefusedAndNotTold(String token) {
        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> http.get(
                        "userinfo endpoint",
                        uri(ScriptedProvider.USERINFO),
                        Map.of("Authorization", "Bearer " + token)));

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertFalse(trace.toString().contains("s3cr3t"), trace::toString);
        assertEquals(0, provider.requests().size());
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        provider.jwks().hangs();
        Thread.currentThread().interrupt();

        AuthFailure failure = unreachable(http);

        assertTrue(Thread.interrupted());
        assertTrue(failure.getMessage().endsWith(" was not waited for: this thread was interrupted"));
    }

    private HttpAnswer get(Http door) throws AuthFailure {
        return door.get("jwks_uri", uri(ScriptedProvider.JWKS), Map.of());
    }

    private AuthFailure unreachable(Http door) {
        AuthFailure failure = assertThrows(AuthFailure.class, () -> get(door));
        assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
        return failure;
    }

    private URI uri(String path) {
        return URI.create(provider.address(path));
    }

    /** A door that is made while the JVM has another proxy selector, which it has back afterwards. */
    private static Http through(ProxySelector selector, boolean allowInsecure) {
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(selector);
        try {
            return new Http(Tls.ofJvm(), Duration.ofSeconds(30), allowInsecure);
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    /** Sends everything the one way, and remembers what it was asked for. */
    private static final class Through extends ProxySelector {
        private final Queue<URI> asked = new ConcurrentLinkedQueue<>();
        private final Proxy proxy;

        Through(Proxy proxy) {
            this.proxy = proxy;
        }

        @Override
        public List<Proxy> select(URI address) {
            asked.add(address);
            return List.of(proxy);
        }

        @Override
        public void connectFailed(URI address, SocketAddress socket, IOException cause) {}
    }
}
