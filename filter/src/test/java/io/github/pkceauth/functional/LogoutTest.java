package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
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
    private static final String STATE_COOKIE = "pkce_logout_login";

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
        assertSignedOut(app, browser);
    }

    @Test
    void aPostWithoutOriginSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.request(app.url("/logout")).method("POST").send();

        assertSignedOut(app, browser);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "http://localhost",
                "https://localhost:PORT",
                "http://localhost:1",
                "http://127.0.0.1:PORT",
                "http://localhost.evil.example:PORT",
                "http://evil.example@localhost:PORT",
                "http://user@localhost:PORT",
                ""
            })
    void R80_aCrossSiteLogoutTriggerIsRefused(String origin) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.request(app.url("/logout"))
                .method("POST")
                .header("Origin", origin.replace("PORT", String.valueOf(app.port())))
                .header("Accept", "text/html")
                .send();

        assertEquals(403, page.status());
        assertTrue(page.body().contains("logout_refused"), page::body);
        assertSignedIn(app, browser);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void R80_aPostThatTheBrowserSaysIsAnotherSitesIsRefused(String site) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.request(app.url("/logout"))
                .method("POST")
                .header("Sec-Fetch-Site", site)
                .send();

        assertEquals(403, page.status());
        assertSignedIn(app, browser);
    }

    @Test
    void R80_aGetWithAForeignOriginIsRefused() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.request(app.url("/logout"))
                .header("Origin", "https://evil.example")
                .header("Sec-Fetch-Site", "same-origin")
                .send();

        assertEquals(403, page.status());
        assertSignedIn(app, browser);
    }

    @Test
    void anAddressThatTheUserTypedSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.navigate(app.url("/logout"));

        assertSignedOut(app, browser);
    }

    @Test
    void aLinkOfTheApplicationSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.clickFrom(app.url("/home"), app.url("/logout"));

        assertSignedOut(app, browser);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "http://127.0.0.1:1/", "http://localhost:1/"})
    void R80_anotherSitesLinkGetsAPageThatAsks(String from) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.clickFrom(from, app.url("/logout"));

        assertEquals(200, page.status());
        assertTrue(page.body().contains("Do you want to sign out?"), page::body);
        assertSignedIn(app, browser);
    }

    @Test
    void R80_anotherSitesImageSignsNobodyOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        browser.request(app.url("/logout"))
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Dest", "image")
                .header("Sec-Fetch-Mode", "no-cors")
                .header("Referer", app.url("/"))
                .send();

        assertSignedIn(app, browser);
    }

    @Test
    void theButtonOfThePageThatAsksSignsOut() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        Page question = browser.clickFrom("https://evil.example/", app.url("/logout"));

        browser.click(question, linkIn(question));

        assertSignedOut(app, browser);
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
    @CsvSource({"true, /home", "true, /", "false, https://evil.example/", "false, ''"})
    void R80_aBrowserWithoutSecFetchIsBelievedByItsReferer(boolean own, String referer) {
        App app = stage.app();
        Browser browser = stage.kept(Browser.old());
        browser.navigateFully(app.url("/home"));
        BrowserRequest request = browser.request(app.url("/logout")).header("Accept", "text/html");
        if (!referer.isEmpty()) {
            request.header("Referer", own ? app.url(referer) : referer);
        }

        request.send();

        if (own) {
            assertSignedOut(app, browser);
        } else {
            assertSignedIn(app, browser);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void otherMethodsThanGetAndPostSignNobodyOut(String method) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.request(app.url("/logout")).method(method).send();

        assertEquals(405, page.status());
        assertEquals("GET, POST", page.header("Allow"));
        assertSignedIn(app, browser);
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
        assertSignedIn(app, browser);
    }

    // At the provider

    @Test
    void R79_theProviderLearnsWhoSignsOutAndWhereToComeBack() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.navigate(app.url("/logout"));

        Parameters sent = page.redirectTarget().parameters();
        assertEquals(
                provider.address(ScriptedProvider.LOGOUT), page.redirectTarget().withoutQuery());
        assertTrue(provider.secrets().contains(sent.get("id_token_hint")), sent::toString);
        assertEquals(provider.clientId(), sent.get("client_id"));
        assertEquals(app.url("/"), sent.get("post_logout_redirect_uri"));
    }

    @Test
    void R79_theStateOfALogoutCannotBeGuessed() {
        App app = stage.app();
        Parameters first = stage.signedIn(app)
                .navigate(app.url("/logout"))
                .redirectTarget()
                .parameters();
        Parameters second = stage.signedIn(app)
                .navigate(app.url("/logout"))
                .redirectTarget()
                .parameters();

        assertTrue(first.get("state").matches("[A-Za-z0-9_-]{43,}"), first::toString);
        assertNotEquals(first.get("state"), second.get("state"));
    }

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
        assertFalse(browser.cookies().has(STATE_COOKIE));
        assertSignedOut(app, browser);
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
        assertFalse(browser.cookies().has(STATE_COOKIE));
        assertEquals(0, app.sessions().count());
        assertTrue(stage.logs().text().contains("signed out here but not at the provider"), stage.logs()::text);
    }

    // The provider's confirmation

    @Test
    void R79_theRightStateIsNeverSeenByTheApplication() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        Page back = browser.follow(browser.navigate(app.url("/logout")));
        int calls = app.probe().calls();

        Page page = browser.follow(back);

        assertEquals(302, page.status());
        assertEquals(app.url("/"), page.location());
        assertEquals(calls, app.probe().calls());
    }

    @Test
    void theRightStateUsesTheCookieUp() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        Page back = browser.follow(browser.navigate(app.url("/logout")));

        browser.follow(back);

        assertFalse(browser.cookies().has(STATE_COOKIE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=wrong", "state=", "", "other=1", "state=RIGHT&state=RIGHT", "state=RIGHTx"})
    void R79_aWrongOrMissingStateIsNotSuccess(String query) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        Page atProvider = browser.navigate(app.url("/logout"));
        String right = atProvider.redirectTarget().parameters().get("state");

        Page page = browser.clickFrom(provider.issuer(), app.url("/?" + query.replace("RIGHT", right)));

        assertEquals(200, page.status());
        assertTrue(page.body().contains("You are signed out here"), page::body);
        assertTrue(page.body().contains("logout_not_confirmed"), page::body);
    }

    @Test
    void R79_aMismatchIsToldOnce() {
        App app = stage.app();
        Browser browser = stage.signedIn(app);
        browser.navigate(app.url("/logout"));
        browser.clickFrom(provider.issuer(), app.url("/?state=wrong"));

        Page again = browser.navigate(app.url("/?state=wrong"));

        assertEquals("state=wrong", again.seen().query());
    }

    @Test
    void R79_oneBrowsersStateConfirmsNoOthersLogout() {
        App app = stage.app();
        Page backOfOther = stage.browser().follow(stage.signedIn(app).navigate(app.url("/logout")));
        Browser browser = stage.signedIn(app);
        browser.navigate(app.url("/logout"));

        Page page = browser.clickFrom(provider.issuer(), backOfOther.location());

        assertTrue(page.body().contains("logout_not_confirmed"), page::body);
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
        assertTrue(browser.cookies().has(STATE_COOKIE));
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
    @EnumSource
    void R76_theCookieOfALogoutIsShortLivedAndOutOfReachForScripts(Container container) {
        App app = stage.start(App.on(container).contextPath("/app"));

        SetCookie cookie = stateCookie(stage.signedIn(app).navigate(app.url("/logout")));

        assertTrue(cookie.isHttpOnly(), cookie::toString);
        assertEquals("Lax", cookie.get("SameSite"));
        assertEquals("/app", cookie.get("Path"));
        assertEquals("300", cookie.get("Max-Age"));
        assertFalse(cookie.isSecure(), cookie::toString);
    }

    @ParameterizedTest
    @EnumSource
    void R76_overHttpsTheCookieOfALogoutIsSecure(Container container) {
        FrontDoor door = shop(container);
        Browser browser = stage.browser();
        door.signIn(browser, "/home");

        SetCookie cookie = stateCookie(door.navigate(browser, door.url("/logout")));

        assertTrue(cookie.isSecure(), cookie::toString);
        assertTrue(cookie.isHttpOnly(), cookie::toString);
        assertEquals("Lax", cookie.get("SameSite"));
        assertEquals("/shop", cookie.get("Path"));
    }

    @ParameterizedTest
    @EnumSource
    void R76_theCookieIsTakenAwayWithTheAttributesThatItWasSetWith(Container container) {
        App app = stage.start(App.on(container).contextPath("/app"));
        Browser browser = stage.signedIn(app);
        Page back = browser.follow(browser.navigate(app.url("/logout")));

        SetCookie cookie = stateCookie(browser.follow(back));

        assertTrue(cookie.isRemoval(), cookie::toString);
        assertEquals("/app", cookie.get("Path"));
    }

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
        assertEquals("/app", stateCookie(page).get("Path"));
    }

    @ParameterizedTest
    @EnumSource
    void theLogoutOfTheApplicationAboveIsNoneOfTheOneBelow(Container container) {
        App above = stage.start(App.on(container));
        App below = stage.start(App.on(container).contextPath("/app"));
        Browser browser = stage.signedIn(above);
        browser.navigateFully(below.url("/home"));
        browser.navigate(above.url("/logout"));
        assertTrue(browser.cookies().has(STATE_COOKIE));

        Page page = browser.navigate(below.url("/"));

        assertEquals("alice", page.seen().remoteUser(), page::toString);
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
        FrontDoor door = shop(Container.JETTY);
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
        FrontDoor door = shop(Container.JETTY);
        Browser browser = stage.browser();
        door.signIn(browser, "/home");

        Page page = browser.request(door.app().url("/logout"))
                .method("POST")
                .header("Origin", "http://localhost:" + door.app().port())
                .send();

        assertEquals(403, page.status());
    }

    private FrontDoor shop(Container container) {
        String outside = "https://www.example.com/shop";
        return new FrontDoor(
                outside, stage.start(App.on(container).contextPath("/app").filterParam("baseUrl", outside)));
    }

    private static SetCookie stateCookie(Page page) {
        return page.cookiesSet().stream()
                .filter(cookie -> cookie.name().startsWith(STATE_COOKIE))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + STATE_COOKIE + ": " + page));
    }

    private static String linkIn(Page page) {
        Matcher link = Pattern.compile("href=\"([^\"]*)\"").matcher(page.body());
        assertTrue(link.find(), page::body);
        return link.group(1);
    }

    private static void assertSignedIn(App app, Browser browser) {
        assertEquals(1, app.sessions().count());
        assertEquals("alice", browser.navigate(app.url("/home")).seen().remoteUser());
    }

    private static void assertSignedOut(App app, Browser browser) {
        assertEquals(0, app.sessions().count());
        assertTrue(browser.navigate(app.url("/home")).isRedirect());
    }
}
