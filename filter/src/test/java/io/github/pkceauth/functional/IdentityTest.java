package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Seen;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the application sees of the user, whatever way its request goes. */
@ParameterizedClass
@EnumSource(Container.class)
class IdentityTest {
    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();

    @Parameter
    private Container container;

    // The methods of the request

    @Test
    void thePrincipalIsAPkceUser() {
        App app = start(describe()
                .servlet(
                        "/who",
                        Handmade.says(request -> PkceUser.of(request)
                                .map(user -> user.getName() + " " + user.subject() + " " + user.issuer() + " "
                                        + user.claims().get("name"))
                                .orElse("nobody"))));

        assertEquals("alice alice " + provider.issuer() + " Alice Example", at(app, "/who"));
    }

    @Test
    void theRequestKnowsTheUserByEveryMethod() {
        Seen seen = browser.navigateFully(start(describe()).url("/reports")).seen();

        assertEquals("alice", seen.remoteUser());
        assertEquals("alice", seen.principal());
        assertEquals("PKCE", seen.authType());
    }

    @Test
    void theNameIsTheClaimThatTheDeploymentNames() {
        App app = start(describe().filterParam("principalClaim", "preferred_username"));
        provider.signInAs("4711", Map.of("preferred_username", "carol"));

        assertEquals("carol", browser.navigateFully(app.url("/reports")).seen().remoteUser());
    }

    /** Users of many providers choose their names themselves, and names get into logs and headers. */
    @Test
    void aNameThatCouldForgeALineIsNoName() {
        App app = start(describe().filterParam("principalClaim", "nickname"));
        for (String end : List.of("\n", "\r", "\0", "\u001b", "\u0085", "\u2028")) {
            provider.idToken().withClaim("nickname", "mallory" + end + "admin signed in");

            Page page = browser.navigateFully(app.url("/page"));

            assertEquals(502, page.status(), page::toString);
            assertTrue(page.body().contains("principal_missing"), page::toString);
        }
    }

    @Test
    void rolesAreThoseOfTheClaimThatTheDeploymentNames() {
        App app = start(describe().filterParam("rolesClaim", "realm_access.roles"));
        provider.signInAs("alice", Map.of("realm_access", Map.of("roles", List.of("chef", "cook"))));

        Seen seen = browser.navigateFully(app.url("/reports?role=chef&role=cook&role=admin&role=Chef"))
                .seen();

        assertTrue(seen.hasRole("chef"));
        assertTrue(seen.hasRole("cook"));
        assertFalse(seen.hasRole("admin"));
        assertFalse(seen.hasRole("Chef"));
    }

    @Test
    void withoutARolesClaimNobodyHasARole() {
        Seen seen = browser.navigateFully(start(describe()).url("/reports?role=admin&role=user"))
                .seen();

        assertFalse(seen.hasRole("admin"));
        assertFalse(seen.hasRole("user"));
    }

    @Test
    void everybodySignedInHasTheRoleOfTwoStarsAndNobodyThatOfOne() {
        App app = start(describe().filterParam("rolesClaim", "roles"));
        provider.signInAs("alice", Map.of("roles", List.of("*", "admin")));

        Seen seen = browser.navigateFully(app.url("/reports?role=*&role=**")).seen();

        assertFalse(seen.hasRole("*"));
        assertTrue(seen.hasRole("**"));
    }

    @Test
    void aPublicPageKnowsNobodyBeforeTheLogin() {
        App app = start(describe().filterParam("rolesClaim", "roles"));

        Seen seen = browser.navigate(app.url("/public?role=user&role=**")).seen();

        assertTrue(seen.isAnonymous(), seen::toString);
        assertFalse(seen.hasRole("user"));
        assertFalse(seen.hasRole("**"));
        assertFalse(seen.hasSession());
    }

    @Test
    void aPublicPageKnowsTheUserAfterTheLogin() {
        App app = start(describe());
        Browser signedIn = stage.signedIn(app);

        assertEquals("alice", signedIn.navigate(app.url("/public")).seen().remoteUser());
    }

    @Test
    void theTokensAreAtHandForCallsToAnApi() {
        App app = start(describe()
                .servlet(
                        "/token",
                        Handmade.says(request ->
                                Tokens.of(request).map(Tokens::accessToken).orElse("none"))));

        String token = at(app, "/token");

        assertTrue(token.startsWith("access-"), token);
        assertTrue(provider.secrets().contains(token));
    }

    @Test
    void theTokensAreNotListedAmongTheAttributes() {
        App app = start(
                describe().servlet("/names", Handmade.says(request -> Collections.list(request.getAttributeNames()))));

        String names = at(app, "/names");

        assertTrue(names.contains("io.github.pkceauth.name"), names);
        assertFalse(names.contains(Tokens.ATTRIBUTE), names);
    }

    @Test
    void nobodyElsesTokensAreThereOnAPublicPage() {
        App app = start(describe().servlet("/public/token", Handmade.says(request -> Tokens.of(request))));

        assertEquals(
                Optional.empty().toString(),
                browser.navigate(app.url("/public/token")).body());
    }

    @Test
    void theNameIsInARequestAttributeForAccessLogs() {
        AtomicReference<@Nullable Object> logged = new AtomicReference<>();
        App app = start(describe().filterBefore("access log", (request, response, chain) -> {
            chain.doFilter(request, response);
            logged.set(request.getAttribute("io.github.pkceauth.name"));
        }));

        browser.navigateFully(app.url("/reports"));

        assertEquals("alice", logged.get());
    }

    @Test
    void anAnonymousRequestHasNoNameInItsAttributes() {
        AtomicReference<@Nullable Object> logged = new AtomicReference<>();
        App app = start(describe().filterBefore("access log", (request, response, chain) -> {
            chain.doFilter(request, response);
            logged.set(request.getAttribute("io.github.pkceauth.name"));
        }));

        browser.navigate(app.url("/public"));

        assertNull(logged.get());
    }

    @Test
    void logoutEndsTheSessionAndTheRequestKnowsNobodyAnyMore() {
        App app = start(describe().filterParam("rolesClaim", "roles"));
        Browser signedIn = stage.signedIn(app);

        Seen seen = signedIn.navigate(app.url("/reports?do=logout&role=admin&role=**"))
                .seen();

        assertTrue(seen.isAnonymous(), seen::toString);
        assertFalse(seen.hasRole("admin"));
        assertFalse(seen.hasRole("**"));
        assertEquals(0, app.sessions().count());
        assertTrue(signedIn.navigate(app.url("/reports")).isRedirect());
    }

    @Test
    void logoutTwiceIsNoMistake() {
        App app = start(describe().servlet("/leave", Handmade.says(request -> {
            request.logout();
            request.logout();
            return "gone, with tokens " + Tokens.of(request);
        })));

        assertEquals("gone, with tokens Optional.empty", at(app, "/leave"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/enter", "/public/enter"})
    void loginWithAPasswordIsRefused(String path) {
        App app = start(describe().servlet(path, Handmade.says(request -> {
            try {
                request.login("alice", "password");
                return "let in";
            } catch (ServletException e) {
                return e.getMessage();
            }
        })));

        assertTrue(at(app, path).contains("passwords are for the provider alone"));
    }

    @Test
    void authenticateIsTrueForWhoIsSignedIn() {
        App app = start(describe());
        Browser signedIn = stage.signedIn(app);

        assertEquals(
                "alice",
                signedIn.navigate(app.url("/public?do=authenticate")).seen().remoteUser());
    }

    @Test
    void authenticateOnAPublicPageStartsALoginThatComesBackToIt() {
        App app = start(describe());

        Page page = browser.navigateFully(app.url("/public?do=authenticate"));

        assertEquals(app.url("/public?do=authenticate"), page.url().toString());
        assertEquals("alice", page.seen().remoteUser());
    }

    @Test
    void authenticateForAScriptSaysThatALoginIsNeeded() {
        App app = start(describe());

        Page page = browser.fetch(app.url("/public?do=authenticate"));

        assertEquals(401, page.status());
        assertFalse(page.headers().has("Location"));
        assertEquals(0, app.sessions().created());
    }

    @Test
    void authenticateAfterLogoutStartsANewLogin() {
        App app = start(describe().servlet("/switch", Handmade.does((request, response) -> {
            request.logout();
            request.authenticate(response);
        })));
        Browser signedIn = stage.signedIn(app);

        Page page = signedIn.navigate(app.url("/switch"));

        assertTrue(page.isRedirect(), page::toString);
        assertTrue(page.location().startsWith(provider.address(ScriptedProvider.AUTHORIZE)), page::toString);
    }

    @Test
    void authenticateIsTooLateWhenTheResponseIsCommitted() {
        App app = start(describe().servlet("/public/late", Handmade.does((request, response) -> {
            response.getWriter().print("sent: ");
            response.flushBuffer();
            try {
                request.authenticate(response);
            } catch (IllegalStateException e) {
                response.getWriter().print(e.getMessage());
            }
        })));

        assertEquals(
                "sent: the response is committed, so no login can start",
                browser.navigate(app.url("/public/late")).body());
    }

    // The ways of a request

    @ParameterizedTest
    @ValueSource(strings = {"async-dispatch", "async-thread"})
    void asynchronousProcessingKeepsTheUser(String way) {
        App app = start(describe().filterParam("rolesClaim", "roles"));
        Browser signedIn = stage.signedIn(app);

        Seen seen = signedIn.navigate(app.url("/reports?role=admin&do=" + way)).seen();

        assertEquals("alice", seen.remoteUser());
        assertEquals("alice", seen.principal());
        assertEquals("PKCE", seen.authType());
        assertTrue(seen.hasRole("admin"));
    }

    @Test
    void aDispatchWithoutTheFilterKeepsTheUserToo() {
        App app = start(describe().dispatches(DispatcherType.REQUEST));
        Browser signedIn = stage.signedIn(app);

        Seen seen = signedIn.navigate(app.url("/reports?do=async-dispatch")).seen();

        assertEquals("ASYNC", seen.dispatcherType());
        assertEquals("alice", seen.remoteUser());
    }

    @Test
    void anAsynchronousDispatchIsOneOfTheContainers() {
        App app = start(describe());
        Browser signedIn = stage.signedIn(app);

        assertEquals(
                "ASYNC",
                signedIn.navigate(app.url("/reports?do=async-dispatch")).seen().dispatcherType());
    }

    @ParameterizedTest
    @ValueSource(strings = {"async-dispatch", "async-thread"})
    void asynchronousProcessingOfAPublicPageIsNeverSentToTheProvider(String way) {
        App app = start(describe());

        Seen seen = browser.navigate(app.url("/public?do=" + way)).seen();

        assertTrue(seen.isAnonymous(), seen::toString);
    }

    @Test
    void anAsynchronousDispatchToAProtectedPageIsNotSentToTheProviderEither() {
        App app = start(describe()
                .servlet(
                        "/public/async",
                        Handmade.does(
                                (request, response) -> request.startAsync().dispatch("/reports"))));

        Page page = browser.navigate(app.url("/public/async"));

        assertEquals(200, page.status());
        assertTrue(page.seen().isAnonymous(), page::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "throw"})
    void theErrorPageOfTheApplicationKnowsTheUser(String mishap) {
        App app = start(describe().errorPage("/oops"));
        Browser signedIn = stage.signedIn(app);

        Page page = signedIn.navigate(app.url("/reports?do=" + mishap));

        assertEquals(mishap.equals("error") ? 418 : 500, page.status());
        assertEquals("ERROR", page.seen().dispatcherType());
        assertEquals("alice", page.seen().remoteUser());
        assertEquals("PKCE", page.seen().authType());
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "throw"})
    void theErrorPageOfTheApplicationIsShownToAnybody(String mishap) {
        App app = start(describe().errorPage("/oops"));

        Page page = browser.navigate(app.url("/public?do=" + mishap));

        assertEquals(mishap.equals("error") ? 418 : 500, page.status());
        assertTrue(page.seen().isAnonymous(), page::toString);
        assertEquals(0, provider.requests().size());
    }

    @Test
    void aForwardKeepsTheUser() {
        App app = start(describe());
        Browser signedIn = stage.signedIn(app);

        Seen seen = signedIn.navigate(app.url("/reports?do=forward&to=/other")).seen();

        assertEquals("FORWARD", seen.dispatcherType());
        assertEquals("alice", seen.remoteUser());
    }

    @Test
    void aForwardThroughTheFilterKeepsTheUser() {
        App app = start(describe().dispatches(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.INCLUDE));
        Browser signedIn = stage.signedIn(app);

        Seen seen = signedIn.navigate(app.url("/reports?do=forward&to=/other")).seen();

        assertEquals("alice", seen.remoteUser());
    }

    @Test
    void aForwardThroughTheFilterIsNeverSentToTheProvider() {
        App app = start(describe().dispatches(DispatcherType.REQUEST, DispatcherType.FORWARD, DispatcherType.INCLUDE));

        Page page = browser.navigate(app.url("/public?do=forward&to=/other"));

        assertTrue(page.seen().isAnonymous(), page::toString);
        assertEquals(0, app.sessions().created());
    }

    // The application's own

    @Test
    void theBodyOfARequestIsLeftToTheApplication() {
        App app = start(describe());
        Browser signedIn = stage.signedIn(app);
        String form = "a=1&a=2&text=" + "x".repeat(5000) + "&state=s&code=c&returnTo=%2F";

        Page page = signedIn.request(app.url("/notes"))
                .method("POST")
                .body("application/x-www-form-urlencoded", form)
                .send();

        assertEquals(form, page.seen().body());
    }

    @Test
    void theApplicationCanReadItsFormByParameters() {
        App app = start(describe());
        Browser signedIn = stage.signedIn(app);

        Page page = signedIn.post(app.url("/notes?do=parameters"), Map.of("text", "a b"));

        assertEquals(
                Map.of("do", List.of("parameters"), "text", List.of("a b")),
                page.json().get("parameters"));
    }

    @Test
    void theBodyOfARequestToTheAfterLogoutPathIsLeftToTheApplication() {
        App app = start(describe().filterParam("afterLogoutPath", "/public/bye"));

        Page page = browser.request(app.url("/public/bye"))
                .method("POST")
                .body("application/x-www-form-urlencoded", "state=s&a=1")
                .send();

        assertEquals("state=s&a=1", page.seen().body());
    }

    /** What an application may throw. */
    static Stream<Exception> mishaps() {
        return Stream.of(
                new ServletException("of the application"),
                new IOException("of the application"),
                new IllegalStateException("of the application"));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void anExceptionOfTheApplicationReachesTheContainerUnchanged(Exception mishap) {
        AtomicReference<@Nullable Throwable> caught = new AtomicReference<>();
        Filter witness = (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } catch (IOException | ServletException | RuntimeException e) {
                caught.set(e);
            }
        };
        App app = start(describe()
                .filterBefore("witness", witness)
                .servlet("/fail", Handmade.does((request, response) -> fail(mishap))));
        Browser signedIn = stage.signedIn(app);

        signedIn.navigate(app.url("/fail"));

        assertSame(mishap, caught.get());
    }

    @Test
    void anExceptionOfTheApplicationIsNotLoggedAsOneOfTheFilters() {
        App app = start(describe());
        Browser signedIn = stage.signedIn(app);
        stage.logs().clear();

        signedIn.navigate(app.url("/reports?do=throw"));

        assertEquals(List.of(), stage.logs().lines());
    }

    @Test
    void aProtectedPageIsNotKeptInTheBrowsersCache() {
        App app = start(describe());

        assertEquals("no-store", browser.navigateFully(app.url("/reports")).header("Cache-Control"));
    }

    @Test
    void theApplicationMaySayOtherwiseAboutTheCache() {
        App app = start(describe()
                .servlet(
                        "/style",
                        Handmade.does((request, response) -> response.setHeader("Cache-Control", "max-age=60"))));

        assertEquals("max-age=60", browser.navigateFully(app.url("/style")).header("Cache-Control"));
    }

    private static void fail(Exception mishap) throws ServletException, IOException {
        if (mishap instanceof ServletException e) {
            throw e;
        }
        if (mishap instanceof IOException e) {
            throw e;
        }
        throw (RuntimeException) mishap;
    }

    private AppBuilder describe() {
        return App.on(container).filterParam("publicPaths", "/public/*");
    }

    private App start(AppBuilder app) {
        return stage.start(app);
    }

    /** What a page says to a user who signs in on the way. */
    private String at(App app, String path) {
        return browser.navigateFully(app.url(path)).body();
    }
}
