package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Logins whose access tokens last for an hour, and what is to be seen of their refreshes. */
final class Refreshes {

    /** Since the login: the access token is good for half a minute less than the hour. */
    static final Duration NOT_DUE = Duration.ofMinutes(59);

    /** Since the login: the access token is good still, and not for long. */
    static final Duration DUE = Duration.ofMinutes(59).plusSeconds(35);

    /** Since the login: the access token has expired. */
    static final Duration EXPIRED = Duration.ofMinutes(61);

    /** After a failure: the next try is due. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(3);

    /** After any number of failures: the next try is due. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(31);

    private static final long PATIENCE_SECONDS = 60;

    private Refreshes() {}

    /** A provider whose clock does not matter to how long ID tokens last. */
    static ScriptedProvider provider() {
        return ScriptedProvider.start().withIdTokensFor(Duration.ofDays(3));
    }

    static Scene scene() {
        return scene(app -> app);
    }

    static Scene scene(UnaryOperator<AppBuilder> more) {
        return Scene.clocked(provider(), more);
    }

    static Scene scene(Container container) {
        return Scene.clocked(container, provider(), app -> app);
    }

    /** The browser, whose user has signed in some time ago. */
    static Browser signedInSince(Scene scene, Duration time) {
        Browser browser = scene.signedIn();
        scene.pass(time);
        return browser;
    }

    /** From here on the provider signs users in at the application's time, which has gone ahead of its own. */
    static void catchUp(Scene scene) {
        scene.provider.idToken().withClaim("iat", scene.now().getEpochSecond());
    }

    /** The user is known on a page, and the provider was asked to refresh so often by then. */
    static void assertGoesOn(Scene scene, int refreshes) {
        scene.assertSignedIn(scene.browser().navigate(scene.url("/page")));
        assertEquals(refreshes, scene.provider.refreshCalls(), "refreshes");
    }

    /** A page leads to a new login, and a script is told to sign in. */
    static void assertMustSignIn(Scene scene) {
        scene.assertSentToProvider(scene.browser().navigate(scene.url("/page")));
        scene.assertSignedOut();
    }

    /** No session has a login in it. */
    static void assertNoLoginIsKept(Scene scene) {
        assertTrue(
                scene.app.sessions().attributeNames().stream().noneMatch(name -> name.endsWith(".login")),
                () -> scene.app.sessions().attributeNames().toString());
    }

    /** Asks for a page by script in another window, and does not wait for it. */
    static Future<Page> asked(Scene scene, ExecutorService threads, String path) {
        Browser window = scene.window();
        return threads.submit(() -> window.fetch(scene.url(path)));
    }

    static Page answer(Future<Page> asked) throws Exception {
        return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** So many windows of the browser ask for a page by script, all at the same time. */
    static List<Page> together(Scene scene, int windows, String path) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(windows);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Page>> asked = new ArrayList<>();
            for (int i = 0; i < windows; i++) {
                Browser window = scene.window();
                asked.add(threads.submit(() -> {
                    start.await();
                    return window.fetch(scene.url(path));
                }));
            }
            start.countDown();
            List<Page> pages = new ArrayList<>();
            for (Future<Page> each : asked) {
                pages.add(answer(each));
            }
            return pages;
        } finally {
            threads.shutdownNow();
        }
    }
}
