package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Flood;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many visitors, many callbacks, and sessions that end while somebody is on the way: as many as show it, and with
 * {@code -Dtests.full} as many as there may be.
 */
class CrowdTest {
    private static final boolean FULL = System.getProperty("tests.full") != null;
    private static final int FLOOD = FULL ? 100_000 : 20_000;
    private static final int PAIRS = FULL ? 1_000 : 100;

    /** A session, its pending login and the container's own book-keeping: less than 1.7 KB when this was written. */
    private static final long MOST_BYTES_A_VISITOR = 4_000;

    private final Stage stage = new Stage();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
        stage.close();
    }

    @Test
    void pairsOfSimultaneousCallbacksAreRedeemedOnceEach() throws Exception {
        App app = stage.start(App.jetty().filterBefore("rendezvous", new Rendezvous(2)));

        for (int round = 1; round <= PAIRS; round++) {
            Browser first = stage.browser();
            Browser second = stage.browser();
            String callback = first.follow(first.navigate(app.url("/page"))).location();
            second.copyCookiesFrom(first);
            Future<Page> elsewhere = threads.submit(() -> second.navigate(callback));
            Page here = first.navigate(callback);
            Page there = elsewhere.get(30, TimeUnit.SECONDS);

            assertEquals(round, stage.provider().calls(ScriptedProvider.TOKEN), () -> here + "\n" + there);
            assertTrue(here.isRedirect() && there.isRedirect(), () -> here + "\n" + there);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfVisitorsWithoutCookiesCostsBoundedMemoryAndNoCallOfTheProvider(Container container) throws Exception {
        App app = stage.start(App.on(container).filterParam("maxPendingLogins", "16"));
        Flood.of(1_000).navigations(app);
        app.sessions().expireAll();
        long before = heapInUse();

        Flood.of(FLOOD).navigations(app);
        long kept = heapInUse() - before;
        assertEquals(LoginState.isInCookies() ? 0 : FLOOD, app.sessions().count());
        app.sessions().expireAll();
        long left = heapInUse() - before;

        report(container, kept, left);
        assertEquals(1, stage.provider().requests().size(), "one request of metadata, for all");
        assertTrue(
                kept < FLOOD * (LoginState.isInCookies() ? MOST_BYTES_A_VISITOR / 20 : MOST_BYTES_A_VISITOR),
                kept + " bytes are kept");
        assertTrue(left < FLOOD * MOST_BYTES_A_VISITOR / 20, left + " bytes outlive the sessions");
        assertEquals(
                "alice", stage.browser().navigateFully(app.url("/page")).seen().remoteUser());
    }

    @ParameterizedTest
    @EnumSource
    void aFloodOfCallsByScriptMakesNoSession(Container container) throws Exception {
        App app = stage.start(App.on(container));

        Flood.of(FLOOD / 10).calls(app);

        assertEquals(0, app.sessions().created());
        assertEquals(0, stage.provider().requests().size());
    }

    @Test
    void aFloodOfForgedCallbacksWithTheMarkOfARestartMakesNoSessionAndNoTokenCall() throws Exception {
        App app = stage.app();

        Flood.of(FLOOD / 10).forgedCallbacks(app);

        assertEquals(0, app.sessions().created());
        assertEquals(0, stage.provider().calls(ScriptedProvider.TOKEN));
        assertEquals(
                "alice", stage.browser().navigateFully(app.url("/page")).seen().remoteUser());
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatEndsAtTheProviderIsMendedWithoutAWord(Container container) {
        App app = stage.start(App.on(container));
        Browser browser = stage.browser();
        Page begun = browser.navigate(app.url("/page"));

        app.sessions().expireAll();
        Page page = browser.followFully(begun);

        assertEquals("alice", page.seen().remoteUser());
        assertEquals(1, stage.provider().calls(ScriptedProvider.TOKEN));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionThatEndsDuringTheTokenCallLeavesNobodySignedIn(Container container) throws Exception {
        App app = stage.start(App.on(container).filterParam("publicPaths", "/news"));
        Browser browser = stage.browser();
        browser.navigate(app.url("/news?do=session"));
        Page answered = browser.follow(browser.navigate(app.url("/page")));
        Gate token = stage.provider().token().waits();

        Future<Page> callback = threads.submit(() -> browser.follow(answered));
        token.awaitArrival();
        app.sessions().expireAll();
        token.open();
        Page page = callback.get(30, TimeUnit.SECONDS);

        assertTrue(page.body().contains("login_not_found"), page::toString);
        assertEquals(401, browser.fetch(app.url("/api")).status());
        assertEquals("alice", browser.navigateFully(app.url("/next")).seen().remoteUser());
    }

    /** What is reachable, after the collector has had its say. */
    private static long heapInUse() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        // The serial collector leaves gaps, and counts them as used, but for every fourth time.
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static void report(Container container, long kept, long left) throws Exception {
        String figures = "%s: %,d visitors without cookies keep %,d bytes each, and %,d after their sessions%n"
                .formatted(container, FLOOD, kept / FLOOD, Math.max(0, left / FLOOD));
        Files.writeString(Path.of("target", "flood-" + container.name().toLowerCase(Locale.ROOT) + ".txt"), figures);
    }
}
