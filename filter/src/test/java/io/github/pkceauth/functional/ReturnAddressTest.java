package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Page;
import java.util.List;
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
    private final Landing landing = new Landing(browser);

    @ParameterizedTest
    @EnumSource
    void pathAndQueryComeBackByteForByte(Container container) {
        App app = stage.start(App.on(container).filterParam("afterLogoutPath", "/bye"));

        for (String path : ODD) {
            assertEquals(app.url(path), landing.of(app, path));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pathAndQueryComeBackByteForByteWithinAContext(Container container) {
        App app = stage.start(App.on(container).contextPath("/app").filterParam("afterLogoutPath", "/bye"));

        for (String path : ODD) {
            assertEquals(app.url(path), landing.of(app, path));
        }
    }

    @ParameterizedTest
    @EnumSource
    void pathAndQueryComeBackByteForByteBehindTheBaseUrl(Container container) {
        FrontDoor door =
                FrontDoor.shop(stage, App.on(container).contextPath("/app").filterParam("afterLogoutPath", "/bye"));

        for (String path : ODD) {
            assertEquals(door.url(path), door.signIn(stage.browser(), path));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twiceReadableEscapesComeBackWhereTheContainerTakesThem(Container container) {
        App app = stage.start(App.on(container).lenientPaths());

        assertEquals(app.url("/a%2Fb?c=%2F"), landing.of(app, "/a%2Fb?c=%2F"));
        assertEquals(app.url("/100%25"), landing.of(app, "/100%25"));
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

        assertEquals(app.url(path), landing.of(app, browser.navigate(Landing.login(app, path))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/me", "/app/me"})
    void returnToMayBeWrittenWithTheContextPathOrWithout(String path) {
        App app = stage.start(App.jetty().contextPath("/app"));

        assertEquals(app.url("/me"), landing.of(app, browser.navigate(Landing.login(app, path))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/login", "/logout", "/callback", "/logout?x", "/logout#x", "/logout;x", "/callback?code=1"})
    void returnToNeverNamesAPathOfTheFiltersOwn(String path) {
        App app = stage.app();

        assertEquals(app.url("/"), landing.of(app, browser.navigate(Landing.login(app, path))));
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

        Page page = browser.navigate(Landing.login(app, "/me?tab=1"));

        assertEquals(app.url("/me?tab=1"), page.location());
        assertEquals(1, stage.provider().requests("/authorize").size());
    }

    @Test
    void aVeryLongQueryComesBackToo() {
        App app = stage.app();
        String path = "/x?" + "a".repeat(LoginState.isInCookies() ? 1000 : 5000);

        assertEquals(app.url(path), landing.of(app, path));
    }

    @Test
    void whatTheCallbackSaysCannotChangeWhereTheLoginEnds() {
        App app = stage.app();
        stage.provider().authorization().withParameter("returnTo", "/elsewhere").withParameter("target", "/elsewhere");

        assertEquals(app.url("/reports"), landing.of(app, "/reports"));
    }

    @Test
    void theReturnAddressIsNotInAnyCookie() {
        App app = stage.app();

        Page page = browser.navigate(app.url("/secret-page"));

        assertFalse(String.join("\n", page.headers().all("Set-Cookie")).contains("secret-page"), page::toString);
    }
}
