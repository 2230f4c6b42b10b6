package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SetCookie;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing out: here, at the provider, and only when the user wants it. */
class LogoutTest {
    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();

    // Whose wish it is

    @Test
    void aFormOfTheApplicationSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.postFrom(app.url("/home"), app.url("/logout"), Map.of());

        assertEquals(303, page.status());
        Logouts.assertSignedOut(app, browser);
    }

    @Test
    void aPostWithoutOriginSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.request(app.url("/logout")).method("POST").send();

        Logouts.assertSignedOut(app, browser);
    }

    @Test
    void anAddressThatTheUserTypedSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.navigate(app.url("/logout"));

        Logouts.assertSignedOut(app, browser);
    }

    @Test
    void aLinkOfTheApplicationSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.clickFrom(app.url("/home"), app.url("/logout"));

        Logouts.assertSignedOut(app, browser);
    }

    @Test
    void theButtonOfThePageThatAsksSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        Page question = browser.clickFrom("https://evil.example/", app.url("/logout"));

        browser.click(question, linkIn(question));

        Logouts.assertSignedOut(app, browser);
    }

    @Test
    void thePageThatAsksLetsBrowsersOfOldSayThatTheClickIsItsOwn() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page question = browser.clickFrom("https://evil.example/", app.url("/logout"));

        // The meta element is the later word than the header.
        assertTrue(question.body().contains("<meta name=\"referrer\" content=\"same-origin\">"), question::body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethodsThanGetAndPostSignNobodyOut(String method) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.request(app.url("/logout")).method(method).send();

        assertEquals(405, page.status());
        assertEquals("GET, POST", page.header("Allow"));
        Logouts.assertSignedIn(app, browser);
    }

    @ParameterizedTest
    @CsvSource({"Sec-Purpose, prefetch", "Sec-Purpose, prefetch;prerender", "Purpose, prefetch"})
    void aPrefetchSignsNobodyOut(String name, String value) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.request(app.url("/logout"))
                .header("Sec-Fetch-Site", "same-origin")
                .header(name, value)
                .send();

        assertEquals(503, page.status());
        Logouts.assertSignedIn(app, browser);
    }

    // At the provider

    @ParameterizedTest
    @EnumSource
    void aLogoutGoesOverTheProviderBackToTheCleanPage(Container container) {
        App app = stage.start(App.on(container));
        Browser browser = stage.signedIn(app);

        Page page = browser.navigateFully(app.url("/logout"));

        assertEquals(app.url("/"), page.url().toString());
        assertTrue(page.seen().isAnonymous(), page::toString);
        assertEquals(1, provider.calls(ScriptedProvider.LOGOUT));
    }

    @Test
    void theAfterLogoutPathIsTheDeploymentsChoice() {
        App app = stage.start(App.jetty().contextPath("/app").filterParam("afterLogoutPath", "/bye"));
        Browser browser = stage.signedIn(app);

        Page page = browser.navigateFully(app.url("/logout"));

        assertEquals(app.url("/bye"), page.url().toString());
        assertTrue(page.seen().isAnonymous(), page::toString);
    }

    @Test
    void theSessionHasEndedBeforeTheProviderHearsOfIt() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.navigate(app.url("/logout"));

        assertEquals(0, app.sessions().count());
        assertEquals(0, provider.calls(ScriptedProvider.LOGOUT));
    }

    @Test
    void whoIsNotSignedInGoesStraightToThePageAfterIt() {
        App app = stage.app();
        Browser browser = stage.browser();

        Page page = browser.navigate(app.url("/logout"));

        assertEquals(app.url("/"), page.location());
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
    }

    @Test
    void aProviderWithoutTheEndpointIsLeftOut() {
        App app = stage.app();
        provider.metadata().without("end_session_endpoint");
        Browser browser = stage.signedIn(app);

        Page page = browser.navigate(app.url("/logout"));

        assertEquals(app.url("/"), page.location());
        assertFalse(browser.cookies().has(Logouts.STATE_COOKIE));
        Logouts.assertSignedOut(app, browser);
    }

    @Test
    void aProviderThatIsDownDoesNotKeepTheSessionAlive() {
        ClockedFilter clock = new ClockedFilter();
        App app = stage.start(App.jetty().filter(clock));
        Browser browser = stage.signedIn(app);
        clock.pass(Duration.ofDays(30));
        provider.everywhere().resets();

        Page page = browser.navigate(app.url("/logout"));

        assertTrue(page.isRedirect(), page::toString);
        assertEquals(0, app.sessions().count());
    }

    @Test
    void aProviderOfWhichNothingIsKnownIsLeftOut() {
        ClockedFilter filter = new ClockedFilter();
        App app = stage.start(App.jetty().filter(filter));
        Browser browser = stage.signedIn(app);
        filter.restart();
        provider.everywhere().resets();

        Page page = browser.navigate(app.url("/logout"));

        assertEquals(app.url("/"), page.location());
        assertFalse(browser.cookies().has(Logouts.STATE_COOKIE));
        assertEquals(0, app.sessions().count());
        assertTrue(stage.logs().text().contains("signed out here but not at the provider"), stage.logs()::text);
    }

    // The provider's confirmation

    @Test
    void theRightStateUsesTheCookieUp() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        Page back = browser.follow(browser.navigate(app.url("/logout")));

        browser.follow(back);

        assertFalse(browser.cookies().has(Logouts.STATE_COOKIE));
    }

    @Test
    void withoutALogoutTheQueryOfTheAfterLogoutPathIsTheApplications() {
        App app = stage.app();

        Page page = stage.browser().navigate(app.url("/?state=of-the-application&a=1"));

        assertEquals("state=of-the-application&a=1", page.seen().query());
    }

    @Test
    void theStateIsLookedForOnTheAfterLogoutPathAlone() {
        App app = stage.start(App.jetty().filterParam("publicPaths", "/news"));
        Browser browser = stage.signedIn(app);
        browser.navigate(app.url("/logout"));

        assertEquals(
                "state=wrong",
                browser.navigate(app.url("/news?state=wrong")).seen().query());
        assertTrue(browser.cookies().has(Logouts.STATE_COOKIE));
    }

    @ParameterizedTest
    @CsvSource({"Sec-Fetch-Dest, image", "Sec-Fetch-Dest, empty", "Sec-Purpose, prefetch"})
    void whatIsNotANavigationDoesNotUseTheConfirmationUp(String name, String value) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        Page back = browser.follow(browser.navigate(app.url("/logout")));

        browser.request(back.location()).header(name, value).send();

        assertEquals(app.url("/"), browser.follow(back).location());
    }

    // The cookie

    @ParameterizedTest
    @ValueSource(strings = {"/app;v=1/logout", "/%61pp/logout"})
    void aLogoutWorksHoweverTheContextPathIsWritten(String path) {
        App app = stage.start(App.tomcat().contextPath("/app"));
        Browser browser = stage.signedIn(app);
        String session = browser.cookies().get("JSESSIONID");

        Page page = browser.request("http://localhost:" + app.port() + path)
                .header("Sec-Fetch-Site", "none")
                .header("Cookie", "JSESSIONID=" + session)
                .send();

        assertTrue(page.isRedirect(), page::toString);
        assertEquals("/app", Logouts.stateCookie(page).get("Path"));
    }

    @ParameterizedTest
    @EnumSource
    void theLogoutOfTheApplicationAboveIsNoneOfTheOneBelow(Container container) {
        App above = stage.start(App.on(container));
        App below = stage.start(App.on(container).contextPath("/app"));
        Browser browser = stage.signedIn(above);
        browser.navigateFully(below.url("/home"));
        browser.navigate(above.url("/logout"));
        assertTrue(browser.cookies().has(Logouts.STATE_COOKIE));

        Page page = browser.navigate(below.url("/"));

        assertEquals("alice", page.seen().remoteUser(), page::toString);
    }

    /** Chromium forgets what it keeps for the back button when a cookie changes that scripts cannot see. */
    @ParameterizedTest
    @ValueSource(strings = {"/logout", "/page?do=logout"})
    void aSignOutThatEndsHereChangesACookieThatNoScriptSees(String way) {
        provider.metadata().without("end_session_endpoint");
        App app = stage.start(App.jetty().contextPath("/app"));

        SetCookie first = signOutMark(stage.signedIn(app).navigate(app.url(way)));
        SetCookie second = signOutMark(stage.signedIn(app).navigate(app.url(way)));

        assertNotEquals(first.value(), second.value());
        assertTrue(first.isHttpOnly());
        assertEquals("Lax", first.get("SameSite"));
        assertEquals("/app", first.get("Path"));
    }

    private static SetCookie signOutMark(Page page) {
        return page.cookiesSet().stream()
                .filter(cookie -> cookie.name().equals("pkce_signed_out"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(page));
    }

    @Test
    void aFiltersNameThatNoCookieCanHaveIsMadeFit() {
        App app = stage.start(App.jetty().filterName("my filter/\u00FC=;"));
        Browser browser = stage.signedIn(app);

        Page page = browser.navigate(app.url("/logout"));

        assertEquals(
                List.of("pkce_logout_my_filter____"),
                page.cookiesSet().stream()
                        .map(SetCookie::name)
                        .filter(name -> name.startsWith("pkce"))
                        .toList());
    }

    @Test
    void behindAProxyTheOriginThatTheBrowserSeesSignsOut() {
        FrontDoor door = FrontDoor.shop(stage, App.on(Container.JETTY).contextPath("/app"));
        Browser browser = stage.browser();
        door.signIn(browser, "/home");

        Page page = browser.request(door.app().url("/logout"))
                .method("POST")
                .header("Origin", "https://www.example.com")
                .send();

        assertEquals(303, page.status());
        assertEquals(
                "https://www.example.com/shop/",
                page.redirectTarget().parameters().get("post_logout_redirect_uri"));
    }

    @Test
    void behindAProxyTheContainersOwnOriginIsForeign() {
        FrontDoor door = FrontDoor.shop(stage, App.on(Container.JETTY).contextPath("/app"));
        Browser browser = stage.browser();
        door.signIn(browser, "/home");

        Page page = browser.request(door.app().url("/logout"))
                .method("POST")
                .header("Origin", "http://localhost:" + door.app().port())
                .send();

        assertEquals(403, page.status());
    }

    private static String linkIn(Page page) {
        Matcher link = Pattern.compile("href=\"([^\"]*)\"").matcher(page.body());
        assertTrue(link.find(), page::body);
        return link.group(1);
    }
}
