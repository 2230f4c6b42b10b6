package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.FailureAttributes;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are for some roles: alice is an admin, bob is not. */
@ParameterizedClass
@EnumSource(Container.class)
class RoleRulesTest {

    private static final String RULES =
            "/admin/* admin; /admin/help/* **; /exact auditor admin; /public/members/* user; *.pdf admin";

    @Parameter
    private Container container;

    private Scene scene;
    private Browser browser;

    @BeforeEach
    void openScene() {
        open(app -> app.filterParam("roleRules", RULES));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void open(UnaryOperator<AppBuilder> more) {
        scene = Scene.on(
                container,
                app -> more.apply(app.filterParam("rolesClaim", "roles")
                        .filterParam("publicPaths", "/public/* *.pdf")
                        .lenientPaths()));
        browser = scene.browser();
    }

    private void reopen(UnaryOperator<AppBuilder> more) {
        scene.close();
        open(more);
    }

    private void signInAsBob() {
        scene.provider.signInAs("bob");
        assertEquals("bob", scene.logIn("/home").seen().remoteUser());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/admin", "/admin/", "/admin/x", "/exact", "/exact/", "/x.pdf", "/public/members/x", "/home"})
    void whoHasTheRolePasses(String path) {
        scene.assertSignedIn(scene.logIn(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/admin/", "/admin/x", "/exact", "/exact/", "/x.pdf"})
    void whoHasNoneOfTheRolesIsToldSoAndStaysSignedIn(String path) {
        signInAsBob();
        int before = scene.app.probe().calls();

        Page page = browser.navigate(scene.url(path));

        scene.assertRefused(page, 403, "role_missing");
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals(before, scene.app.probe().calls());
        assertEquals("bob", browser.navigate(scene.url("/home")).seen().remoteUser());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin/help/x", "/public/members/x", "/home", "/public/x", "/x.pdf/y"})
    void pagesForOthersAreForBobToo(String path) {
        signInAsBob();

        assertEquals("bob", browser.navigate(scene.url(path)).seen().remoteUser());
    }

    @Test
    void aScriptIsToldSoAsAProblem() {
        signInAsBob();

        Page page = browser.fetch(scene.url("/admin/api"));

        scene.assertRefused(page, 403, "role_missing");
        assertEquals("application/problem+json", page.header("Content-Type"));
        assertFalse(page.headers().has("WWW-Authenticate"), page::toString);
    }

    @Test
    void theApplicationsOwnPageTellsItToo() {
        reopen(app -> app.filterParam("roleRules", RULES)
                .filterParam("errorPage", "/oops")
                .servlet("/oops", Handmade.does((request, response) -> {
                    response.setContentType("text/plain");
                    response.getWriter().print(request.getAttribute(FailureAttributes.CODE));
                })));
        signInAsBob();

        Page page = browser.navigate(scene.url("/admin/x"));

        assertEquals(403, page.status());
        assertEquals("role_missing", page.body());
    }

    @Test
    void whoIsNotSignedInSignsInFirst() {
        scene.provider.signInAs("bob");

        scene.assertRefused(scene.logIn("/admin/x"), 403, "role_missing");
        assertEquals(1, scene.provider.calls(ScriptedProvider.AUTHORIZE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public/members/x", "/public/members", "/x.pdf"})
    void aPublicPathWithARuleThatSaysMoreIsNotPublic(String path) {
        scene.assertSentToProvider(browser.navigate(scene.url(path)));
        assertEquals("", browser.navigate(scene.url("/public/x")).seen().remoteUser());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin;a=b/x",
                "/%61dmin/x",
                "//admin/x",
                "/./admin/x",
                "/admin/help/../x",
                "/admin/help/..;/x",
                "/admin/help/%2e%2e/x",
                "/admin/help%2f..%2fx",
                "/admin/help/..%5cx",
                "/public/..;/admin/x",
                "/%2561dmin/x",
                "/admin%2fx",
                "/exact;a",
                "/exact%3ba",
                "/exact//",
                "/exact/.",
                "/x.pdf;a=.html",
                "/x.pdf%3ba=.html",
                "/x%2epdf",
                "/x.pd%66/",
            })
    void noSpellingOfThePathIsAWayRound(String path) {
        signInAsBob();
        int before = scene.app.probe().calls();

        Page page = browser.request(scene.url("") + path)
                .header("Accept", "text/html")
                .send();

        assertNotEquals(200, page.status(), page::toString);
        assertEquals(before, scene.app.probe().calls());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND"})
    void noMethodIsAWayRound(String method) {
        signInAsBob();

        assertEquals(
                403,
                browser.request(scene.url("/admin/x")).method(method).send().status());
    }

    @Test
    void whatPassedStaysPassedInAsynchronousProcessing() {
        scene.signedIn();

        assertEquals(
                "alice",
                browser.navigate(scene.url("/admin/x?do=async-dispatch")).seen().remoteUser());
    }

    /** The page after logout is public by itself, and the front page is that where nothing else is said. */
    @Test
    void theFrontPageIsNotPublicWhereItHasARule() {
        reopen(app -> app.filterParam("roleRules", "/ admin"));
        scene.assertSentToProvider(browser.navigate(scene.url("/")));
        signInAsBob();

        scene.assertRefused(browser.navigate(scene.url("/")), 403, "role_missing");
    }

    @Test
    void aRuleForEverythingHoldsForTheFrontPageAndNotForTheFiltersOwnPaths() {
        reopen(app -> app.filterParam("roleRules", "/* admin").filterParam("publicPaths", "/public/*"));
        scene.assertSignedIn(scene.logIn("/"));
        scene.app.sessions().expireAll();
        scene.provider.signInAs("bob");

        scene.assertRefused(scene.logIn("/"), 403, "role_missing");
        scene.assertRefused(browser.navigate(scene.url("/page")), 403, "role_missing");
        assertTrue(browser.navigate(scene.url("/logout"))
                .location()
                .startsWith(scene.provider.address(ScriptedProvider.LOGOUT)));
    }

    @Test
    void aLogoutThatEndsOnAPageWithARuleIsConfirmedAllTheSame() {
        reopen(app -> app.filterParam("roleRules", "/ admin"));
        scene.signedIn();

        Page confirmed = browser.follow(browser.follow(browser.navigate(scene.url("/logout"))));

        assertEquals(scene.url("/"), confirmed.redirectTarget().toString());
        scene.assertSentToProvider(browser.follow(confirmed));
    }

    /** Whatever a provider lets users call their roles. */
    @Test
    void theLogTellsTheRolesOnOneLine() {
        scene.provider.signInAs("bob", Map.of("roles", List.of("a\nrole_missing [forged] x", "b\u2028c")));
        scene.logIn("/home");

        scene.assertRefused(browser.navigate(scene.url("/admin/x")), 403, "role_missing");
        assertFalse(scene.logs.text().contains("a\nrole_missing"), scene.logs::text);
        assertFalse(scene.logs.text().contains("b\u2028c"), scene.logs::text);
    }

    @Test
    void malformedRulesAreToldTogetherAndNothingStarts() {
        String told = App.on(container)
                .against(scene.provider)
                .filterParam("roleRules", "/admin/*")
                .filterParam("stepUp", "/payments/* gold")
                .filterParam("publicPaths", "css/*")
                .startFailing()
                .getMessage();

        assertTrue(told.contains("roleRules = '/admin/*'"), told);
        assertTrue(told.contains("stepUp = '/payments/* gold'"), told);
        assertTrue(told.contains("publicPaths = 'css/*'"), told);
    }

    @Test
    void rulesWithoutAPlaceForRolesAreAMistake() {
        String told = App.on(container)
                .against(scene.provider)
                .filterParam("roleRules", RULES)
                .startFailing()
                .getMessage();

        assertTrue(
                told.contains("nobody has a role without rolesClaim: say there where the provider sends them"), told);
    }
}
