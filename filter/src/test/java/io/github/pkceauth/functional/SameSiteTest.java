package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Session cookies that stay away from what another site brings: the provider's answer is sent on by our own page. */
@ParameterizedClass
@EnumSource(Container.class)
class SameSiteTest {
    private static final String MARK = "same_site=1";
    private static final int MOST_FORMS = 10;

    /** Of the form that states have, and of nobody's login. */
    private static final String STATE = "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDE";

    @AutoClose
    private final Stage stage = new Stage();

    /** A page that users press a button on: what comes after it is of the provider's site. */
    private final ScriptedProvider provider = stage.provider().withLoginForm();

    private final Browser browser = stage.browser();

    @Parameter
    private Container container;

    @ParameterizedTest
    @CsvSource({"Strict, query", "Lax, query", "None, query", "Strict, form_post", "Lax, form_post"})
    void aLoginIsCompletedWithEveryKindOfCookie(String sameSite, String responseMode) {
        App app = stage.start(app().sameSite(sameSite).filterParam("responseMode", responseMode));

        Page page = logIn(browser, app.url("/wanted?a=b&c=d%20e"));

        assertEquals(app.url("/wanted?a=b&c=d%20e"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals(1, logins());
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
    }

    /** Such as the one of the server's root application, which comes along to all the others. */
    @Test
    void aSessionCookieOfAnotherApplicationIsNotMistakenForOurs() {
        App app = stage.start(app().contextPath("/app").sameSite("Strict"));
        browser.cookies().put(app.url("/"), "JSESSIONID=theirs; Path=/");

        Page page = logIn(browser, app.url("/wanted"));

        assertEquals("alice", page.seen().remoteUser());
        assertEquals(1, logins());
    }

    @Test
    void aBrowserWithoutFetchMetadataCompletesItToo() {
        App app = stage.start(app().sameSite("Strict"));
        Browser old = stage.kept(Browser.old());

        Page page = logIn(old, app.url("/wanted"));

        assertEquals("alice", page.seen().remoteUser());
        assertEquals(1, logins());
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    void theSessionIsNotTouchedBeforeItsCookieComes(String responseMode) {
        assumeTheCookieIsKnown();
        App app = stage.start(app().sameSite("Strict").filterParam("responseMode", responseMode));

        Page page = arrive(app);

        assertEquals(200, page.status());
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
        assertEquals(LoginState.isInCookies() ? 0 : 1, app.sessions().created());
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    void thePageIsAsGuardedAsEveryOtherOfTheFilters(String responseMode) {
        App app = stage.start(app().sameSite("Strict").filterParam("responseMode", responseMode));

        Page page = arrive(app);

        assertEquals("no-store", page.header("Cache-Control"));
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none'; style-src 'sha256-"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    /** A page that sends its Referer to nobody has the origin null in its forms, which the application may refuse. */
    @Test
    void thePageThatSendsAFormNamesItsOrigin() {
        App app = stage.start(app().sameSite("Lax").filterParam("responseMode", "form_post"));

        assertEquals("same-origin", arrive(app).header("Referrer-Policy"));
    }

    @Test
    void everyPageHasItsOwnNonce() {
        App app = stage.start(app().sameSite("Lax").filterParam("responseMode", "form_post"));

        assertFalse(
                arrive(app).header("Content-Security-Policy").equals(arrive(app).header("Content-Security-Policy")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    void theAnswerIsSentOnUnchangedButForTheMark(String responseMode) {
        assumeTheCookieIsKnown();
        App app = stage.start(app().sameSite("Strict").filterParam("responseMode", responseMode));
        Page page = arrive(app);

        if (responseMode.equals("query")) {
            assertEquals(page.url() + "&" + MARK, page.refreshTarget().toString());
        } else {
            assertEquals(app.url("/callback?" + MARK), page.form().action());
            assertEquals(bodyOf(page), page.form().fields().encoded());
        }
    }

    /** Without scripts, and where pages may not go on by themselves, there is something to press. */
    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    void thePageCanBeSentOnByHand(String responseMode) {
        App app = stage.start(app().sameSite("Strict").filterParam("responseMode", responseMode));

        String body = arrive(app).body();

        assertTrue(body.contains(responseMode.equals("query") ? ">Continue</a>" : "<button>Continue</button>"), body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "form_post"})
    void aBrowserWithoutCookiesIsSentOnOnceAnAnswerAndThenTold(String responseMode) {
        App app = stage.start(app().filterParam("responseMode", responseMode));
        Browser forgetful = stage.kept(Browser.withoutCookies());

        Page page = logIn(forgetful, app.url("/wanted"));

        assertEquals(400, page.status());
        assertTrue(page.body().contains("login_not_found"), page::body);
        assertEquals(2, logins());
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
        assertEquals(
                2,
                forgetful.addresses().stream()
                        .filter(address -> address.endsWith(MARK))
                        .count());
    }

    @Test
    void anErrorOfTheProviderIsToldAsEver() {
        App app = stage.start(app().sameSite("Strict"));
        provider.authorization().answersError("access_denied", "no");

        Page page = logIn(browser, app.url("/wanted"));

        assertEquals(403, page.status());
        assertTrue(page.body().contains("access_denied"), page::body);
        assertEquals(1, logins());
    }

    // Where it is of no use

    /** A bookmark, a reload: whatever cookies there are have come along. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "same-origin", "same-site"})
    void anAnswerThatNoOtherSiteBringsIsNotSentOn(String site) {
        App app = stage.start(app().sameSite("Strict"));

        assertRestarted(callback(app, "?code=a-code&state=" + STATE, site));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "?code=a-code", "?state=", "?code=a-code&state=" + STATE + "&" + MARK})
    void whatIsNoAnswerOrHasBeenSentOnStartsAnew(String query) {
        App app = stage.start(app().sameSite("Strict"));

        assertRestarted(callback(app, query, "cross-site"));
    }

    /** A page that sends on whatever it is sent is one that others can use. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a-state",
                "0123456789-abcdefghijklmnopqrstuvwxyz_ABCD",
                "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDEF",
                "0123456789-abcdefghijklmnopqrstuvwxyz_ABCD%22",
                "0123456789-abcdefghijklmnopqrstuvwxyz_ABCDE.other"
            })
    void anAnswerWhoseStateIsNoneOfOursIsNotSentOn(String state) {
        App app = stage.start(app().sameSite("Strict"));

        assertRestarted(callback(app, "?code=a-code&state=" + state, "cross-site"));
    }

    @Test
    void anAnswerThatASessionCookieCameWithIsNotSentOn() {
        App app = stage.start(app());
        browser.navigate(app.url("/wanted"));

        assertRestarted(callback(app, "?code=a-code&state=" + STATE, "cross-site"));
    }

    @Test
    void aScriptIsNotSentOn() {
        App app = stage.start(app().sameSite("Strict"));

        assertEquals(
                400,
                browser.fetchFrom("https://other.example/", app.url("/callback?code=a&state=" + STATE))
                        .status());
    }

    // Attacks

    /** Another site can have the page send its own answer on, as if it were same-site: it finds no login. */
    @Test
    void aForgedAnswerGainsNothingByBeingSentOn() {
        assumeTheCookieIsKnown();
        App app = stage.start(app().sameSite("Strict"));
        Page begun = browser.navigate(app.url("/wanted"));

        Page forged = browser.clickFrom("https://evil.example/", app.url("/callback?code=forged&state=" + STATE));
        Page page = browser.click(forged, forged.refreshTarget().toString());

        assertRestarted(page);
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
        assertEquals(
                app.url("/wanted"), logIn(browser, browser.follow(begun)).url().toString());
    }

    @Test
    void anotherBrowsersAnswerSignsNobodyIn() {
        assumeTheCookieIsKnown();
        App app = stage.start(app().sameSite("Strict"));
        String answer = browser.submit(browser.follow(browser.navigate(app.url("/wanted"))))
                .location();
        Browser victim = stage.browser();
        victim.navigate(app.url("/other"));

        Page page = victim.clickFrom("https://evil.example/", answer);
        Page next = victim.click(page, page.refreshTarget().toString());

        assertRestarted(next);
        assertEquals(0, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void whatStandsInTheAnswerStaysText() {
        App app = stage.start(app().sameSite("Strict").filterParam("responseMode", "form_post"));
        String script = "\"><script>alert('1')</script>";

        Page page = browser.request(app.url("/callback"))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Site", "cross-site")
                .form(Parameters.none()
                        .with("state", STATE)
                        .with("error_description", script)
                        .with(script, "x"))
                .send();

        assertFalse(page.body().contains("<script>alert"), page::body);
        assertEquals(script, page.form().fields().get("error_description"));
    }

    @Test
    void whatStandsInTheQueryStaysText() {
        App app = stage.start(app().sameSite("Strict"));

        Page page = callback(app, "?state=" + STATE + "&x='onload=alert(1)'", "cross-site");

        assertTrue(page.status() == 400 || !page.body().contains("'onload"), page::body);
    }

    private void assumeTheCookieIsKnown() {
        boolean isKnown = !LoginState.isInCookies() || container != Container.TOMCAT;
        assumeTrue(isKnown, "Tomcat says with the first session alone that its cookie stays away");
    }

    private AppBuilder app() {
        return App.on(container);
    }

    private static Page logIn(Browser browser, String url) {
        return logIn(browser, browser.navigateFully(url));
    }

    /** Goes on over the provider's login form, as often as it is shown. */
    private static Page logIn(Browser browser, Page first) {
        Page page = first;
        for (int forms = 0; page.body().contains("<form"); forms++) {
            assertTrue(forms < MOST_FORMS, "it goes round in circles");
            page = browser.followFully(browser.submit(page));
        }
        return page;
    }

    private long logins() {
        return provider.requests(ScriptedProvider.AUTHORIZE).stream()
                .filter(request -> request.method().equals("GET"))
                .count();
    }

    /** The first answer to the provider's. */
    private Page arrive(App app) {
        Page page = browser.navigate(app.url("/wanted"));
        while (!page.url().path().equals("/callback")) {
            page = page.isRedirect() ? browser.follow(page) : browser.submit(page);
        }
        return page;
    }

    private String bodyOf(Page page) {
        List<Page> history = browser.history();
        return history.get(history.indexOf(page) - 1).form().fields().encoded();
    }

    private Page callback(App app, String query, String site) {
        return browser.request(app.url("/callback" + query))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Site", site)
                .send();
    }

    private void assertRestarted(Page page) {
        assertEquals(302, page.status(), page::toString);
        Url target = page.redirectTarget();
        assertTrue(target.toString().startsWith(provider.address(ScriptedProvider.AUTHORIZE)), page::toString);
        assertTrue(target.parameters().get("state").endsWith(Scene.RESTARTED), page::toString);
    }
}
