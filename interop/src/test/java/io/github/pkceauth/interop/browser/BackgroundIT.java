package io.github.pkceauth.interop.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the browser loads without that anybody goes there starts no login, and uses none up. */
class BackgroundIT extends InChromium {
    private App app;

    @BeforeEach
    void open() {
        app = start(describe().filterParam("publicPaths", "/public/* /worker.js"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    <iframe src=/page></iframe>                     | iframe
                    <img src=/page alt=x>                           | image
                    <object data=/page></object>                    | object
                    <embed src=/page>                               | embed
                    <script src=/page></script>                     | script
                    <link rel=stylesheet href=/page>                | style
                    <video src=/page></video>                       | video
                    <script>navigator.sendBeacon('/page')</script>  | empty
                    <script>new EventSource('/page')</script>       | empty
                    """)
    void aPartOfAPageStartsNoLogin(String html, String destination) {
        pages().page("/public/start", html);

        browser().get(app.url("/public/start"));

        Arrival part = arrival("/page");
        assertEquals(destination, part.header("Sec-Fetch-Dest"));
        assertEquals(401, part.status());
        assertNothingStarted();
    }

    @Test
    void aLinkThatIsPrefetchedStartsNoLogin() {
        pages().page("/public/start", "<link rel=prefetch href=/page>");

        browser().get(app.url("/public/start"));

        Arrival prefetch = arrival("/page");
        assertEquals("prefetch", prefetch.header("Sec-Purpose"));
        assertEquals(401, prefetch.status());
        assertNothingStarted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefetch", "prerender"})
    void aPageOfSpeculationRulesStartsNoLogin(String kind) {
        pages().page("/public/start", rules(kind, "/page"));

        browser().get(app.url("/public/start"));

        Arrival ahead = arrival("/page");
        assertTrue(ahead.header("Sec-Purpose").startsWith("prefetch"), ahead.headers()::toString);
        assertEquals(401, ahead.status());
        assertNothingStarted();
    }

    /** The page that was fetched ahead is refused, so that the browser asks again when somebody goes there. */
    @ParameterizedTest
    @ValueSource(strings = {"prefetch", "prerender"})
    void aUserWhoFollowsALinkThatWasFetchedAheadIsSignedIn(String kind) {
        pages().page("/public/start", rules(kind, "/page") + "<a href=/page>Go</a>");
        browser().get(app.url("/public/start"));
        arrival("/page");

        browser().press("Go");

        browser().awaitText("For alice.");
        assertEquals(app.url("/page"), browser().getCurrentUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefetch", "prerender"})
    void aCallbackThatIsFetchedAheadUsesNothingUp(String kind) {
        provider().withLoginForm();
        String first = browser().getWindowHandle();
        browser().get(app.url("/page"));
        String state = provider().lastAuthorizationRequest().get("state");
        pages().page("/public/start", rules(kind, "/callback?code=x&state=" + state));
        browser().openWindow();

        browser().get(app.url("/public/start"));

        assertEquals(503, arrival("/callback").status());
        browser().goTo(first);
        browser().press(SIGN_IN);
        browser().awaitAddress(app.url("/page"));
        assertEquals(1, logins());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<button onclick=\"window.open('/page')\">Go</button>",
                "<button onclick=\"window.open('/page', '_blank', 'noopener')\">Go</button>",
                "<a href=/page target=_blank>Go</a>",
                "<a href=/page target=_blank rel='noopener noreferrer'>Go</a>"
            })
    void aNewWindowIsSignedIn(String html) {
        provider().withLoginForm();
        pages().page("/public/start", html);
        browser().get(app.url("/public/start"));

        browser().goToWindowOf(() -> browser().press("Go"));
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/page"));
        assertEquals(1, logins());
    }

    /** A service worker that fetches pages in the browser's place, or takes what was fetched while it started. */
    @ParameterizedTest
    @ValueSource(strings = {"fetch(event.request)", "event.preloadResponse.then(page => page || fetch(event.request))"})
    void aLoginPassesAServiceWorker(String page) {
        provider().withLoginForm();
        pages().script("/worker.js", """
                self.addEventListener('activate', event => event.waitUntil(
                  self.registration.navigationPreload[%s]().then(() => self.clients.claim())));
                self.addEventListener('fetch', event => {
                  if (event.request.mode === 'navigate') event.respondWith(%s);
                });
                """.formatted(page.contains("preload") ? "'enable'" : "'disable'", page));
        browser().get(app.url("/public/start"));
        browser()
                .run(
                        "await navigator.serviceWorker.register('/worker.js'); await navigator.serviceWorker.ready;"
                                + "while (!navigator.serviceWorker.controller) await new Promise(later => setTimeout(later, 10))");

        browser().get(app.url("/page?x=1"));
        browser().press(SIGN_IN);

        browser().awaitAddress(app.url("/page?x=1"));
        browser().awaitText("For alice.");
        assertEquals(1, logins());
    }

    private static String rules(String kind, String address) {
        return "<script type=speculationrules>{\"%s\": [{\"urls\": [\"%s\"], \"eagerness\": \"immediate\"}]}</script>"
                .formatted(kind, address);
    }

    private Arrival arrival(String path) {
        browser().await("request for " + path, () -> !witness().arrivals(path).isEmpty());
        return witness().arrivals(path).get(0);
    }

    private void assertNothingStarted() {
        assertEquals(0, logins());
        assertEquals(0, app.sessions().created());
    }
}
