package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.CookieManager;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What goes over the connections behind the door, and what never does. */
class HttpConnectionTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void callsThatFollowEachOtherShareAConnection() throws Exception {
        try (OneByOneServer server = OneByOneServer.keeping(request -> OneByOneServer.OK);
                Http http = http(LIMIT)) {
            for (int i = 0; i < 5; i++) {
                assertEquals("ok", post(http, server, "c" + i).body());
            }
            assertEquals(1, server.connections());
            assertEquals(5, server.requests().size());
        }
    }

    /** R32: clients take such an end for a connection that was dead before, and send again. */
    @Test
    void aFormIsSentOnceWhereAKeptConnectionEndsWithoutAnAnswer() throws Exception {
        try (OneByOneServer server = OneByOneServer.keeping(request -> request == 2 ? "" : OneByOneServer.OK);
                Http http = http(LIMIT)) {
            post(http, server, "first");

            AuthFailure failure = assertThrows(AuthFailure.class, () -> post(http, server, "second"));

            assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
            assertEquals(1, sent(server, "second"));
            assertEquals("ok", post(http, server, "third").body());
            assertEquals(1, sent(server, "second"));
        }
    }

    /** R32: the server may be heard to hang up before the next form is sent, or after. */
    @Test
    void noFormIsSentTwiceToAServerThatKeepsHangingUp() throws Exception {
        try (OneByOneServer server = OneByOneServer.hangingUp(request -> OneByOneServer.OK);
                Http http = http(LIMIT)) {
            for (int i = 0; i < 20; i++) {
                String code = "code" + i + "x";
                try {
                    post(http, server, code);
                    assertEquals(1, sent(server, code));
                } catch (AuthFailure e) {
                    assertEquals(Reason.PROVIDER_UNREACHABLE, e.reason());
                    assertTrue(sent(server, code) <= 1, () -> server.requests().toString());
                }
            }
        }
    }

    /** RFC 6749 section 5.2: "invalid_client" comes with 401 and a challenge, and the error is in the body. */
    @Test
    void aRefusalWithAChallengeIsReadAndNotAnsweredWithTheJvmsPasswords() throws Exception {
        String refusal = "{\"error\":\"invalid_client\"}";
        Authenticator before = Authenticator.getDefault();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication("somebody", "else's".toCharArray());
            }
        });
        try (OneByOneServer server = OneByOneServer.keeping(request -> "HTTP/1.1 401 Unauthorized\r\n"
                        + "WWW-Authenticate: Basic realm=\"clients\"\r\nContent-Length: " + refusal.length()
                        + "\r\n\r\n" + refusal);
                Http http = http(LIMIT)) {
            HttpAnswer answer = post(http, server, "abc");

            assertEquals(401, answer.status());
            assertEquals(refusal, answer.body());
            assertEquals(1, server.requests().size());
        } finally {
            Authenticator.setDefault(before);
        }
    }

    @Test
    void cookiesAreNotKeptNorTakenFromTheJvms() throws Exception {
        CookieHandler before = CookieHandler.getDefault();
        CookieManager jvms = new CookieManager();
        CookieHandler.setDefault(jvms);
        try (OneByOneServer server = OneByOneServer.keeping(
                        request -> "HTTP/1.1 200 OK\r\n" + "Set-Cookie: a=b; Path=/\r\nContent-Length: 2\r\n\r\nok");
                Http http = http(LIMIT)) {
            jvms.put(server.address(), Map.of("Set-Cookie", List.of("c=d; Path=/")));

            post(http, server, "first");
            post(http, server, "second");

            for (String request : server.requests()) {
                assertFalse(request.toLowerCase(Locale.ROOT).contains("cookie"), request);
            }
            assertEquals(1, jvms.getCookieStore().getCookies().size());
        } finally {
            CookieHandler.setDefault(before);
        }
    }

    /** What comes before the first byte, such as to look up an address, can hang as well. */
    @Test
    void whatHangsBeforeAnythingIsSentIsBoundedTooAndNothingIsSentAfterwards() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI address) {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI address, SocketAddress socket, IOException cause) {}
        });
        try (OneByOneServer server = OneByOneServer.keeping(request -> OneByOneServer.OK);
                Http http = http(Duration.ofMillis(200))) {
            AuthFailure failure = assertThrows(AuthFailure.class, () -> post(http, server, "late"));
            CompletableFuture<AuthFailure> aside = new CompletableFuture<>();
            http.postAside(
                    "revocation endpoint",
                    server.address(),
                    Map.of(),
                    new Parameters().add("code", "late"),
                    (answer, why) -> aside.complete(why));
            AuthFailure failedAside = aside.get(30, TimeUnit.SECONDS);

            answered.countDown();
            try (Http other = http(LIMIT)) {
                post(other, server, "next");
            }

            assertTrue(failure.getMessage().endsWith(" gave no whole answer within PT0.2S"), failure::getMessage);
            assertTrue(failedAside.getMessage().endsWith(" gave no whole answer within PT0.2S"));
            assertEquals(0, sent(server, "late"));
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    @Test
    void afterTheEndNothingIsSentAndNoThreadIsLeft() throws Exception {
        try (OneByOneServer server = OneByOneServer.keeping(request -> OneByOneServer.OK)) {
            Set<Thread> others = threads();
            Http http = http(LIMIT);
            post(http, server, "first");
            Set<Thread> own = threads();
            own.removeAll(others);
            assertFalse(own.isEmpty());
            http.close();

            AuthFailure failure = assertThrows(AuthFailure.class, () -> post(http, server, "second"));

            assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
            assertTrue(
                    failure.getMessage().endsWith(" was not called: this application is being stopped"),
                    failure::getMessage);
            assertEquals(0, sent(server, "second"));
            for (Thread thread : own) {
                thread.join(LIMIT.toMillis());
                assertFalse(thread.isAlive(), "a thread is left");
            }
        }
    }

    /** As the revocation of a user's tokens who has signed out just before the application stops. */
    @Test
    void theEndWaitsForWhatIsUnderWay() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        try (OneByOneServer server = OneByOneServer.keeping(request -> {
            awaitQuietly(closing);
            return OneByOneServer.OK;
        })) {
            Http http = http(LIMIT);
            AtomicReference<@Nullable HttpAnswer> answered = new AtomicReference<>();
            http.postAside(
                    "revocation endpoint",
                    server.address(),
                    Map.of(),
                    new Parameters().add("token", "a"),
                    (answer, failure) -> answered.set(answer));
            Thread closer = new Thread(http::close);
            closer.start();
            while (closer.getState() != Thread.State.TIMED_WAITING && closer.isAlive()) {
                Thread.onSpinWait();
            }
            closing.countDown();
            closer.join(LIMIT.toMillis());

            assertFalse(closer.isAlive());
            assertNotNull(answered.get());
        }
    }

    @Test
    void theEndWaitsNoLongerThanACallMayTake() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (OneByOneServer server = OneByOneServer.keeping(request -> {
            awaitQuietly(never);
            return OneByOneServer.OK;
        })) {
            Http http = http(Duration.ofMillis(200));
            AtomicReference<@Nullable AuthFailure> failed = new AtomicReference<>();
            http.postAside(
                    "revocation endpoint",
                    server.address(),
                    Map.of(),
                    new Parameters().add("token", "a"),
                    (answer, failure) -> failed.set(failure));

            http.close();
            never.countDown();

            assertNotNull(failed.get());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("pkce-auth-http"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Http http(Duration limit) {
        return new Http(Tls.ofJvm(), limit, false);
    }

    private static HttpAnswer post(Http http, OneByOneServer server, String code) throws AuthFailure {
        return http.post("token endpoint", server.address(), Map.of(), new Parameters().add("code", code));
    }

    private static long sent(OneByOneServer server, String code) {
        return server.requests().stream()
                .filter(request -> request.contains("code=" + code))
                .count();
    }
}
