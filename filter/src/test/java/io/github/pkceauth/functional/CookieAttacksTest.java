package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.SharedStore;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Services;
import io.github.pkceauth.testkit.SetCookie;
import io.github.pkceauth.testkit.Url;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be done with the cookies of pending logins by who has them: copied, bent, kept, or made by the hundred. */
class CookieAttacksTest {
    private static final String OTHER_KEY =
            Base64.getEncoder().encodeToString("32 bytes that are not the others".getBytes(StandardCharsets.US_ASCII));

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    // Copied

    @Test
    void aCopyOfTheCookieServesNobodyAfterItsOwner() {
        App app = stage.start(inCookies());
        Url callback = answered(app, "/page");
        Browser thief = stage.browser().copyCookiesFrom(browser);
        assertEquals(app.url("/page"), browser.navigate(callback.toString()).location());

        Page page = thief.navigate(callback.toString());

        assertStartedAnew(page);
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
        assertEquals(401, thief.fetch(app.url("/api")).status());
    }

    /** The cookie says how long, and a copy of it does not go away. */
    @ParameterizedTest
    @ValueSource(strings = {"PT2M", "PT9M59S"})
    void nobodyIsServedForAsLongAsTheCookieIsGood(Duration later) {
        ClockedFilter clock = new ClockedFilter();
        App app = stage.start(inCookies().filter(clock));
        Url callback = answered(app, "/page");
        Browser thief = stage.browser().copyCookiesFrom(browser);
        browser.navigate(callback.toString());

        clock.pass(later);

        assertStartedAnew(thief.navigate(callback.toString()));
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
    }

    /** Whose clock is behind takes a cookie for good that others do not. */
    @Test
    void norWhereClocksDiffer() {
        ClockedFilter clock = new ClockedFilter();
        App app = stage.start(inCookies().filter(clock));
        Url callback = answered(app, "/page");
        Browser thief = stage.browser().copyCookiesFrom(browser);
        browser.navigate(callback.toString());

        clock.pass(Duration.ofMinutes(10).plusSeconds(55));
        clock.set(Duration.ofMinutes(-1));

        assertStartedAnew(thief.navigate(callback.toString()));
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aCopyServesNobodyOnAnotherNodeEither() throws Exception {
        try (Services services = Services.none().with(SharedStore.class, LentStore.class)) {
            LentStore.isNew();
            App node = stage.start(inCookies().classLoader(services));
            App other = stage.start(inCookies().classLoader(services).filterParam("baseUrl", node.url("")));
            Url callback = answered(node, "/page");
            Browser thief = stage.browser().copyCookiesFrom(browser);
            browser.navigate(callback.toString());

            Page page = thief.navigate(callback.toString().replace(node.url(""), other.url("")));

            assertStartedAnew(page);
            assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
        }
    }

    @Test
    void whereUsedStatesCannotBeKeptNobodySignsIn() throws Exception {
        try (Services services = Services.none().with(SharedStore.class, LentStore.class)) {
            LentStore.isNew();
            App app = stage.start(inCookies().classLoader(services));
            Url callback = answered(app, "/page");
            LentStore.isFull();

            Page page = browser.navigate(callback.toString());

            assertEquals(503, page.status());
            assertTrue(page.body().contains("store_unavailable"), page::body);
            assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
            LentStore.isBack();
            assertEquals(app.url("/page"), browser.navigate(callback.toString()).location());
        }
    }

    @Test
    void afterItsTimeACopyIsWorthNothing() {
        ClockedFilter clock = new ClockedFilter();
        App app = stage.start(inCookies().filter(clock));
        Url callback = answered(app, "/page");

        clock.pass(Duration.ofMinutes(10));

        assertStartedAnew(browser.navigate(callback.toString()));
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    // Moved and bent

    @Test
    void theCookieOfAnotherStateOpensNothing() {
        App app = stage.start(inCookies());
        Url callback = answered(app, "/page");
        String name = only();
        answered(app, "/other");
        String other = InCookies.pending(browser).stream()
                .filter(each -> !each.equals(name))
                .findFirst()
                .orElseThrow();

        browser.cookies().put(app.url("/"), name + "=" + browser.cookies().get(other) + "; Path=/");

        assertStartedAnew(browser.navigate(callback.toString()));
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    /** All of them share the key, as tenants of a host may; each changes what it is told apart by, and no more. */
    @Test
    void theCookieOfAnotherApplicationOpensNothing() {
        App theirs = stage.start(inCookies());
        String base = theirs.url("");
        assertMovedOpensNothing(theirs, base, "/callback", app -> app.filterName("another"));
        assertMovedOpensNothing(theirs, base, "/callback", app -> app.filterParam("clientId", "another"));
        assertMovedOpensNothing(
                theirs, base, "/other/callback", app -> app.filterParam("callbackPath", "/other/callback"));
        assertMovedOpensNothing(theirs, base + "/other", "/callback", app -> app);
        try (ScriptedProvider other = ScriptedProvider.start()) {
            assertMovedOpensNothing(theirs, base, "/callback", app -> app.filterParam("issuer", other.issuer()));
        }
    }

    private void assertMovedOpensNothing(
            App theirs, String baseUrl, String callbackPath, UnaryOperator<AppBuilder> change) {
        try (App ours = change.apply(inCookies().against(provider).filterParam("baseUrl", baseUrl))
                        .start();
                Browser mallory = Browser.open()) {
            Url callback = mallory.follow(mallory.navigate(theirs.url("/page"))).redirectTarget();
            String name = InCookies.pending(mallory).iterator().next();
            SetCookie own = InCookies.begun(Browser.open().navigate(ours.url("/page")));
            String moved = own.name().substring(0, own.name().length() - 22) + name.substring(name.length() - 22);
            mallory.cookies().put(ours.url("/"), moved + "=" + mallory.cookies().get(name) + "; Path=/");
            int before = provider.calls(ScriptedProvider.TOKEN);

            Page page = mallory.navigate(ours.url(callbackPath + "?" + callback.query()));

            assertTrue(page.isRedirect(), page::toString);
            assertTrue(page.location().contains("state="), page::toString);
            assertEquals(before, provider.calls(ScriptedProvider.TOKEN));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 60, 100})
    void everyCharacterOfItCounts(int position) {
        App app = stage.start(inCookies());
        Url callback = answered(app, "/page");
        String value = browser.cookies().get(only());
        char other = value.charAt(position) == 'A' ? 'B' : 'A';

        browser.cookies()
                .put(
                        app.url("/"),
                        only() + "=" + value.substring(0, position) + other + value.substring(position + 1)
                                + "; Path=/");

        assertStartedAnew(browser.navigate(callback.toString()));
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void nobodyIsSignedInByTheCookieOfSomebodyElsesKey() {
        App app = stage.start(inCookies());
        Url callback = answered(app, "/page");
        App forger = stage.start(InCookies.of(App.jetty(), OTHER_KEY).filterParam("baseUrl", app.url("")));

        Page page = browser.navigate(callback.toString().replace(app.url(""), forger.url("")));

        assertStartedAnew(page);
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aKeyGoesOutOfUseWhileLoginsArePending() {
        App app = stage.start(inCookies());
        Url callback = answered(app, "/page");
        String base = app.url("");
        App rolled = stage.start(
                InCookies.of(App.jetty(), OTHER_KEY + " " + InCookies.KEY).filterParam("baseUrl", base));
        App later = stage.start(InCookies.of(App.jetty(), OTHER_KEY).filterParam("baseUrl", base));

        Page page = browser.navigate(callback.toString().replace(base, rolled.url("")));
        assertEquals(app.url("/page"), page.location());

        Browser next = stage.browser();
        String answer = next.follow(next.navigate(rolled.url("/next"))).location();
        assertEquals(
                app.url("/next"),
                next.navigate(answer.replace(base, later.url(""))).location());
    }

    @Test
    void anIdThatWasPlantedIsNotTheSessionsAfterTheLogin() {
        App app = stage.start(inCookies());
        browser.cookies().put(app.url("/"), "JSESSIONID=planted; Path=/");

        browser.navigateFully(app.url("/page"));

        assertNotEquals("planted", browser.cookies().get("JSESSIONID"));
        assertEquals(200, browser.fetch(app.url("/api")).status());
        assertEquals(1, app.sessions().count());
    }

    // By the hundred

    @Test
    void whatIsCalledLikeOursAndIsNotIsClearedAwayBitByBit() {
        App app = stage.start(inCookies());
        String prefix = InCookies.begun(browser.navigate(app.url("/page"))).name();
        String tag = prefix.substring(0, prefix.length() - 22);
        browser.cookies().clear();
        for (int i = 0; i < 40; i++) {
            String junk = i % 2 == 0 ? "A".repeat(120) : "x";
            browser.cookies().put(app.url("/"), tag + "%022d".formatted(i) + "=" + junk + "; Path=/");
        }

        Page page = browser.navigate(app.url("/page"));
        assertEquals(17, page.cookiesSet().size());
        assertEquals("alice", browser.followFully(page).seen().remoteUser());
        browser.navigateFully(app.url("/login"));

        assertEquals(8, InCookies.pending(browser).size());
        assertEquals(Set.of(), Set.copyOf(stage.logs().atLeast(Level.WARNING)));
    }

    @Test
    void theProvidersErrorsTakeNoPlaceAmongTheUsedStates() throws Exception {
        try (Services services = Services.none().with(SharedStore.class, LentStore.class)) {
            LentStore.isNew();
            App app = stage.start(inCookies().classLoader(services));
            provider.authorization().answersError("access_denied", "no");
            Url callback = answered(app, "/page");
            LentStore.isFull();

            Page page = browser.navigate(callback.toString());

            assertEquals(403, page.status());
            LentStore.isBack();
        }
    }

    /** Each of the restarted ones has a state of its own, and none is another's. */
    @Test
    void aBrowserThatLosesTheStateIsRestartedOnce() {
        App app = stage.start(inCookies());

        Page first = browser.navigate(app.url("/callback"));
        assertStartedAnew(first);
        Page second = browser.navigate(app.url("/callback"));

        assertEquals(400, second.status());
        assertTrue(second.body().contains("login_not_found"), second::body);
    }

    private static AppBuilder inCookies() {
        return InCookies.of(App.jetty());
    }

    private Url answered(App app, String path) {
        return browser.follow(browser.navigate(app.url(path))).redirectTarget();
    }

    /** The name of the one pending login. */
    private String only() {
        Set<String> pending = InCookies.pending(browser);
        assertEquals(1, pending.size(), pending::toString);
        return pending.iterator().next();
    }

    private void assertStartedAnew(Page page) {
        assertTrue(page.isRedirect(), page::toString);
        assertEquals(
                provider.address(ScriptedProvider.AUTHORIZE),
                page.redirectTarget().withoutQuery());
        assertTrue(page.redirectTarget().parameters().get("state").endsWith(Scene.RESTARTED), page::toString);
    }
}
