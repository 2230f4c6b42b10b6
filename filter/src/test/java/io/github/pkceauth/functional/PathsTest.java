package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.RawHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths need no login, and that there is no way round the others. */
@ParameterizedClass
@EnumSource(Container.class)
class PathsTest {
    private static final String SECRET = "the protected page";
    private static final String MARK = "X-Protected";

    @AutoClose
    private final Stage stage = new Stage();

    private final Browser browser = stage.browser();

    @Parameter
    private Container container;

    // The forms

    @Test
    void withoutPublicPathsTheAfterLogoutPathAloneIsPublic() {
        App app = start(describe().filterParam("afterLogoutPath", "/bye"));

        assertTrue(isPublic(app, "/bye"));
        assertFalse(isPublic(app, "/"));
        assertFalse(isPublic(app, "/health"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health?full=1", "/health;v=1"})
    void anExactPathIsPublic(String path) {
        assertTrue(isPublic(start(describe().filterParam("publicPaths", "/health /news")), path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/",
                "/health/x",
                "/healthy",
                "/Health",
                "/HEALTH",
                "/health.",
                "/health%20",
                "/x/health",
                "/healt",
                "/x?/health",
                "/x;/health"
            })
    void anExactPathIsThatPathAlone(String path) {
        assertFalse(isPublic(start(describe().filterParam("publicPaths", "/health /news")), path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/static", "/static/", "/static/a", "/static/a/b.css", "/static/..a"})
    void aPrefixIsPublicWithAllBehindIt(String path) {
        assertTrue(isPublic(start(describe().filterParam("publicPaths", "/static/*")), path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/statics", "/static.css", "/Static/a", "/a/static/b", "/x/"})
    void aPrefixEndsAtASlash(String path) {
        assertFalse(isPublic(start(describe().filterParam("publicPaths", "/static/*")), path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.css", "/x/y/b.css", "/.css"})
    void anExtensionIsPublicWhereTheContainerMapsItSo(String path) {
        App app = start(describe().filterParam("publicPaths", "*.css").probeAt("*.css", "/x"));

        assertTrue(isPublic(app, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a.CSS", "/a.css2", "/a.cssx", "/css", "/a.css/x", "/a.css.html", "/acss"})
    void anExtensionIsTheWholeOfIt(String path) {
        App app = start(describe().filterParam("publicPaths", "*.css").probeAt("*.css", "/"));

        assertFalse(isPublic(app, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/delete.css", "/api/a.css", "/api/users/4711.css"})
    void R78_anExtensionInTheRestBehindAServletsPathIsNotPublic(String path) {
        App app = start(describe().filterParam("publicPaths", "*.css").probeAt("/api/*"));

        assertFalse(isPublic(app, path));
    }

    @Test
    void aSingleSlashIsTheRootPageAlone() {
        App app = start(describe().filterParam("publicPaths", "/").filterParam("afterLogoutPath", "/bye"));

        assertTrue(isPublic(app, "/"));
        assertTrue(isPublic(app, "/?a=b"));
        assertFalse(isPublic(app, "/x"));
        assertFalse(isPublic(app, "/x/"));
    }

    @Test
    void aSingleSlashIsTheRootPageOfTheContext() {
        App app = start(
                describe().contextPath("/app").filterParam("publicPaths", "/").filterParam("afterLogoutPath", "/bye"));

        assertTrue(isPublic(app, "/"));
        assertFalse(isPublic(app, "/app/"));
    }

    @Test
    void aSingleSlashIsTheWelcomeFileToo() {
        App app = start(describe()
                .probeAt("/probe")
                .file("index.html", "welcome")
                .file("secret.html", SECRET)
                .filterParam("publicPaths", "/")
                .filterParam("afterLogoutPath", "/bye"));

        assertEquals("welcome", browser.navigate(app.url("/")).body());
        assertTrue(browser.navigate(app.url("/secret.html")).isRedirect());
    }

    @Test
    void aProtectedWelcomeFileNeedsALogin() {
        App app = start(
                describe().probeAt("/probe").file("index.html", "welcome").filterParam("afterLogoutPath", "/bye"));

        Page first = browser.navigate(app.url("/"));

        assertTrue(first.isRedirect(), first::toString);
        assertEquals("welcome", browser.followFully(first).body());
    }

    @Test
    void aHealthProbeGetsItsAnswerWithoutSessionOrCookie() {
        App app = start(describe().filterParam("publicPaths", "/health"));

        Page page = RawHttp.to(app.port()).get("/health", "Accept: */*");

        assertEquals(200, page.status());
        assertFalse(page.headers().has("Set-Cookie"), page::toString);
        assertEquals(0, app.sessions().created());
        assertEquals(0, stage.provider().requests().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "HEAD"})
    void aPublicPathIsPublicForEveryMethod(String method) {
        App app = start(describe().filterParam("publicPaths", "/health"));

        assertEquals(200, RawHttp.to(app.port()).request(method, "/health", "").status());
    }

    // No way round

    /** Spellings that lead to the protected page, or look as if they were public. */
    static final List<String> DETOURS = List.of(
            "/admin",
            "/admin/",
            "/admin;x",
            "/admin;/health",
            "/admin/;x",
            "/;x/admin",
            "//admin",
            "///admin",
            "/./admin",
            "/x/../admin",
            "/health/../admin",
            "/health;x/../admin",
            "/health/..;/admin",
            "/health/..;x=y/admin",
            "/health/%2e%2e/admin",
            "/health/%2E%2E/admin",
            "/health/.%2e/admin",
            "/health/%2e%2e%2fadmin",
            "/health%2f..%2fadmin",
            "/health%2F..%2Fadmin",
            "/health/..%2fadmin",
            "/health/..%5cadmin",
            "/health/..\\admin",
            "/health\\..\\admin",
            "/health%5c..%5cadmin",
            "/static/../admin",
            "/static//../admin",
            "/static/../../admin",
            "/static/..;/admin",
            "/static/;/../admin",
            "/static/%2e%2e/admin",
            "/static/%2e%2e;/admin",
            "/static/%2e%2e%2fadmin",
            "/static%2f..%2fadmin",
            "/static/..%2fadmin",
            "/static/..%5cadmin",
            "/static/..\\admin",
            "/static/%252e%252e/admin",
            "/static/..%252fadmin",
            "/static/.%00./admin",
            "/static/..%00/admin",
            "/static/..%0d%0a/admin",
            "/static/..%c0%af../admin",
            "/static/%c0%ae%c0%ae/admin",
            "/static/%uff0e%uff0e/admin",
            "/static/..%u2215admin",
            "/%61dmin",
            "/%41dmin",
            "/a%64min",
            "/admin%2f",
            "/admin%3b",
            "/admin%3bx.css",
            "/admin;x.css",
            "/admin/x.css",
            "/admin/.css",
            "/admin%00.css",
            "/admin%0a.css",
            "/admin?.css",
            "/admin?/static/",
            "/admin%3f.css",
            "/admin%23.css",
            "/admin#.css",
            "/ADMIN",
            "/Admin",
            "/admin.",
            "/admin%20",
            "/admin%09",
            "/callback/../admin",
            "/callback;/../admin",
            "/login/..;/admin",
            "/login/../admin",
            "/logout/../admin",
            "/logout/%2e%2e/admin",
            "/callback/admin",
            "/login/admin",
            "/bye/../admin",
            "/bye/..;/admin");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void R78_noSpellingOfAPathShowsAProtectedPageWithoutALogin(boolean lenient) {
        App app = start(guarded(lenient));

        assertEquals(List.of(), shown(app, "", "GET"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void R78_noSpellingOfAPathWithinAContextShowsAProtectedPageWithoutALogin(boolean lenient) {
        App app = start(guarded(lenient).contextPath("/app"));

        assertEquals(List.of(), shown(app, "/app", "GET"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "OPTIONS", "TRACE", "get", "FROB"})
    void R78_noMethodReachesAProtectedPageWithoutALogin(String method) {
        App app = start(guarded(true));

        assertEquals(List.of(), shown(app, "", method));
    }

    @Test
    void R78_whatAnotherReaderWouldTakeForAnotherPathIsNotPublic() {
        App app = start(guarded(true));
        List<String> twisted = new ArrayList<>();

        for (String detour : DETOURS) {
            Page page = RawHttp.to(app.port()).get(detour, "Accept: text/html");
            if (page.status() == 200 && page.body().contains("\"servletPath\"")) {
                Map<String, Object> seen = page.seen().members();
                String path = "" + seen.get("servletPath") + Objects.requireNonNullElse(seen.get("pathInfo"), "");
                if (path.matches(".*(//|/\\.\\.?(/|$)|[;%\\\\\\x00-\\x1F\\x7F]).*")) {
                    twisted.add(detour + " -> " + path);
                }
            }
        }

        assertEquals(List.of(), twisted);
    }

    @Test
    void R78_anAbsoluteRequestTargetIsNoWayRound() {
        App app = start(guarded(false));

        Page page = RawHttp.to(app.port())
                .send("GET http://127.0.0.1:" + app.port() + "/health/../admin HTTP/1.1\r\nHost: 127.0.0.1:"
                        + app.port() + "\r\nConnection: close\r\n\r\n");

        assertFalse(page.body().contains(SECRET), page::toString);
    }

    @Test
    void R78_theProtectedPageIsThereForWhoSignsIn() {
        App app = start(guarded(false));

        assertTrue(browser.navigateFully(app.url("/admin")).body().contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/callback", "/login", "/logout"})
    void thePathsOfTheFiltersOwnNeverReachTheApplication(String path) {
        App app = start(describe().filterParam("publicPaths", "/callback /login /logout"));

        browser.navigate(app.url(path));
        browser.fetch(app.url(path));

        assertEquals(0, app.probe().calls());
    }

    private AppBuilder describe() {
        return App.on(container);
    }

    /** A protected page behind every path that leads to no public one. */
    private AppBuilder guarded(boolean lenient) {
        Handmade secret = Handmade.does((request, response) -> {
            response.setHeader(MARK, "yes");
            response.getWriter().print(SECRET);
        });
        AppBuilder app = describe()
                .servlet("/admin/*", secret)
                .servlet("/", secret)
                .probeAt("/health", "/static/*", "*.css", "/bye")
                .filterParam("publicPaths", "/health /static/* *.css")
                .filterParam("afterLogoutPath", "/bye");
        return lenient ? app.lenientPaths() : app;
    }

    private App start(AppBuilder app) {
        return stage.start(app);
    }

    /** The spellings that the protected servlet answers. */
    private static List<String> shown(App app, String contextPath, String method) {
        List<String> shown = new ArrayList<>();
        for (String detour : DETOURS) {
            Page page = RawHttp.to(app.port()).request(method, contextPath + detour, "", "Accept: text/html");
            if (page.body().contains(SECRET) || page.headers().has(MARK)) {
                shown.add(detour + " -> " + page);
            }
        }
        return shown;
    }

    private boolean isPublic(App app, String path) {
        Page page = browser.navigate(app.url(path));
        assertTrue(page.status() == 200 || page.status() == 302, page::toString);
        return page.status() == 200;
    }
}
