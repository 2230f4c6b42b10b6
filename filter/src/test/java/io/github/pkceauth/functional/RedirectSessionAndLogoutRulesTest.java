package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.OpenRedirects;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.RawHttp;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SetCookie;
import io.github.pkceauth.testkit.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R74 to R80 and R91: where a login leads, what is kept of it, and how it ends. */
class RedirectSessionAndLogoutRulesTest {

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();
    private final Browser browser = stage.browser();
    private final Landing landing = new Landing(browser);

    // R74

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
            assertEquals(app.url("/"), landing.of(app, first));
        }
    }

    @Test
    void R74_tomcatHandsAPathWithTwoSlashesToTheFilter() {
        App app = stage.start(App.tomcat());

        Page first = browser.navigate("http://localhost:" + app.port() + "//evil.example/x");

        assertEquals(app.url("/"), landing.of(app, first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/app"})
    void R74_noPayloadInReturnToLeavesTheFrontPage(String contextPath) {
        App app = stage.start(App.jetty().contextPath(contextPath));

        assertEquals(List.of(), strayed(app, payload -> {
            browser.cookies().clear();
            return targetOf(app, browser.navigate(Landing.login(app, payload)));
        }));
    }

    @Test
    void R74_aLoginWithAPayloadInReturnToEndsAtTheFrontPage() {
        App app = stage.app();
        List<String> payloads = OpenRedirects.all().toList();

        // What is pending is looked at above for every payload; here a few go the whole way.
        for (int i = 0; i < payloads.size(); i += 25) {
            browser.cookies().clear();
            assertEquals(app.url("/"), landing.of(app, browser.navigate(Landing.login(app, payloads.get(i)))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/app"})
    void R74_noPayloadInReturnToMovesAUserWhoIsSignedInAlready(String contextPath) {
        App app = stage.start(App.jetty().contextPath(contextPath));
        browser.navigateFully(app.url("/home"));

        assertEquals(
                List.of(),
                strayed(
                        app,
                        payload -> browser.navigate(Landing.login(app, payload)).location()));
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

        Page page = browser.navigateFully(Landing.login(app, payload));

        assertTrue(page.body().contains("href=\"" + app.url("/login?returnTo=%2F") + "\""), page::body);
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

    /** Where a login will end, by what is kept of it. */
    private String targetOf(App app, Page page) {
        if (!page.isRedirect()) {
            return "status " + page.status();
        }
        String state = page.redirectTarget().parameters().get("state");
        return app.url(
                new KeptLogin(app, stage.provider(), browser, state).attempt().target());
    }

    // R75

    @ParameterizedTest
    @EnumSource
    void R75_theSessionIdChangesAtLogin(Container container) {
        App app = stage.start(App.on(container).filterParam("publicPaths", "/news"));
        browser.navigate(app.url("/news?do=session"));
        Page atProvider = browser.navigate(app.url("/reports"));
        String before = browser.cookies().get("JSESSIONID");

        browser.followFully(atProvider);

        assertNotEquals(before, browser.cookies().get("JSESSIONID"));
        assertFalse(app.sessions().has(before));
    }

    @ParameterizedTest
    @EnumSource
    void R75_theSessionIdChangesOnceAndNeverAgain(Container container) {
        App app = stage.start(App.on(container));
        browser.navigateFully(app.url("/reports"));
        String after = browser.cookies().get("JSESSIONID");
        int renamed = app.sessions().renamed();

        browser.navigateFully(app.url("/other"));
        browser.navigateFully(app.url("/login?returnTo=/other"));

        assertEquals(LoginState.isInCookies() ? 0 : 1, renamed);
        assertEquals(after, browser.cookies().get("JSESSIONID"));
        assertEquals(renamed, app.sessions().renamed());
    }

    @ParameterizedTest
    @EnumSource
    void R75_aSessionIdThatSomebodyElseKnewIsWorthNothingAfterTheLogin(Container container) {
        App app = stage.start(App.on(container));
        Browser attacker = stage.browser();
        attacker.navigate(app.url("/reports"));
        browser.copyCookiesFrom(attacker);
        browser.navigateFully(app.url("/reports"));

        Page page = attacker.navigate(app.url("/reports"));

        assertTrue(page.isRedirect(), page::toString);
    }

    // R76

    @ParameterizedTest
    @EnumSource
    void R76_theCookieOfALogoutIsShortLivedAndOutOfReachForScripts(Container container) {
        App app = stage.start(App.on(container).contextPath("/app"));

        SetCookie cookie = Logouts.stateCookie(stage.signedIn(app).navigate(app.url("/logout")));

        assertTrue(cookie.isHttpOnly(), cookie::toString);
        assertEquals("Lax", cookie.get("SameSite"));
        assertEquals("/app", cookie.get("Path"));
        assertEquals("300", cookie.get("Max-Age"));
        assertFalse(cookie.isSecure(), cookie::toString);
    }

    @ParameterizedTest
    @EnumSource
    void R76_overHttpsTheCookieOfALogoutIsSecure(Container container) {
        FrontDoor door = FrontDoor.shop(stage, App.on(container).contextPath("/app"));
        Browser browser = stage.browser();
        door.signIn(browser, "/home");

        SetCookie cookie = Logouts.stateCookie(door.navigate(browser, door.url("/logout")));

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

        SetCookie cookie = Logouts.stateCookie(browser.follow(back));

        assertTrue(cookie.isRemoval(), cookie::toString);
        assertEquals("/app", cookie.get("Path"));
    }

    // R77

    /** Ways a login can go, each of which makes secrets. */
    static Stream<Named<Consumer<ScriptedProvider>>> courses() {
        return Stream.of(
                Named.of("well", p -> {}),
                Named.of("denied", p -> p.authorization().answersError("access_denied", "no")),
                Named.of("code and error", p -> p.authorization().withParameter("error", "server_error")),
                Named.of("another issuer", p -> p.authorization().withParameter("iss", "https://evil.example")),
                Named.of("a repeated code", p -> p.authorization().repeated("code")),
                Named.of("token 400", p -> p.token().answers(400, "application/json", "{\"error\":\"invalid_grant\"}")),
                Named.of("token 500", p -> p.token().withStatus(500)),
                Named.of("token as text", p -> p.token().withContentType("text/plain")),
                Named.of("token hangs up", p -> p.token().truncates()),
                Named.of("token reset", p -> p.token().resets()),
                Named.of("wrong token type", p -> p.token().with("token_type", "mac")),
                Named.of("bad audience", p -> p.idToken().withAudience("someone-else")),
                Named.of("bad signature", p -> p.idToken().withAlgorithm(JWSAlgorithm.PS512)),
                Named.of("bad nonce", p -> p.idToken().withClaim("nonce", "another")),
                Named.of("no ID token", p -> p.token().without("id_token")),
                Named.of("odd userinfo", p -> p.userinfo().answersJson("[1]")),
                Named.of("foreign userinfo", p -> p.userinfo().with("sub", "mallory")));
    }

    @ParameterizedTest
    @MethodSource("courses")
    void R77_nothingSecretIsInAnyLogLineAtAnyLevel(Consumer<ScriptedProvider> course) {
        List<String> leaks = new ArrayList<>();
        try (Logs logs = Logs.open()) {
            List<String> secrets = secretsOf(course);
            secrets.stream().filter(secret -> logs.text().contains(secret)).forEach(leaks::add);
        }

        assertEquals(List.of(), leaks);
    }

    @ParameterizedTest
    @MethodSource("courses")
    void R77_nothingSecretIsInAnyPageOrLocationButWhereTheProtocolPutsIt(Consumer<ScriptedProvider> course) {
        List<String> secrets = secretsOf(course);

        List<String> leaks = new ArrayList<>();
        for (Page page : browser.history()) {
            String text = page.url().port() == providerPort() ? "" : withoutProtocol(page);
            secrets.stream().filter(text::contains).forEach(secret -> leaks.add(secret + " in " + page));
        }
        assertEquals(List.of(), leaks);
    }

    @Test
    void R77_theCanaryIsSeenWhereTheProtocolPutsIt() {
        List<String> secrets = secretsOf(p -> {});
        String everything = provider.requests().toString() + browser.history();

        // Code, code verifier, client secret, access token, ID token, refresh token or more.
        assertTrue(secrets.size() >= 5, secrets::toString);
        assertTrue(secrets.stream().anyMatch(everything::contains));
    }

    /** A page at our side without the end session request, which carries the ID token as its hint. */
    private String withoutProtocol(Page page) {
        boolean endsSession = page.isRedirect()
                && page.redirectTarget().withoutQuery().equals(provider.address(ScriptedProvider.LOGOUT));
        return endsSession ? "" : page.text();
    }

    private int providerPort() {
        return Url.parse(provider.issuer()).port();
    }

    /** Signs in and out with a confidential client, and tells every secret that there was. */
    private List<String> secretsOf(Consumer<ScriptedProvider> course) {
        provider.withClientSecret("a-client-secret-to-be-recognised");
        App app = stage.start(App.jetty().filterParam("userinfo", "always"));
        course.accept(provider);
        browser.navigateFully(app.url("/reports"));
        browser.navigateFully(app.url("/reports?do=throw"));
        browser.navigateFully(app.url("/callback?code=x&state=y"));
        browser.navigateFully(app.url("/logout"));
        List<String> secrets = new ArrayList<>(provider.secrets());
        provider.requests(ScriptedProvider.TOKEN).forEach(request -> verifier(request.form(), secrets));
        return secrets;
    }

    private static void verifier(Parameters form, List<String> secrets) {
        secrets.addAll(form.all("code_verifier"));
    }

    // R78

    @ParameterizedTest
    @CsvSource({
        "JETTY, /api/delete.css",
        "JETTY, /api/a.css",
        "JETTY, /api/users/4711.css",
        "TOMCAT, /api/delete.css",
        "TOMCAT, /api/a.css",
        "TOMCAT, /api/users/4711.css"
    })
    void R78_anExtensionInTheRestBehindAServletsPathIsNotPublic(Container container, String path) {
        App app = stage.start(
                App.on(container).filterParam("publicPaths", "*.css").probeAt("/api/*"));

        assertEquals(302, browser.navigate(app.url(path)).status());
    }

    @ParameterizedTest
    @CsvSource({"JETTY, false", "JETTY, true", "TOMCAT, false", "TOMCAT, true"})
    void R78_noSpellingOfAPathShowsAProtectedPageWithoutALogin(Container container, boolean lenient) {
        App app = stage.start(GuardedPage.on(container, lenient));

        assertEquals(List.of(), GuardedPage.detoursThatShowIt(app, "", "GET"));
    }

    @ParameterizedTest
    @CsvSource({"JETTY, false", "JETTY, true", "TOMCAT, false", "TOMCAT, true"})
    void R78_noSpellingOfAPathWithinAContextShowsAProtectedPageWithoutALogin(Container container, boolean lenient) {
        App app = stage.start(GuardedPage.on(container, lenient).contextPath("/app"));

        assertEquals(List.of(), GuardedPage.detoursThatShowIt(app, "/app", "GET"));
    }

    static Stream<Arguments> methods() {
        return Stream.of(Container.values())
                .flatMap(container -> Stream.of("HEAD", "POST", "PUT", "OPTIONS", "TRACE", "get", "FROB")
                        .map(method -> Arguments.of(container, method)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void R78_noMethodReachesAProtectedPageWithoutALogin(Container container, String method) {
        App app = stage.start(GuardedPage.on(container, true));

        assertEquals(List.of(), GuardedPage.detoursThatShowIt(app, "", method));
    }

    @ParameterizedTest
    @EnumSource
    void R78_whatAnotherReaderWouldTakeForAnotherPathIsNotPublic(Container container) {
        App app = stage.start(GuardedPage.on(container, true));
        List<String> twisted = new ArrayList<>();

        for (String detour : GuardedPage.DETOURS) {
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

    @ParameterizedTest
    @EnumSource
    void R78_anAbsoluteRequestTargetIsNoWayRound(Container container) {
        App app = stage.start(GuardedPage.on(container, false));

        Page page = RawHttp.to(app.port())
                .send("GET http://127.0.0.1:" + app.port() + "/health/../admin HTTP/1.1\r\nHost: 127.0.0.1:"
                        + app.port() + "\r\nConnection: close\r\n\r\n");

        assertFalse(page.body().contains(GuardedPage.SECRET), page::toString);
    }

    @ParameterizedTest
    @EnumSource
    void R78_theProtectedPageIsThereForWhoSignsIn(Container container) {
        App app = stage.start(GuardedPage.on(container, false));

        assertTrue(browser.navigateFully(app.url("/admin")).body().contains(GuardedPage.SECRET));
    }

    // R79

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

    // R80

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
        Logouts.assertSignedIn(app, browser);
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
        Logouts.assertSignedIn(app, browser);
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
        Logouts.assertSignedIn(app, browser);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "http://127.0.0.1:1/", "http://localhost:1/"})
    void R80_anotherSitesLinkGetsAPageThatAsks(String from) {
        App app = stage.app();
        Browser browser = stage.signedIn(app);

        Page page = browser.clickFrom(from, app.url("/logout"));

        assertEquals(200, page.status());
        assertTrue(page.body().contains("Do you want to sign out?"), page::body);
        Logouts.assertSignedIn(app, browser);
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

        Logouts.assertSignedIn(app, browser);
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
            Logouts.assertSignedOut(app, browser);
        } else {
            Logouts.assertSignedIn(app, browser);
        }
    }

    // R91

    @ParameterizedTest
    @CsvSource({
        "JETTY, logoutPath", "JETTY, request.logout()", "JETTY, notice",
        "TOMCAT, logoutPath", "TOMCAT, request.logout()", "TOMCAT, notice"
    })
    void R91_aRefreshThatComesAfterALogoutDoesNotBringTheSessionBack(Container container, String logout)
            throws Exception {
        try (RacingRefresh race = new RacingRefresh(container)) {
            race.begin();
            switch (logout) {
                case "logoutPath" -> race.logOut();
                case "request.logout()" -> race.logOutByTheApplication();
                default -> race.noticeOfTheProvider();
            }

            race.finish();

            race.assertOver();
        }
    }

    @Test
    void R91_aRefreshThatComesAfterTheEndOfTheSessionDoesNotBringItBack() throws Exception {
        try (RacingRefresh race = new RacingRefresh(Container.JETTY)) {
            race.begin();
            race.endSession();

            race.finish();

            race.assertOver();
        }
    }
}
