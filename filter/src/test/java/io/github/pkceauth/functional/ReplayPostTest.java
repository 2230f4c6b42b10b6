package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ScriptedProvider;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code replayPost}: a form that came after the session had ended goes on its way after the login, once. */
@ParameterizedClass
@EnumSource(Container.class)
class ReplayPostTest {
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String LOGIN = "io.github.pkceauth.login.login";
    private static final int MOST = 64 * 1024;

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final ClockedFilter clock = new ClockedFilter();
    private final Browser browser = stage.browser();

    @Parameter
    private Container container;

    /** What forms may hold, url-encoded. */
    static Stream<String> bodies() {
        return Stream.of(
                "text=a",
                "",
                "empty=",
                "a=1&b=2&a=3&a=1",
                "text=%C3%A4%F0%9F%98%80+%2B%26%3D%25",
                "lines=one%0D%0Atwo%0D%0A",
                "html=%3C%2Fform%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3E%22%27",
                "submit=x&id=y&action=z&form=v&getElementById=w");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theFormArrivesAfterTheLoginByteForByte(String body) {
        App app = start();

        Page page = browser.followFully(post(app, "/save?x=%20y&z=1", body));

        assertEquals(app.url("/save?x=%20y&z=1"), page.url().toString());
        assertEquals("POST", page.seen().method());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals(Parameters.parse(body).encoded(), page.seen().body());
    }

    /** Browsers do not say what a form is encoded in, and encode it again as the page asks them to. */
    @Test
    void aFormInAnotherEncodingIsEncodedInItAgain() {
        App app = start();

        Page page = browser.follow(untilLanding(post(app, "/save", "text=%E4%F6%FC")));

        assertTrue(page.body().contains(" accept-charset=\"windows-1252\""), page::body);
        assertEquals("äöü", page.form().fields().get("text"));
    }

    @Test
    void theApplicationSeesItAsAFormOfItsOwn() {
        App app = stage.start(describe()
                .servlet(
                        "/save",
                        Handmade.says(request -> request.getMethod() + " " + request.getHeader("Origin") + " "
                                + request.getHeader("Sec-Fetch-Site"))));

        Page page = browser.followFully(post(app, "/save", "text=a"));

        assertEquals("POST http://localhost:" + app.port() + " same-origin", page.body());
    }

    @Test
    void itIsSentOnce() {
        App app = start();
        browser.followFully(post(app, "/save", "text=a"));

        assertEquals("GET", browser.navigateFully(app.url("/save")).seen().method());
        assertEquals(1, posts(app));
    }

    @Test
    void ofTwoPagesAtOnceOneSendsIt() {
        App app = start();
        Page callback = untilLanding(post(app, "/save", "text=a"));

        List<CompletableFuture<Page>> pages = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> browser.follow(callback)))
                .limit(8)
                .toList();

        assertEquals(
                1,
                pages.stream()
                        .map(CompletableFuture::join)
                        .filter(Page::submitsItself)
                        .count());
    }

    @Test
    void thePageThatSendsItIsGuarded() {
        App app = start();

        Page page = browser.follow(untilLanding(post(app, "/save", "text=a")));

        String policy = page.header("Content-Security-Policy");
        assertTrue(
                policy.matches("default-src 'none'; style-src 'sha256-[^']*'; base-uri 'none';"
                        + " script-src 'nonce-[\\w-]{43}'; frame-ancestors 'none'"),
                policy);
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("same-origin", page.header("Referrer-Policy"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
    }

    @Test
    void withoutScriptsThereIsAButton() {
        App app = start();

        Page page = browser.follow(untilLanding(post(app, "/save", "text=a")));

        assertTrue(page.body().contains("<noscript><button>Continue</button></noscript>"), page::body);
    }

    @Test
    void itSurvivesALoginThatIsBegunAnew() {
        App app = stage.start(describe().filterParam("loginTimeout", "PT1M").filterParam("clockSkew", "PT10M"));
        Page atProvider = browser.follow(post(app, "/save", "text=a"));
        clock.pass(Duration.ofMinutes(2));

        Page page = browser.followFully(atProvider);

        assertEquals("POST", page.seen().method());
        assertEquals("text=a", page.seen().body());
    }

    /** A session store may write back what a slow request had read before. */
    @Test
    void aSessionThatIsWrittenBackSendsNoFormTwice() {
        App app = start();
        Page callback = untilLanding(post(app, "/save", "text=a"));
        HttpSession session = app.sessions().of(browser);
        Object withForm = session.getAttribute(LOGIN);
        browser.followFully(callback);
        session.setAttribute(LOGIN, withForm);
        clock.pass(Duration.ofMinutes(9));

        assertEquals("GET", browser.navigateFully(app.url("/save")).seen().method());
        assertEquals(1, posts(app));
    }

    @Test
    void itIsNotSentLongAfterwards() {
        App app = start();
        Page callback = untilLanding(post(app, "/save", "text=a"));
        clock.pass(Duration.ofMinutes(20));

        assertEquals("GET", browser.followFully(callback).seen().method());
        assertEquals(0, posts(app));
    }

    @Test
    void itDoesNotStayInTheSessionOfAUserWhoNeverCameForIt() {
        App app = start();
        untilLanding(post(app, "/save", "text=a"));
        clock.pass(Duration.ofMinutes(20));

        browser.navigate(app.url("/other"));

        assertNull(((Login) app.sessions().of(browser).getAttribute(LOGIN)).form());
    }

    @Test
    void twoTabsSendEachItsOwn() {
        App app = start();
        Page first = post(app, "/first", "text=1");
        Page second = post(app, "/second", "text=2");

        assertEquals("text=2", browser.followFully(second).seen().body());
        assertEquals("text=1", browser.followFully(first).seen().body());
    }

    @Test
    void aFormStillWaitsWhenTheUserSignsInInAnotherTabInTheMeantime() {
        App app = start();
        Page otherTab = browser.navigate(app.url("/other"));
        Page callback = untilLanding(post(app, "/save", "text=a"));

        browser.followFully(otherTab);

        assertEquals("text=a", browser.followFully(callback).seen().body());
    }

    /** To try again is to go back to the page: whether it was sent in the meantime, only the user knows. */
    @Test
    void aLoginThatFailsLeadsToThePageOfTheForm() {
        App app = start();
        provider.authorization().answersError("access_denied", "no");

        Page failed = browser.followFully(post(app, "/save", "text=a"));

        assertTrue(failed.body().contains("returnTo=%2Fedit"), failed::body);
    }

    // What is not kept

    @ParameterizedTest
    @CsvSource({"multipart/form-data; boundary=x", "text/plain", "application/json"})
    void whatIsNotUrlEncodedIsRefusedWithAClearPage(String type) {
        App app = start();

        Page page = form(app, "/save").body(type, "text=a").send();

        assertNotKept(page, app, "only application/x-www-form-urlencoded is kept, not " + type.split(";", -1)[0]);
    }

    @Test
    void aFormThatIsTooLargeIsRefusedWithAClearPage() {
        App app = start();

        Page page = form(app, "/save")
                .body(URL_ENCODED, "a=" + "b".repeat(MOST - 1))
                .send();

        assertNotKept(page, app, "it has more than 65536 bytes");
    }

    @Test
    void aFormThatSaysNothingOfItsSizeIsReadNoFurther() {
        App app = start();

        Page page = form(app, "/save")
                .header("Transfer-Encoding", "chunked")
                .body(URL_ENCODED, chunk("a=" + "b".repeat(MOST - 1)) + chunk(""))
                .send();

        assertNotKept(page, app, "it has more than 65536 bytes");
    }

    @Test
    void theLargestFormIsKept() {
        App app = start();
        String body = "a=" + "b".repeat(MOST - 2);

        assertEquals(body, browser.followFully(post(app, "/save", body)).seen().body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%zz", "a=%", "a=%00"})
    void aFormThatCannotBeReadIsRefusedWithAClearPage(String body) {
        App app = start();

        assertNotKept(post(app, "/save", body), app, "its fields cannot be read: ");
    }

    @Test
    void aFormThatAnEarlierFilterHasReadIsRefusedWithAClearPage() {
        App app = stage.start(describe().filterBefore("reader", reader()));

        assertNotKept(post(app, "/save", "text=a"), app, "an earlier filter, or the application, has read its body");
    }

    @Test
    void aFormThatSaysNothingOfItsSizeAndHasBeenReadIsRefusedWithAClearPage() {
        App app = stage.start(describe().filterBefore("reader", reader()));

        Page page = form(app, "/save")
                .header("Transfer-Encoding", "chunked")
                .body(URL_ENCODED, chunk("text=a") + chunk(""))
                .send();

        assertNotKept(page, app, "an earlier filter, or the application, has read its body");
    }

    @Test
    void aBodyOfNoTypeIsRefusedWithAClearPage() {
        App app = start();

        Page page = form(app, "/save")
                .header("Transfer-Encoding", "chunked")
                .body("", chunk("text=a") + chunk(""))
                .send();

        assertNotKept(page, app, "only application/x-www-form-urlencoded is kept, not a body of no type");
    }

    @Test
    void theTypeOfAFormCannotForgeALogLine() {
        App app = start();

        form(app, "/save").body("text/x\u0085forged", "text=a").send();

        assertTrue(
                stage.logs().text().contains("is kept, not text/x"),
                stage.logs().text());
        assertFalse(stage.logs().text().contains("\u0085"), stage.logs().text());
    }

    @Test
    void afterTheClearPageTheUserSignsInAndIsBackOnThePageOfTheForm() {
        App app = start();
        Page refused =
                form(app, "/save").body("multipart/form-data; boundary=x", "").send();

        Page page = browser.navigateFully(app.url("/login?returnTo=%2Fedit"));

        assertTrue(refused.body().contains(app.url("/login?returnTo=%2Fedit")), refused::body);
        assertEquals(app.url("/edit"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    void whatIsRefusedLeavesNoSession() {
        App app = start();
        int before = app.sessions().created();

        Page page =
                form(app, "/save").body("multipart/form-data; boundary=x", "").send();

        assertEquals(before, app.sessions().created());
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
    }

    // Attacks

    /** Sent again by our own page, another site's form would pass for the application's. */
    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "http://127.0.0.1:1/", "null"})
    void aFormOfAnotherSiteIsNeverSentAgain(String origin) {
        App app = start();

        Page page = browser.followFully(browser.request(app.url("/save"))
                .header("Accept", "text/html")
                .header("Origin", origin)
                .body(URL_ENCODED, "text=evil")
                .method("POST")
                .send());

        assertEquals(0, posts(app));
        assertFalse(page.text().contains("evil"), page::text);
    }

    /** The deployment's mistake rather than an attack, as a rule; the user is asked to send it again, and knows no more. */
    @Test
    void theLogTellsWhyAFormIsNotSentAgain() {
        App app = start();

        browser.request(app.url("/save"))
                .header("Accept", "text/html")
                .header("Origin", "null")
                .body(URL_ENCODED, "text=a")
                .method("POST")
                .send();

        assertTrue(
                stage.logs()
                        .text()
                        .contains("a form is not kept, to be sent again: it came from the origin 'null', and this"
                                + " application is " + app.url("") + "; behind a proxy set baseUrl; a page with the"
                                + " Referrer-Policy no-referrer"),
                () -> stage.logs().text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aFormThatTheBrowserCallsForeignIsNeverSentAgain(String site) {
        App app = start();

        browser.followFully(browser.request(app.url("/save"))
                .header("Accept", "text/html")
                .header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Mode", "navigate")
                .body(URL_ENCODED, "text=evil")
                .method("POST")
                .send());

        assertEquals(0, posts(app));
    }

    /** Browsers that say nothing of the kind are old, and keep no cookie away from another site's form either. */
    @ParameterizedTest
    @ValueSource(strings = {"", "https://evil.example/"})
    void aFormThatNobodyCallsOurOwnIsNeverSentAgain(String referer) {
        App app = start();

        browser.followFully(browser.request(app.url("/save"))
                .method("POST")
                .header("Accept", "text/html")
                .header("Referer", referer)
                .body(URL_ENCODED, "text=evil")
                .send());

        assertEquals(0, posts(app));
    }

    @Test
    void aFormOfAPageOfOursIsSentAgainWhereTheRefererAloneSaysSo() {
        App app = start();

        Page page = browser.followFully(browser.request(app.url("/save"))
                .method("POST")
                .header("Accept", "text/html")
                .header("Referer", app.url("/edit"))
                .body(URL_ENCODED, "text=a")
                .send());

        assertEquals("text=a", page.seen().body());
    }

    /** The login that alice's form gave rise to is completed by bob, in a session that is still alice's. */
    @Test
    void whatOneUserHasSentIsNotSentInTheNameOfTheNext() {
        App app = stage.start(describe());
        Page begun = post(app, "/save", "text=alice");
        browser.navigateFully(app.url("/other"));
        provider.signInAs("bob");

        Page page = browser.followFully(begun);

        assertEquals(app.url("/edit"), page.url().toString());
        assertEquals("bob", page.seen().remoteUser());
        assertEquals(0, posts(app));
    }

    @Test
    void aFormIsNotSentToAnotherHost() {
        App app = stage.start(describe().contextPath("").lenientPaths());

        Page page = browser.request("http://localhost:" + app.port() + "//evil.example/save")
                .header("Accept", "text/html")
                .header("Origin", "http://localhost:" + app.port())
                .method("POST")
                .body(URL_ENCODED, "text=a")
                .send();

        assertFalse(page.isRedirect(), page::toString);
        assertFalse(page.body().contains("evil.example"), page::body);
    }

    private AppBuilder describe() {
        return App.on(container).contextPath("/app").filter(clock).filterParam("replayPost", "true");
    }

    private App start() {
        return stage.start(describe());
    }

    private Page post(App app, String path, String body) {
        return form(app, path).body(URL_ENCODED, body).send();
    }

    /** As a browser sends a form from the page /edit. */
    private BrowserRequest form(App app, String path) {
        return browser.request(app.url(path))
                .method("POST")
                .header("Accept", "text/html,*/*;q=0.8")
                .header("Origin", "http://localhost:" + app.port())
                .header("Referer", app.url("/edit"))
                .header("Sec-Fetch-Site", "same-origin")
                .header("Sec-Fetch-Dest", "document")
                .header("Sec-Fetch-Mode", "navigate");
    }

    /** The answer that signs the user in. */
    private Page untilLanding(Page first) {
        Page page = first;
        while (!page.url().path().equals("/app/callback")) {
            page = browser.follow(page);
        }
        return page;
    }

    private void assertNotKept(Page page, App app, String why) {
        assertEquals(401, page.status(), page::toString);
        assertTrue(page.body().contains("could not be kept"), page::body);
        assertTrue(page.body().contains("form_not_kept"), page::body);
        assertTrue(
                stage.logs().text().contains("a form was sent without a login, and is not kept: " + why),
                () -> stage.logs().text());
        assertEquals(0, posts(app));
    }

    private static long posts(App app) {
        return app.probe().reached().stream()
                .filter(line -> line.startsWith("POST"))
                .count();
    }

    private static Filter reader() {
        return (request, response, chain) -> {
            swallow(request);
            chain.doFilter(request, response);
        };
    }

    private static void swallow(ServletRequest request) throws IOException {
        request.getInputStream().readAllBytes();
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.getBytes(StandardCharsets.UTF_8).length) + "\r\n" + text + "\r\n";
    }
}
