package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.Page;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A refresh whose answer is on its way while the login ends. */
final class RacingRefresh implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final LateAnswer late = new LateAnswer();
    private final Scene scene;
    private String refreshToken = "";
    private String accessToken = "";
    private @Nullable Future<Page> held;

    RacingRefresh(Container container) {
        // Not so long that the provider's notices are out of date by the application's clock.
        scene = Scene.clocked(
                container,
                Refreshes.provider().withAccessTokensFor(Duration.ofMinutes(2)),
                app -> app.filterParam("backchannelLogoutPath", "/notice"));
    }

    /** The provider has refreshed, and its answer does not come yet. */
    void begin() throws Exception {
        Refreshes.signedInSince(scene, Duration.ofSeconds(105));
        scene.provider.refresh().does(late);
        held = Refreshes.asked(scene, threads, "/held");
        Map<String, Object> tokens = late.await();
        refreshToken = Json.string(tokens, "refresh_token");
        accessToken = Json.string(tokens, "access_token");
    }

    void logOut() {
        assertTrue(scene.window().post(scene.url("/logout"), Map.of()).isRedirect());
        assertEquals(0, scene.app.sessions().count());
    }

    void logOutByTheApplication() {
        Page page = scene.window().navigate(scene.url("/page?do=logout"));
        assertTrue(page.seen().isAnonymous(), page::toString);
        assertEquals(0, scene.app.sessions().count());
    }

    void noticeOfTheProvider() {
        assertEquals(200, scene.provider.sendsLogoutToken(scene.url("/notice")).status());
    }

    void endSession() {
        scene.app.sessions().expireAll();
    }

    /** The answer comes; whoever waits for it is told that nobody is signed in, and what came is revoked. */
    void finish() throws Exception {
        CountDownLatch revoked = new CountDownLatch(1);
        scene.provider.revocation().does((honest, line) -> {
            line.send(honest.get());
            if (scene.provider.isRevoked(refreshToken) && scene.provider.isRevoked(accessToken)) {
                revoked.countDown();
            }
        });
        late.send();
        assertEquals(401, Refreshes.answer(Objects.requireNonNull(held)).status());
        assertTrue(revoked.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "nothing is revoked");
    }

    void assertOver() {
        assertEquals(0, scene.app.sessions().count());
        scene.assertSignedOut();
        scene.assertSentToProvider(scene.browser().navigate(scene.url("/page")));
    }

    @Override
    public void close() {
        late.send();
        threads.shutdownNow();
        scene.close();
    }
}
