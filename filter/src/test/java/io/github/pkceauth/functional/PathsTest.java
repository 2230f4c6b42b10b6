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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which paths need no login. */
@ParameterizedClass
@EnumSource(Container.class)
class PathsTest {
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
                .file("secret.html", GuardedPage.SECRET)
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

    // Whatever is public

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

    private App start(AppBuilder app) {
        return stage.start(app);
    }

    private boolean isPublic(App app, String path) {
        Page page = browser.navigate(app.url(path));
        assertTrue(page.status() == 200 || page.status() == 302, page::toString);
        return page.status() == 200;
    }
}
