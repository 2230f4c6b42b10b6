package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.OpenRedirects;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a login ends: at the very page that was asked for, and never on another site. */
class ReturnAddressTest {
    /** Paths and queries that a careless hand would change. */
    static final List<String> ODD = List.of(
            "/reports?year=2026&q=a%20b",
            "/reports?q=a+b",
            "/a%20b/c+d",
            "/caf%C3%A9?name=%E2%9C%93",
            "/%7Euser/~user",
            "/a;v=1/b;w=2?x=;y",
            "/a.b/..c/d..",
            "/(1)!*'$,@:=",
            "/x?a=b?c=d&&e",
            "/x?=&=",
            "/x?next=https://evil.example/",
            "/x?next=https%3A%2F%2Fevil.example%2F",
            "/x?next=//evil.example",
            "/x?%zz",
            "/x?%",
            "/x?code=1&state=2",
            "/x?a=%0D%0ALocation:%20https://evil.example/",
            "/x?q=%00",
            "/?",
            "/?a=b",
            "/");

    @AutoClose
    private final Stage stage = new Stage();

    private final Browser browser = stage.browser();

    @ParameterizedTest
    @EnumSource
    void pathAndQueryComeBackByteForByte(Container container) {
        App app = stage.start(App.on(container).filterParam("afterLogoutPath", "/bye"));

        for (String path : ODD) {
            assertEquals(app.url(path), landing(app, path));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pathAndQueryComeBackByteForByteWithinAContext(Container container) {
        App app = stage.start(App.on(container).contextPath("/app").filterParam("afterLogoutPath", "/bye"));

        for (String path : ODD) {
            assertEquals(app.url(path), landing(app, path));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pathAndQueryComeBackByteForByteBehindTheBaseUrl(Container container) {
        FrontDoor door = new FrontDoor(
                "https://www.example.com/shop",
                stage.start(App.on(container)
                        .contextPath("/app")
                        .filterParam("afterLogoutPath", "/bye")
                        .filterParam("baseUrl", "https://www.example.com/shop")));

        for (String path : ODD) {
            assertEquals(door.url(path), door.signIn(stage.browser(), path));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twiceReadableEscapesComeBackWhereTheContainerTakesThem(Container container) {
        App app = stage.start(App.on(container).lenientPaths());

        assertEquals(app.url("/a%2Fb?c=%2F"), landing(app, "/a%2Fb?c=%2F"));
        assertEquals(app.url("/100%25"), landing(app, "/100%25"));
    }

    @ParameterizedTest
    @EnumSource
    void theApplicationGetsTheQueryOfTheFirstRequest(Container container) {
        App app = stage.start(App.on(container));

        Page page = browser.navigateFully(app.url("/reports?year=2026&q=a%20b&q="));

        assertEquals("year=2026&q=a%20b&q=", page.seen().query());
    }

    @Test
    void theProviderIsToldNothingOfThePageThatWasAskedFor() {
        App app = stage.app();

        browser.navigateFully(app.url("/secret-page;jsessionid=abc?patient=4711"));
        browser.navigateFully(app.url("/secret-page?patient=4711"));

        assertEquals(
                List.of(),
                stage.provider().requests().stream()
                        .map(request -> request.text())
                        .filter(text -> text.contains("4711") || text.contains("secret-page") || text.contains("jsess"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "JETTY, false, //evil.example/x",
        "JETTY, true, //evil.example/x",
        "JETTY, true, /\\evil.example/x",
        "JETTY, true, ///evil.example/x",
        "JETTY, true, //evil.example/%2e%2e",
        "TOMCAT, false, //evil.example/x",
        "TOMCAT, true, //evil.example/x",
        "TOMCAT, true, /\\evil.example/x",
        "TOMCAT, true, ///evil.example/x",
        "TOMCAT, true, //evil.example/%2e%2e"
    })
    void R74_aRawPathThatLooksLikeAnotherSiteLeadsToTheFrontPage(Container container, boolean lenient, String path) {
        AppBuilder described = App.on(container).filterParam("afterLogoutPath", "/bye");
        App app = stage.start(lenient ? described.lenientPaths() : described);

        Page first = browser.navigate("http://localhost:" + app.port() + path);

        // Containers differ in what they let through; what is let through ends at the front page.
        if (first.status() != 400) {
            assertEquals(app.url("/"), landing(app, first));
        }
    }

    @Test
    void R74_tomcatHandsAPathWithTwoSlashesToTheFilter() {
        App app = stage.start(App.tomcat());

        Page first = browser.navigate("http://localhost:" + app.port() + "//evil.example/x");

        assertEquals(app.url("/"), landing(app, first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/app"})
    void R74_noPayloadInReturnToLeavesTheFrontPage(String contextPath) {
        App app = stage.start(App.jetty().contextPath(contextPath));

        assertEquals(List.of(), strayed(app, payload -> {
            browser.cookies().clear();
            return targetOf(app, browser.navigate(login(app, payload)));
        }));
    }

    @Test
    void R74_aLoginWithAPayloadInReturnToEndsAtTheFrontPage() {
        App app = stage.app();
        List<String> payloads = OpenRedirects.all().toList();

        // What is pending is looked at above for every payload; here a few go the whole way.
        for (int i = 0; i < payloads.size(); i += 25) {
            browser.cookies().clear();
            assertEquals(app.url("/"), landing(app, browser.navigate(login(app, payloads.get(i)))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/app"})
    void R74_noPayloadInReturnToMovesAUserWhoIsSignedInAlready(String contextPath) {
        App app = stage.start(App.jetty().contextPath(contextPath));
        browser.navigateFully(app.url("/home"));

        assertEquals(
                List.of(),
                strayed(app, payload -> browser.navigate(login(app, payload)).location()));
    }

    @Test
    void R74_noPayloadAsRefererLeavesTheFrontPage() {
        App app = stage.app();

        assertEquals(List.of(), strayed(app, payload -> targetOfFormFrom(app, payload)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/app"})
    void R74_noPayloadBehindOurAddressInTheRefererLeavesTheApplication(String contextPath) {
        App app = stage.start(App.jetty().contextPath(contextPath));
        List<String> strayed = new ArrayList<>();

        for (String payload : OpenRedirects.all().toList()) {
            String end = targetOfFormFrom(app, app.url("") + payload);
            if (!end.startsWith(app.url("/"))) {
                strayed.add(payload + " -> " + end);
            }
        }

        assertEquals(List.of(), strayed);
    }

    @Test
    void R74_thePayloadsAreManyAndOfManyKinds() {
        assertTrue(OpenRedirects.all().distinct().count() >= 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\"><a"})
    void R74_aFailedLoginsLinkStaysOnTheSiteWhateverReturnToSays(String payload) {
        App app = stage.app();
        stage.provider().authorization().answersError("access_denied", "no");

        Page page = browser.navigateFully(login(app, payload));

        assertTrue(page.body().contains("href=\"" + app.url("/login?returnTo=%2F") + "\""), page::body);
    }

    @ParameterizedTest
    @CsvSource({
        "JETTY, /%61pp/reports",
        "JETTY, /app;v=1/reports",
        "TOMCAT, /%61pp/reports",
        "TOMCAT, /app;v=1/reports",
        "TOMCAT, /x/../app/reports"
    })
    void theRedirectUriIsTheRegisteredOneHoweverTheContextPathIsWritten(Container container, String path) {
        App app = stage.start(App.on(container).contextPath("/app"));

        Page page = browser.navigate("http://localhost:" + app.port() + path);

        assertEquals(app.url("/callback"), page.redirectTarget().parameters().get("redirect_uri"));
    }

    /** Pages of the application that a sign-in link may name, and what becomes of them. */
    static final List<String> LOCAL = List.of(
            "/me",
            "/me?tab=1&q=a%20b",
            "/caf%C3%A9",
            "/a;v=1?next=https://evil.example/",
            "/?q=//evil.example",
            "/me#part",
            "/a.b/~c/(1)!*'$,@:=");

    @ParameterizedTest
    @FieldSource("LOCAL")
    void returnToNamesAPageOfTheApplication(String path) {
        App app = stage.app();

        assertEquals(app.url(path), landing(app, browser.navigate(login(app, path))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me", "/app/me"})
    void returnToMayBeWrittenWithTheContextPathOrWithout(String path) {
        App app = stage.start(App.jetty().contextPath("/app"));

        assertEquals(app.url("/me"), landing(app, browser.navigate(login(app, path))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/login", "/logout", "/callback", "/logout?x", "/logout#x", "/logout;x", "/callback?code=1"})
    void returnToNeverNamesAPathOfTheFiltersOwn(String path) {
        App app = stage.app();

        assertEquals(app.url("/"), landing(app, browser.navigate(login(app, path))));
    }

    @Test
    void withoutReturnToALoginEndsAtTheFrontPage() {
        App app = stage.app();

        assertEquals(
                app.url("/"), browser.navigateFully(app.url("/login")).url().toString());
    }

    @Test
    void theLoginPathSendsWhoIsSignedInStraightOn() {
        App app = stage.app();
        browser.navigateFully(app.url("/home"));

        Page page = browser.navigate(login(app, "/me?tab=1"));

        assertEquals(app.url("/me?tab=1"), page.location());
        assertEquals(1, stage.provider().requests("/authorize").size());
    }

    @Test
    void aVeryLongQueryComesBackToo() {
        App app = stage.app();
        String path = "/x?" + "a".repeat(5000);

        assertEquals(app.url(path), landing(app, path));
    }

    @Test
    void whatTheCallbackSaysCannotChangeWhereTheLoginEnds() {
        App app = stage.app();
        stage.provider().authorization().withParameter("returnTo", "/elsewhere").withParameter("target", "/elsewhere");

        assertEquals(app.url("/reports"), landing(app, "/reports"));
    }

    @Test
    void theReturnAddressIsNotInAnyCookie() {
        App app = stage.app();

        Page page = browser.navigate(app.url("/secret-page"));

        assertFalse(String.join("\n", page.headers().all("Set-Cookie")).contains("secret-page"), page::toString);
    }

    /** The payloads that lead anywhere else than to the front page. */
    private static List<String> strayed(App app, UnaryOperator<String> end) {
        List<String> strayed = new ArrayList<>();
        for (String payload : OpenRedirects.all().toList()) {
            String address = end.apply(payload);
            if (!address.equals(app.url("/"))) {
                strayed.add(payload + " -> " + address);
            }
        }
        return strayed;
    }

    /** Where a login will end that a form starts, told by the login that is pending then. */
    private String targetOfFormFrom(App app, String referer) {
        if (referer.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            return app.url("/"); // no header field can hold it
        }
        browser.cookies().clear();
        Page page = browser.request(app.url("/save"))
                .header("Sec-Fetch-Dest", "document")
                .header("Referer", referer)
                .form(Parameters.of(Map.of("text", "a")))
                .send();
        return targetOf(app, page);
    }

    /** Where a login will end, by what is kept of it in the session. */
    private String targetOf(App app, Page page) {
        if (!page.isRedirect()) {
            return "status " + page.status();
        }
        String state = page.redirectTarget().parameters().get("state");
        return app.sessions().of(browser).getAttribute("io.github.pkceauth.login.attempt." + state)
                        instanceof LoginAttempt attempt
                ? app.url(attempt.target())
                : "nowhere";
    }

    private static String login(App app, String returnTo) {
        return app.url("/login?" + Parameters.none().plus("returnTo", returnTo).encoded());
    }

    private String landing(App app, String path) {
        browser.cookies().clear();
        return landing(app, browser.navigate(app.url(path)));
    }

    /** The Location of the callback's answer, as it went over the wire. */
    private String landing(App app, Page atProvider) {
        Page callback = browser.follow(browser.follow(atProvider));
        assertTrue(callback.url().toString().startsWith(app.url("/callback?")), callback::toString);
        return callback.location();
    }
}
