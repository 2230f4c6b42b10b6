package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SetCookie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pending logins in sealed cookies, {@code loginState=cookie}: what browsers keep, and what the server does not. */
@ParameterizedClass
@EnumSource(Container.class)
class CookieStateTest {
    private static final int TABS = 10;
    private static final int MOST_CHARACTERS = 3 * 1024;

    @AutoClose
    private final Stage stage = new Stage();

    @AutoClose("shutdownNow")
    private final ExecutorService tabs = Executors.newFixedThreadPool(TABS);

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    @Parameter
    private Container container;

    // What is there before the login

    @Test
    void aPendingLoginIsOneCookieOfTheApplicationAlone() {
        App app = stage.start(inCookies().contextPath("/shop").filterParam("loginTimeout", "PT3M"));

        SetCookie cookie = InCookies.begun(browser.navigate(app.url("/reports")));

        assertTrue(cookie.name().matches(KeptLogin.COOKIE), cookie::toString);
        assertTrue(cookie.name().startsWith("pkce_"), cookie::toString);
        assertTrue(cookie.isHttpOnly());
        assertEquals("Lax", cookie.get("SameSite"));
        assertEquals("/shop", cookie.get("Path"));
        assertEquals("180", cookie.get("Max-Age"));
        assertFalse(cookie.has("Domain"));
        assertFalse(cookie.isSecure());
    }

    @Test
    void overHttpsItIsOfThisVeryHost() {
        FrontDoor shop = FrontDoor.shop(stage, inCookies().contextPath("/internal"));

        SetCookie cookie = InCookies.begun(shop.navigate(browser, shop.url("/reports")));

        assertTrue(cookie.name().startsWith("__Host-pkce_"), cookie::toString);
        assertTrue(cookie.isSecure());
        assertTrue(cookie.isHttpOnly());
        assertEquals("Lax", cookie.get("SameSite"));
        assertEquals("/", cookie.get("Path"));
        assertFalse(cookie.has("Domain"));
    }

    @Test
    void aLoginOverHttpsIsCompletedAndItsCookieTakenAway() {
        FrontDoor shop = FrontDoor.shop(stage, inCookies());
        Browser trusting = stage.kept(Browser.trustingLoopback());

        assertEquals(shop.url("/reports"), shop.signIn(trusting, "/reports"));
        assertEquals(Set.of(), InCookies.pending(trusting));
        assertEquals(
                "alice", shop.navigate(trusting, shop.url("/reports")).seen().remoteUser());
    }

    @Test
    void noSessionIsThereBeforeTheLoginAndOneAfterIt() {
        App app = stage.start(inCookies());

        Page begun = browser.navigate(app.url("/reports?a=b"));
        assertEquals(0, app.sessions().created());
        assertFalse(browser.cookies().has("JSESSIONID"));

        Page page = browser.followFully(begun);
        assertEquals(app.url("/reports?a=b"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals(1, app.sessions().created());
        assertEquals(Set.of("JSESSIONID"), browser.cookies().names());
        assertEquals(Set.of("io.github.pkceauth.login.login"), app.sessions().attributeNames(browser));
    }

    @Test
    void aSessionOfTheApplicationsOwnIsKeptWithANewId() {
        App app = stage.start(inCookies().filterParam("publicPaths", "/cart"));
        browser.navigate(app.url("/cart?do=session&name=cart"));
        String before = browser.cookies().get("JSESSIONID");

        browser.navigateFully(app.url("/reports"));

        assertNotEquals(before, browser.cookies().get("JSESSIONID"));
        assertEquals("of the probe", app.sessions().only().getAttribute("cart"));
        assertEquals(1, app.sessions().created());
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    void theAnswerMayComeByFormAsWell(String responseMode) {
        App app = stage.start(inCookies().filterParam("responseMode", responseMode));

        Page page = browser.navigateFully(app.url("/reports"));

        assertEquals("alice", page.seen().remoteUser());
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
        assertEquals(1, app.sessions().created());
    }

    /** As where it was posted from: the fields are gone, and the user is told so. */
    @Test
    void aLostFormIsToldOfAfterTheLogin() {
        App app = stage.start(inCookies());

        Page page = browser.followFully(browser.postFrom(app.url("/edit"), app.url("/save"), Map.of("a", "b")));

        assertEquals(app.url("/edit"), page.url().toString());
        assertTrue(page.body().contains("send it again"), page::body);
        assertEquals("alice", browser.navigate(app.url("/edit")).seen().remoteUser());
    }

    @Test
    void scriptsGetNoCookie() {
        App app = stage.start(inCookies());

        Page page = browser.fetch(app.url("/api"));

        assertEquals(401, page.status());
        assertEquals(List.of(), page.cookiesSet());
    }

    @Test
    void anErrorOfTheProviderTakesTheCookieAway() {
        App app = stage.start(inCookies());
        provider.authorization().answersError("access_denied", "no");

        Page page = browser.navigateFully(app.url("/reports"));

        assertEquals(403, page.status());
        assertEquals(Set.of(), InCookies.pending(browser));
        assertEquals(0, app.sessions().created());
    }

    /** Which the cookie itself outlives by no second in a browser, but a browser's clock may differ. */
    @Test
    void anExpiredLoginIsBegunAnewWithItsTarget() {
        ClockedFilter clock = new ClockedFilter();
        App app = stage.start(inCookies().filter(clock).filterParam("loginTimeout", "PT30S"));
        Page begun = browser.navigate(app.url("/reports?a=b"));
        clock.pass(Duration.ofSeconds(30));

        Page again = browser.follow(browser.follow(begun));

        assertTrue(again.redirectTarget().parameters().get("state").endsWith(Scene.RESTARTED), again::toString);
        assertEquals(1, InCookies.pending(browser).size());
        assertEquals(1, again.cookiesSet().stream().filter(SetCookie::isRemoval).count(), again::toString);
        assertEquals(app.url("/reports?a=b"), browser.followFully(again).url().toString());
    }

    // How many, and how long

    @Test
    void abandonedLoginsLeaveNoMoreThanTheCap() {
        ClockedFilter clock = new ClockedFilter();
        App app = stage.start(inCookies().filter(clock));
        Page last = browser.navigate(app.url("/"));
        for (int i = 0; i < 100; i++) {
            last = browser.navigate(app.url("/some/page/" + i));

            assertTrue(InCookies.pending(browser).size() <= 16, () -> "many: " + InCookies.pending(browser));
            assertTrue(
                    InCookies.characters(browser) <= MOST_CHARACTERS, () -> "long: " + InCookies.characters(browser));
        }

        assertTrue(InCookies.pending(browser).size() >= TABS, () -> "few: " + InCookies.pending(browser));
        assertEquals(0, app.sessions().created());
        assertEquals(app.url("/some/page/99"), browser.followFully(last).url().toString());
    }

    /** They come along with every request to the host, whose servers refuse more than so much. */
    @Test
    void whatOtherApplicationsOfTheHostKeepCountsAsWell() {
        App app = stage.start(inCookies());
        for (int i = 0; i < 8; i++) {
            browser.navigate(app.url("/some/page/" + i));
        }
        assertTrue(InCookies.pending(browser).size() > 1);
        browser.cookies().put(app.url("/"), "pkce_others_state=" + "x".repeat(2900) + "; Path=/");

        Page last = browser.navigate(app.url("/page"));

        assertEquals(app.url("/page"), browser.followFully(last).url().toString());
        assertTrue(InCookies.characters(browser) <= MOST_CHARACTERS, () -> "long: " + InCookies.characters(browser));
    }

    @Test
    void afterTheirTimeNoneIsLeft() {
        ClockedFilter clock = new ClockedFilter();
        App app = stage.start(inCookies().filter(clock).filterParam("loginTimeout", "PT30S"));
        Set<String> lives = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            lives.add(browser.navigate(app.url("/page/" + i)).cookiesSet().stream()
                    .filter(cookie -> !cookie.isRemoval())
                    .findFirst()
                    .orElseThrow()
                    .get("Max-Age"));
        }
        clock.pass(Duration.ofSeconds(30));

        Page next = browser.navigate(app.url("/reports"));
        assertEquals(1, InCookies.pending(browser).size());
        browser.followFully(next);

        assertEquals(Set.of("30"), lives);
        assertEquals(Set.of("JSESSIONID"), browser.cookies().names());
    }

    @Test
    void theCompletedLoginLeavesTheOthersPending() {
        App app = stage.start(inCookies());
        Page first = browser.navigate(app.url("/first"));
        Page second = browser.navigate(app.url("/second"));

        browser.followFully(second);

        assertEquals(1, InCookies.pending(browser).size());
        assertEquals(app.url("/first"), browser.followFully(first).url().toString());
        assertEquals(Set.of(), InCookies.pending(browser));
    }

    @Test
    void beyondTheCapTheOldestGoes() {
        assertTheOldestGo(stage.start(inCookies().filterParam("maxPendingLogins", "3")));
    }

    @Test
    void theOldestOfOneMillisecondGoesToo() {
        AppBuilder app = inCookies().filter(new ClockedFilter().stop());
        assertTheOldestGo(stage.start(app.filterParam("maxPendingLogins", "3")));
    }

    private void assertTheOldestGo(App app) {
        Set<String> newest = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            Page page = browser.navigate(app.url("/page/" + i));
            if (i >= 2) {
                newest.add(page.cookiesSet().stream()
                        .filter(cookie -> !cookie.isRemoval())
                        .findFirst()
                        .orElseThrow()
                        .name());
            }
        }

        assertEquals(newest, InCookies.pending(browser));
    }

    @Test
    void aLongAddressTakesTheRoomOfOthersAndOneThatIsTooLongLeadsToTheFrontPage() {
        App app = stage.start(inCookies());
        String longest = "/page?q=" + "x".repeat(1024 - "/page?q=".length());

        for (int i = 0; i < 3; i++) {
            browser.navigate(app.url(longest));
        }
        assertTrue(InCookies.characters(browser) <= MOST_CHARACTERS, () -> "long: " + InCookies.characters(browser));
        Page page = browser.navigateFully(app.url(longest));
        Page other = stage.browser().navigateFully(app.url(longest + "x"));

        assertEquals(app.url(longest), page.url().toString());
        assertEquals(app.url("/"), other.url().toString());
        assertEquals("alice", other.seen().remoteUser());
        assertTrue(stage.logs().text().contains("does not fit into a cookie"), stage.logs()::text);
    }

    // Tabs

    /** As when a browser starts again with yesterday's tabs: none of them has any cookie to begin with. */
    @Test
    void tenTabsThatAreRestoredAtOnceAllEndWhereTheyBelong() throws Exception {
        App app = stage.start(inCookies());
        CyclicBarrier begun = new CyclicBarrier(TABS);
        CyclicBarrier answered = new CyclicBarrier(TABS);
        List<Callable<String>> restored = IntStream.range(0, TABS)
                .<Callable<String>>mapToObj(tab -> () -> {
                    begun.await(20, TimeUnit.SECONDS);
                    Page atProvider = browser.navigate(app.url("/page/" + tab + "?tab=" + tab));
                    Page answer = browser.follow(atProvider);
                    answered.await(20, TimeUnit.SECONDS);
                    return browser.follow(answer).location();
                })
                .toList();

        List<String> ends = new ArrayList<>();
        for (Future<String> end : tabs.invokeAll(restored)) {
            ends.add(end.get(30, TimeUnit.SECONDS));
        }

        assertEquals(
                IntStream.range(0, TABS)
                        .mapToObj(tab -> app.url("/page/" + tab + "?tab=" + tab))
                        .toList(),
                ends);
        assertEquals("alice", browser.navigate(ends.get(0)).seen().remoteUser());
        assertEquals(Set.of("JSESSIONID"), browser.cookies().names());
        assertEquals(TABS, provider.calls(ScriptedProvider.TOKEN));
    }

    // More than one application, filter and node

    @Test
    void applicationsOfOneHostLeaveEachOtherAlone() {
        App one = stage.start(inCookies());
        App other = stage.start(inCookies());
        Page first = browser.navigate(one.url("/one"));
        Page second = browser.navigate(other.url("/other"));

        assertEquals(2, InCookies.pending(browser).size());
        assertEquals(other.url("/other"), browser.followFully(second).url().toString());
        assertEquals(one.url("/one"), browser.followFully(first).url().toString());
        assertEquals(Set.of(), InCookies.pending(browser));
    }

    @Test
    void filtersOfOneApplicationLeaveEachOtherAlone() {
        App app = stage.start(InCookies.of(App.on(container))
                .filterName("shop")
                .mapping("/shop/*")
                .filterParam("callbackPath", "/shop/callback")
                .filterParam("loginPath", "/shop/login")
                .filterParam("logoutPath", "/shop/logout")
                .filterParam("afterLogoutPath", "/shop/bye")
                .secondFilter(
                        "staff",
                        Map.of(
                                "issuer", provider.issuer(),
                                "clientId", provider.clientId(),
                                "loginState", "session",
                                "callbackPath", "/staff/callback",
                                "loginPath", "/staff/login",
                                "logoutPath", "/staff/logout",
                                "afterLogoutPath", "/staff/bye"),
                        "/staff/*")
                .sessionTimeout(Duration.ofMinutes(30)));
        Page shop = browser.navigate(app.url("/shop/home"));
        browser.navigate(app.url("/staff/home"));

        assertEquals(app.url("/shop/home"), browser.followFully(shop).url().toString());

        assertEquals(1800, app.sessions().only().getMaxInactiveInterval());
    }

    @Test
    void aLoginBegunOnOneNodeIsCompletedOnAnother() {
        App node = stage.start(inCookies());
        Page begun = browser.navigate(node.url("/reports"));
        String answer = browser.follow(begun).location();
        App replacement = stage.start(inCookies().filterParam("baseUrl", node.url("")));

        Page page = browser.navigate(answer.replace(node.url(""), replacement.url("")));

        assertEquals(node.url("/reports"), page.location());
        assertEquals(1, replacement.sessions().created());
    }

    // In between

    @Test
    void aLogoutDuringTheTokenCallStands() throws Exception {
        App app = stage.start(inCookies());
        browser.navigateFully(app.url("/first"));
        Browser other = stage.browser();
        Page answer = other.follow(other.navigate(app.url("/second")));
        other.copyCookiesFrom(browser);
        Gate token = provider.token().waits();
        Future<Page> callback = tabs.submit(() -> other.follow(answer));
        token.awaitArrival();

        browser.post(app.url("/logout"), Map.of());
        token.open();

        assertEquals(400, callback.get(30, TimeUnit.SECONDS).status());
        assertEquals(0, app.sessions().count());
        assertEquals(401, other.fetch(app.url("/api")).status());
    }

    private AppBuilder inCookies() {
        return InCookies.of(App.on(container));
    }
}
