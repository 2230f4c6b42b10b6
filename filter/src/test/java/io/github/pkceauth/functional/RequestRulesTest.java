package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.BrowserRequest;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Headers;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.RawHttp;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R1 to R15: what the application asks of the provider. */
class RequestRulesTest {

    private static final Set<String> OURS = Set.of(
            "response_type",
            "client_id",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method");

    /** What the browser carries of a request that has been pushed. */
    private static final Set<String> IN_FRONT = Set.of("client_id", "request_uri");

    /** What anybody can write into a request, hoping to be taken for a proxy. */
    private static final String[] SPOOFS = {
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Port: 443",
        "X-Forwarded-Prefix: /evil",
        "X-Forwarded-Server: evil.example",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Ssl: on",
        "X-Forwarded-Context: /evil",
        "X-Original-Host: evil.example",
        "X-Original-URL: /evil",
        "X-Rewrite-URL: /evil",
        "X-Host: evil.example",
        "X-HTTP-Host-Override: evil.example",
        "Front-End-Https: on",
        "Forwarded: for=127.0.0.1;host=evil.example;proto=https"
    };

    /** What a hostile link carries, in the hope that it finds its way into the request. */
    private static final String HOSTILE = "client_id=evil&redirect_uri=https%3A%2F%2Fevil.example%2F&scope=admin"
            + "&state=fixed&nonce=fixed&code_challenge=fixed&code_challenge_method=plain&response_type=token"
            + "&response_mode=fragment&issuer=https%3A%2F%2Fevil.example"
            + "&audience=evil&resource=https%3A%2F%2Fevil.example&prompt=none&login_hint=mallory&acr_values=0"
            + "&request=eyJ9&request_uri=https%3A%2F%2Fevil.example&max_age=1&target_link_uri=%2Fevil"
            + "&kc_idp_hint=evil";

    // R1

    @Test
    void R1_everyVerifierHas43To128UnreservedCharacters() {
        try (Scene scene = Scene.open()) {
            for (String verifier : verifiers(scene, 5)) {
                assertTrue(verifier.matches("[A-Za-z0-9._~-]{43,128}"), verifier);
            }
        }
    }

    @Test
    void R1_verifiersHave256BitsEachOfWhichVaries() {
        try (Scene scene = Scene.open()) {
            BitSet ones = new BitSet();
            BitSet zeros = new BitSet();
            for (String verifier : verifiers(scene, 40)) {
                byte[] bytes = Base64.getUrlDecoder().decode(verifier);
                assertTrue(bytes.length >= 32, verifier);
                BitSet bits = BitSet.valueOf(bytes);
                ones.or(bits);
                bits.flip(0, 256);
                zeros.or(bits);
            }
            assertEquals(256, ones.get(0, 256).cardinality());
            assertEquals(256, zeros.get(0, 256).cardinality());
        }
    }

    @Test
    void R1_nothingComesTwiceInAThousandLogins() {
        try (Scene scene = Scene.open();
                Browser stranger = Browser.withoutCookies()) {
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                Parameters asked = Scene.asked(scene.begin(stranger, "/page"));
                assertTrue(seen.add(asked.get("code_challenge")));
                assertTrue(seen.add(asked.get("state")));
                assertTrue(seen.add(asked.get("nonce")));
            }
        }
    }

    private static List<String> verifiers(Scene scene, int logins) {
        for (int i = 0; i < logins; i++) {
            scene.assertSignedIn(Browser.open().navigateFully(scene.url("/page")));
        }
        return scene.provider.requests(ScriptedProvider.TOKEN).stream()
                .map(request -> request.form().get("code_verifier"))
                .toList();
    }

    // R2

    @Test
    void R2_theChallengeIsTheS256HashOfTheVerifier() throws Exception {
        try (Scene scene = Scene.open()) {
            Parameters asked = Scene.asked(scene.begin("/first"));
            assertEquals("S256", asked.get("code_challenge_method"));

            scene.assertSignedIn(scene.logIn("/page"));
            String verifier =
                    scene.provider.request(ScriptedProvider.TOKEN).form().get("code_verifier");
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            String challenge = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            assertEquals(challenge, scene.provider.lastAuthorizationRequest().get("code_challenge"));
            assertNotEquals(verifier, challenge);
        }
    }

    // R3

    @Test
    void R3_aProviderThatRejectsS256IsNotAskedAgainWithLess() {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("invalid_request", "code_challenge_method S256 not supported");
            Page page = scene.logIn("/wanted");
            scene.assertRefused(page, 502, "provider_error");
            assertEquals(1, scene.provider.calls(ScriptedProvider.AUTHORIZE));
            assertEquals(0, scene.tokenCalls());
            assertEquals("S256", Scene.asked(scene.begin("/again")).get("code_challenge_method"));
        }
    }

    @Test
    void R3_aTokenEndpointThatRejectsTheVerifierIsNotAskedAgainWithout() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .token()
                    .answers(
                            400,
                            "application/json",
                            "{\"error\":\"invalid_request\",\"error_description\":\"code_verifier not supported\"}");
            scene.assertLoginRefused(502, "token_request_refused", 1);
        }
    }

    @Test
    void R3_metadataThatDoesNotNameS256ChangesNothing() {
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().without("code_challenge_methods_supported");
            assertEquals("S256", Scene.asked(scene.begin("/page")).get("code_challenge_method"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R3_metadataThatNamesPlainAloneChangesNothing() {
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().with("code_challenge_methods_supported", List.of("plain"));
            assertEquals("S256", Scene.asked(scene.begin("/page")).get("code_challenge_method"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // R4

    @Test
    void R4_twoTabsShareNothing() {
        try (Scene scene = Scene.open()) {
            assertNothingShared(Scene.asked(scene.begin("/one")), Scene.asked(scene.begin("/two")));
        }
    }

    @Test
    void R4_aRetryAfterAFailureSharesNothingWithTheFirstTry() {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("access_denied", "no");
            scene.logIn("/wanted");
            Parameters first = scene.provider.lastAuthorizationRequest();
            assertNothingShared(first, Scene.asked(scene.begin("/wanted")));
        }
    }

    @Test
    void R4_aRestartSharesNothingWithTheFirstTry() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            Page restarted = scene.browser().navigate(Scene.bent(callback, answer -> answer.with("state", "x")));
            scene.assertSentToProvider(restarted);
            assertNothingShared(scene.provider.lastAuthorizationRequest(), Scene.asked(restarted));
        }
    }

    @Test
    void R4_theCodeOfOneTabIsRedeemedWithItsOwnVerifierAlone() {
        try (Scene scene = Scene.open()) {
            Url one = scene.answered("/one");
            Url two = scene.answered("/two");
            String mixed = Scene.bent(
                    one, answer -> answer.with("state", two.parameters().get("state")));
            scene.assertRefused(scene.browser().navigate(mixed), 502, "token_request_refused");
            assertEquals(1, scene.tokenCalls());
            scene.assertSignedOut();
        }
    }

    private static void assertNothingShared(Parameters one, Parameters other) {
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertNotEquals(one.get(name), other.get(name), name);
        }
    }

    // R5

    @Test
    void R5_everyWayIntoALoginSendsAState() {
        try (Scene scene = Scene.open(app -> app.filterParam("publicPaths", "/open"))) {
            Url callback = scene.answered("/page");
            List<Page> ways = new ArrayList<>();
            ways.add(scene.browser().navigate(scene.url("/page")));
            ways.add(scene.browser().navigate(scene.url("/login")));
            ways.add(scene.browser().navigate(scene.url("/open?do=authenticate")));
            ways.add(scene.browser().post(scene.url("/form"), Map.of("a", "b")));
            ways.add(scene.browser().navigate(scene.url("/callback")));
            ways.add(Browser.open().navigate(callback.toString()));
            for (Page way : ways) {
                scene.assertSentToProvider(way);
                assertTrue(Scene.asked(way).get("state").matches("[A-Za-z0-9._~-]{43,}"), way::location);
            }
            assertEquals(
                    ways.size(),
                    ways.stream()
                            .map(way -> Scene.asked(way).get("state"))
                            .distinct()
                            .count());
        }
    }

    // R6

    @Test
    void R6_theRequestIsACodeRequestOfOpenIdConnect() {
        try (Scene scene = Scene.open()) {
            Parameters asked = Scene.asked(scene.begin("/page"));
            assertEquals("code", asked.get("response_type"));
            assertEquals("openid profile email", asked.get("scope"));
            assertEquals(scene.provider.clientId(), asked.get("client_id"));
            assertEquals(OURS, asked.names());
            assertEquals(OURS.size(), asked.entries().size());
        }
    }

    @Test
    void R6_theRedirectUriIsTheRegisteredOne() {
        try (Scene scene = Scene.open(app -> app.contextPath("/app").filterParam("callbackPath", "/back/here"))) {
            scene.provider.registers(scene.url("/back/here"));
            assertEquals(
                    scene.url("/back/here"), Scene.asked(scene.begin("/page")).get("redirect_uri"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R6_theQueryOfTheAuthorizationEndpointIsKept() {
        try (Scene scene = Scene.open()) {
            scene.provider.metadata().with("authorization_endpoint", scene.provider.address("/authorize?tenant=a%20b"));
            Page begun = scene.begin("/page");
            assertTrue(begun.redirectTarget().query().startsWith("tenant=a%20b&"), begun::location);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // R7

    @Test
    void R7_theOnlyGrantIsTheCode() {
        try (Scene scene = Scene.open()) {
            scene.assertSignedIn(scene.logIn("/page"));
            Parameters form = scene.provider.request(ScriptedProvider.TOKEN).form();
            assertEquals("authorization_code", form.get("grant_type"));
            assertEquals(Set.of("grant_type", "code", "redirect_uri", "code_verifier", "client_id"), form.names());
        }
    }

    @Test
    void R7_anApplicationCannotTradeAPasswordForALogin() {
        try (Scene scene = Scene.open(app -> app.filterParam("publicPaths", "/open")
                .servlet("/open", new PasswordPage())
                .servlet("/closed", new PasswordPage()))) {
            assertTrue(scene.browser().fetch(scene.url("/open")).body().contains("refused"));
            scene.assertSignedOut();
            assertEquals(0, scene.tokenCalls());

            scene.logIn("/closed");
            assertTrue(scene.browser().fetch(scene.url("/closed")).body().contains("refused"));
            assertEquals(1, scene.tokenCalls());
        }
    }

    @Test
    void R7_aFormWithNameAndPasswordIsNoLogin() {
        try (Scene scene = Scene.open()) {
            Page page = scene.browser()
                    .post(
                            scene.url("/login"),
                            Map.of("username", "alice", "password", "alice", "grant_type", "password"));
            scene.assertSentToProvider(page);
            assertFalse(page.location().contains("alice"));
            assertEquals(0, scene.tokenCalls());
            scene.assertSignedOut();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"response_type=token", "response_type=id_token", "response_type=code%20id_token"})
    void R7_noDeploymentCanAskForTheImplicitFlow(String parameters) {
        assertRefusedAtTheStart(parameters, "response_type");
    }

    /** Tries to sign the user in by name and password. */
    @SuppressWarnings("serial")
    private static final class PasswordPage extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            try {
                request.login("alice", "alice");
                response.getWriter().write("accepted");
            } catch (ServletException e) {
                response.getWriter().write("refused");
            }
        }
    }

    // R8

    @Test
    void R8_theCodeOfOneProviderNeverReachesTheOther() {
        try (ScriptedProvider other = ScriptedProvider.start();
                Scene scene = Scene.against(
                        ScriptedProvider.start().withoutIssParameter(),
                        app -> app.mapping("/a/*")
                                .filterParam("callbackPath", "/a/callback")
                                .filterParam("loginPath", "/a/login")
                                .filterParam("logoutPath", "/a/logout")
                                .filterParam("afterLogoutPath", "/a/bye")
                                .secondFilter(
                                        "second",
                                        Map.of(
                                                "issuer",
                                                other.withoutIssParameter().issuer(),
                                                "clientId",
                                                other.clientId(),
                                                "callbackPath",
                                                "/b/callback",
                                                "loginPath",
                                                "/b/login",
                                                "logoutPath",
                                                "/b/logout",
                                                "afterLogoutPath",
                                                "/b/bye"),
                                        "/b/*"))) {
            Url callback = scene.answered("/a/page");
            String elsewhere = callback.toString().replace("/a/callback", "/b/callback");
            assertEquals(302, scene.browser().navigate(elsewhere).status());
            assertEquals(0, other.calls(ScriptedProvider.TOKEN));
            assertEquals(0, scene.tokenCalls());

            Page page = scene.browser().navigateFully(callback.toString());
            assertEquals(scene.url("/a/page"), page.url().toString());
            scene.assertSignedIn(page);
            assertEquals(0, other.calls(ScriptedProvider.TOKEN));
        }
    }

    @Test
    void R8_aLoginBegunBeforeTheProviderWasChangedIsNotCompletedAtTheNewOne() {
        try (Scene before = Scene.against(ScriptedProvider.start().withoutIssParameter());
                ScriptedProvider next = ScriptedProvider.start().withoutIssParameter();
                App after = App.jetty().against(next).start();
                Browser browser = Browser.open()) {
            Url callback = before.answered("/page");
            browser.navigate(after.url("/page"));
            if (LoginState.isInCookies()) {
                browser.copyCookiesFrom(before.browser());
            } else {
                String name = Scene.attributeOf(callback);
                HttpSession old = before.app.sessions().of(before.browser());
                after.sessions().of(browser).setAttribute(name, old.getAttribute(name));
            }

            Page page = browser.navigate(after.url("/callback?" + callback.query()));

            assertEquals(
                    next.address(ScriptedProvider.AUTHORIZE),
                    page.redirectTarget().withoutQuery());
            assertEquals(0, next.calls(ScriptedProvider.TOKEN));
            assertEquals(401, browser.fetch(after.url("/page")).status());
        }
    }

    // R9, R10

    @ParameterizedTest
    @ValueSource(strings = {"/login?", "/page?", "/callback?", "/login?returnTo=%2Fpage&", "/login;x=y?"})
    void R9_aLinkFromAnotherSiteChoosesNothingOfTheRequest(String path) {
        try (Scene scene = Scene.open()) {
            Page page = scene.browser().clickFrom("https://evil.example/", scene.url(path + HOSTILE));
            assertOurs(scene, page);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/page?", "/callback?"})
    void R9_aLinkFromAnotherSiteDoesNotChooseTheProvider(String path) {
        try (Scene scene = Scene.open()) {
            assertOurs(
                    scene,
                    scene.browser()
                            .clickFrom("https://evil.example/", scene.url(path + "iss=https%3A%2F%2Fevil.example")));
        }
    }

    @Test
    void R9_aFormOfAnotherSiteChoosesNothingOfTheRequest() {
        try (Scene scene = Scene.open()) {
            Map<String, String> fields = Map.of("client_id", "evil", "scope", "admin", "state", "fixed");
            for (String path : List.of("/login", "/page")) {
                Page page = scene.browser().postFrom("https://evil.example/", scene.url(path), fields);
                assertFalse(page.location().contains("evil"), page::location);
                assertOurs(scene, scene.browser().follow(page));
            }
        }
    }

    @Test
    void R10_whatTheLinkSaysDoesNotComeBesideOurs() {
        try (Scene scene = Scene.open(app -> app.filterParam("audience", "https://api.example.com")
                .filterParam("resource", "https://one.example.com https://two.example.com")
                .filterParam("authorizationParameters", "connection=git%26hub&prompt=login"))) {
            Page page = scene.browser().navigate(scene.url("/login?" + HOSTILE + "&connection=evil"));
            Parameters asked = Scene.asked(page);
            assertEquals("https://api.example.com", asked.get("audience"));
            assertEquals(List.of("https://one.example.com", "https://two.example.com"), asked.all("resource"));
            assertEquals("git&hub", asked.get("connection"));
            assertEquals("login", asked.get("prompt"));
            assertEquals(OURS.size() + 5, asked.entries().size());
            assertEquals("the-client", asked.get("client_id"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client_id=evil",
                "redirect_uri=https://evil.example",
                "scope=admin",
                "state=fixed",
                "nonce=fixed",
                "code_challenge=fixed",
                "code_challenge_method=plain",
                "response_mode=fragment",
                "request=eyJ9",
                "request_uri=https://evil.example",
                "prompt=login&st%61te=fixed"
            })
    void R10_notEvenTheDeploymentCanOverrideOurs(String parameters) {
        String last = parameters.substring(parameters.lastIndexOf('&') + 1).replace("%61", "a");
        assertRefusedAtTheStart(parameters, last.substring(0, last.indexOf('=')));
    }

    private static void assertRefusedAtTheStart(String parameters, String name) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                Logs logs = Logs.open()) {
            ServletException refused = App.jetty()
                    .against(provider)
                    .filterParam("authorizationParameters", parameters)
                    .startFailing();
            assertTrue(refused.getMessage().contains("'" + name + "' is the filter's own"), refused.getMessage());
            assertTrue(logs.text().contains("authorizationParameters"));
        }
    }

    private static void assertOurs(Scene scene, Page page) {
        scene.assertSentToProvider(page);
        Parameters asked = Scene.asked(page);
        assertEquals(OURS, asked.names());
        assertEquals(OURS.size(), asked.entries().size());
        assertEquals("the-client", asked.get("client_id"));
        assertEquals("code", asked.get("response_type"));
        assertEquals("openid profile email", asked.get("scope"));
        assertEquals("S256", asked.get("code_challenge_method"));
        assertEquals(scene.url("/callback"), asked.get("redirect_uri"));
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertNotEquals("fixed", asked.get(name));
        }
    }

    // R11, R12

    private static Scene pushing(UnaryOperator<AppBuilder> more) {
        return Scene.against(ScriptedProvider.start().requiringPushedRequests(), more);
    }

    /** The only two, once each, and the reference is the one that the latest push was answered with. */
    private static void assertPushed(Scene scene, Page begun) {
        scene.assertSentToProvider(begun);
        Parameters front = Scene.asked(begun);
        assertEquals(IN_FRONT, front.names(), begun::location);
        assertEquals(IN_FRONT.size(), front.entries().size(), begun::location);
        assertEquals(scene.provider.clientId(), front.get("client_id"));
        for (String name : List.of("state", "nonce", "code_challenge", "redirect_uri")) {
            String pushed = scene.provider.pushedRequest().get(name);
            assertFalse(begun.text().contains(pushed), () -> name + " is in " + begun.text());
        }
    }

    @Test
    void R11_theFrontChannelCarriesClientIdAndRequestUriAlone() {
        try (Scene scene = pushing(app -> app)) {
            assertPushed(scene, scene.begin("/page"));
            Parameters pushed = scene.provider.pushedRequest();
            assertEquals(OURS, pushed.names());
            assertEquals(OURS.size(), pushed.entries().size());
            assertEquals("openid profile email", pushed.get("scope"));
            assertEquals(scene.url("/callback"), pushed.get("redirect_uri"));

            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(IN_FRONT, scene.provider.lastAuthorizationRequest().names());
        }
    }

    @Test
    void R11_everyWayIntoALoginIsPushed() {
        try (Scene scene = pushing(app -> app.filterParam("publicPaths", "/open"))) {
            assertPushed(scene, scene.browser().navigate(scene.url("/page")));
            assertPushed(scene, scene.browser().navigate(scene.url("/login")));
            assertPushed(scene, scene.browser().navigate(scene.url("/open?do=authenticate")));
            assertPushed(scene, scene.browser().post(scene.url("/form"), Map.of("a", "b")));
            assertPushed(scene, scene.browser().navigate(scene.url("/callback?code=x&state=y")));
            assertEquals(5, scene.provider.calls(ScriptedProvider.PAR));
            assertEquals(0, scene.provider.calls(ScriptedProvider.AUTHORIZE));
        }
    }

    @Test
    void R11_whatIsConfiguredIsPushedAsWell() {
        try (Scene scene = pushing(app -> app.filterParam("audience", "https://api.example.com")
                .filterParam("resource", "https://one.example.com https://two.example.com")
                .filterParam("authorizationParameters", "connection=git%26hub&prompt=login")
                .filterParam("authorizationDetails", "[{\"type\":\"payment\"}]")
                .filterParam("forwardedParameters", "login_hint ui_locales")
                .filterParam("acrValues", "gold")
                .filterParam("maxAge", "PT5M"))) {
            Page begun = scene.browser().navigate(scene.url("/login?login_hint=alice&ui_locales=fr"));
            assertPushed(scene, begun);
            Parameters pushed = scene.provider.pushedRequest();
            assertEquals("https://api.example.com", pushed.get("audience"));
            assertEquals(List.of("https://one.example.com", "https://two.example.com"), pushed.all("resource"));
            assertEquals("git&hub", pushed.get("connection"));
            assertEquals("login", pushed.get("prompt"));
            assertEquals("[{\"type\":\"payment\"}]", pushed.get("authorization_details"));
            assertEquals("alice", pushed.get("login_hint"));
            assertEquals("fr", pushed.get("ui_locales"));
            assertEquals("gold", pushed.get("acr_values"));
            assertEquals("300", pushed.get("max_age"));
        }
    }

    @Test
    void R11_theQueryOfTheAuthorizationEndpointIsKept() {
        try (Scene scene = pushing(app -> app)) {
            scene.provider.metadata().with("authorization_endpoint", scene.provider.address("/authorize?tenant=a%20b"));
            Page begun = scene.begin("/page");
            assertTrue(begun.redirectTarget().query().startsWith("tenant=a%20b&client_id="), begun::location);
            assertEquals(
                    Set.of("tenant", "client_id", "request_uri"),
                    Scene.asked(begun).names());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login?", "/page?", "/callback?"})
    void R11_aLinkFromAnotherSiteChoosesNothingOfIt(String path) {
        try (Scene scene = pushing(app -> app)) {
            Page page = scene.browser().clickFrom("https://evil.example/", scene.url(path + HOSTILE));
            assertPushed(scene, page);
            Parameters pushed = scene.provider.pushedRequest();
            assertEquals(OURS, pushed.names());
            assertEquals(OURS.size(), pushed.entries().size());
            assertFalse(pushed.encoded().contains("evil"), pushed::encoded);
            assertFalse(page.location().contains("evil"), page::location);
        }
    }

    @Test
    void R12_eachAttemptHasAFreshRequestUri() {
        try (Scene scene = pushing(app -> app)) {
            Set<String> uris = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                assertTrue(uris.add(Scene.asked(scene.begin("/page")).get("request_uri")));
            }
            assertEachPushedAnew(scene, 5);
        }
    }

    @Test
    void R12_aRetryAfterAFailureIsPushedAnew() {
        try (Scene scene = pushing(app -> app)) {
            scene.provider.authorization().answersError("access_denied", "no");
            scene.assertRefused(scene.logIn("/wanted"), 403, "access_denied");
            String first = scene.provider.lastAuthorizationRequest().get("request_uri");
            assertNotEquals(first, Scene.asked(scene.begin("/wanted")).get("request_uri"));
            assertEachPushedAnew(scene, 2);
        }
    }

    @Test
    void R12_aRestartIsPushedAnew() {
        try (Scene scene = pushing(app -> app)) {
            Url callback = scene.answered("/wanted");
            String first = scene.provider.lastAuthorizationRequest().get("request_uri");
            Page restarted = scene.browser().navigate(Scene.bent(callback, answer -> answer.with("state", "x")));
            assertPushed(scene, restarted);
            assertNotEquals(first, Scene.asked(restarted).get("request_uri"));
            assertTrue(scene.provider.pushedRequest().get("state").endsWith(Scene.RESTARTED));
            assertEachPushedAnew(scene, 2);
        }
    }

    @Test
    void R12_afterOneHasExpiredThePageIsAskedForWithAnother() {
        try (Scene scene = pushing(app -> app)) {
            scene.provider.withPushedRequestsFor(Duration.ZERO);
            Page begun = scene.begin("/page");
            assertEquals(400, scene.browser().follow(begun).status());
            scene.provider.withPushedRequestsFor(Duration.ofMinutes(1));
            scene.assertSignedIn(scene.logIn("/page"));
            assertEachPushedAnew(scene, 2);
        }
    }

    private static void assertEachPushedAnew(Scene scene, int pushes) {
        List<Parameters> pushed = scene.provider.requests(ScriptedProvider.PAR).stream()
                .map(RecordedRequest::form)
                .toList();
        assertEquals(pushes, pushed.size());
        for (String name : List.of("state", "nonce", "code_challenge")) {
            assertEquals(
                    pushes,
                    pushed.stream().map(form -> form.get(name)).distinct().count(),
                    name);
        }
    }

    // R13

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.com",
                "intranet.example",
                "intranet.example:8080",
                "localhost.example.com",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.example.com",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io",
                "127.evil.example",
                "192.0.2.1",
                "0.0.0.0",
                "[::2]",
                "[2001:db8::1]"
            })
    void R13_thereIsNoPlainHttpRedirectUriOffThisMachine(String host) {
        try (Scene scene = Scene.open()) {
            Page page = byHost(scene, host);
            scene.assertRefused(page, 500, "redirect_uri_insecure");
            assertFalse(page.headers().has("Location"));
            assertFalse(page.headers().has("Set-Cookie"));
            assertEquals(0, scene.app.sessions().created());
            assertEquals(0, scene.provider.calls(ScriptedProvider.AUTHORIZE));
        }
    }

    @Test
    void R13_theLogSaysHowToMendIt() {
        try (Scene scene = Scene.open()) {
            byHost(scene, "intranet.example");
            assertTrue(scene.logs.text().contains("http://intranet.example/callback"), scene.logs::text);
            assertTrue(scene.logs.text().contains("set baseUrl to the https address"), scene.logs::text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"www.example.com", "intranet.example"})
    void R13_theSwitchAloneDoesNotAllowIt(String host) {
        try (Scene scene = Scene.open(app -> app.filterParam("allowInsecureHttp", "true"))) {
            scene.assertRefused(byHost(scene, host), 500, "redirect_uri_insecure");
            assertEquals(0, scene.app.sessions().created());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.example.com", "http://intranet.example/app"})
    void R13_aPlainHttpBaseUrlAloneDoesNotAllowIt(String baseUrl) {
        try (ScriptedProvider provider = ScriptedProvider.start();
                Logs logs = Logs.open()) {
            ServletException refused = App.jetty()
                    .against(provider)
                    .filterParam("baseUrl", baseUrl)
                    .startFailing();
            assertTrue(refused.getMessage().contains("baseUrl"), refused.getMessage());
            assertTrue(refused.getMessage().contains("allowInsecureHttp=true"), refused.getMessage());
            assertTrue(logs.text().contains("baseUrl"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://www.example.com", "http://intranet.example/app"})
    void R13_switchAndBaseUrlTogetherAllowIt(String baseUrl) {
        try (Scene scene =
                Scene.open(app -> app.filterParam("allowInsecureHttp", "true").filterParam("baseUrl", baseUrl))) {
            Page page = byHost(scene, Url.parse(baseUrl).host());
            assertEquals(baseUrl + "/callback", Scene.asked(page).get("redirect_uri"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8080",
                "LOCALHOST:8080",
                "127.0.0.1",
                "127.0.0.1:8080",
                "127.1.2.3:99",
                "127.9.9.9:8080",
                "[::1]",
                "[::1]:8080",
                "[::1]:99"
            })
    void R13_thisMachineIsExempt(String host) {
        try (Scene scene = Scene.open()) {
            Page page = byHost(scene, host);
            assertEquals(
                    "http://" + host.toLowerCase(Locale.ROOT) + "/callback",
                    Scene.asked(page).get("redirect_uri"));
        }
    }

    private static Page byHost(Scene scene, String host) {
        return RawHttp.to(scene.app.port()).get("/page", "Host: " + host, "Accept: text/html");
    }

    // R14

    @ParameterizedTest
    @EnumSource
    void R14_forwardingHeadersChangeNothing(Container container) {
        try (Scene scene = Scene.on(container, app -> app.contextPath("/app"))) {
            Page page = spoofed(scene.browser(), scene.url("/reports"))
                    .header("Accept", "text/html")
                    .send();
            assertFalse(page.text().contains("evil"), page::text);
            assertOurs(scene, page);
        }
    }

    @Test
    void R14_forwardingHeadersDoNotChangeTheRedirectUri() {
        try (Scene scene = Scene.open()) {
            List<String> headers = new ArrayList<>(List.of(SPOOFS));
            headers.add("Host: localhost:" + scene.app.port());
            headers.add("Accept: text/html");
            Page page = RawHttp.to(scene.app.port()).get("/page", headers.toArray(String[]::new));
            assertFalse(page.text().contains("evil"), page::text);
            assertOurs(scene, page);
        }
    }

    @Test
    void R14_forwardingHeadersChangeNoAddressThatTheFilterNames() {
        try (Scene scene = Scene.open()) {
            Page page = spoofed(scene.browser(), scene.url("/api")).send();
            assertEquals(scene.url("/login"), page.json().get("login"));
            assertFalse(page.text().contains("evil"), page::toString);
        }
    }

    @Test
    void R14_forwardingHeadersChangeNoReturn() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/reports");
            Page page = spoofed(scene.browser(), callback.toString()).send();
            assertEquals(scene.url("/reports"), page.location());
        }
    }

    @Test
    void R14_forwardingHeadersMakeNoOriginOurs() {
        try (Scene scene = Scene.open()) {
            scene.assertSignedIn(scene.logIn("/home"));
            Page page = spoofed(scene.browser(), scene.url("/logout"))
                    .method("POST")
                    .header("Origin", "https://evil.example")
                    .send();
            assertEquals(403, page.status());
            scene.assertSignedIn(scene.browser().navigate(scene.url("/home")));
        }
    }

    @Test
    void R14_theBaseUrlWinsOverEveryHeader() {
        try (Scene scene =
                Scene.open(app -> app.contextPath("/app").filterParam("baseUrl", "https://www.example.com/shop"))) {
            Page page = spoofed(scene.browser(), scene.url("/reports"))
                    .header("Host", "evil.example")
                    .header("Accept", "text/html")
                    .send();
            assertFalse(page.text().contains("evil"), page::text);
            assertEquals(
                    "https://www.example.com/shop/callback", Scene.asked(page).get("redirect_uri"));
        }
    }

    @Test
    void R14_nothingInTheRequestChangesAConfiguredBaseUrl() {
        try (Scene scene = Scene.open(app -> app.filterParam("baseUrl", "https://www.example.com/shop"))) {
            Page page = RawHttp.to(scene.app.port())
                    .get("/page", "Host: evil.example", "Accept: text/html", "X-Forwarded-Host: evil.example");
            assertFalse(page.text().contains("evil"), page::text);
            assertEquals(
                    "https://www.example.com/shop/callback", Scene.asked(page).get("redirect_uri"));
        }
    }

    private static BrowserRequest spoofed(Browser browser, String url) {
        BrowserRequest request = browser.request(url);
        for (Map.Entry<String, String> field : Headers.of(SPOOFS).fields()) {
            request = request.header(field.getKey(), field.getValue());
        }
        return request;
    }

    // R15

    @Test
    void R15_theTokenEndpointGetsTheVerySameRedirectUri() {
        try (Scene scene = Scene.open(app -> app.contextPath("/a~b").filterParam("callbackPath", "/back"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            RecordedRequest redeemed = scene.provider.request(ScriptedProvider.TOKEN);
            assertEquals(
                    scene.provider.lastAuthorizationRequest().get("redirect_uri"),
                    redeemed.form().get("redirect_uri"));
        }
    }

    @Test
    void R15_itStaysTheSameWhenTheAnswerComesInByAnotherName() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/page");
            String only = scene.browser().cookies().names().iterator().next();
            String cookie = only + "=" + scene.browser().cookies().get(only);
            Page page = RawHttp.to(scene.app.port())
                    .get(callback.target(), "Host: 127.0.0.1:1", "Accept: text/html", "Cookie: " + cookie);
            if (LoginState.isInCookies()) {
                // A sealed cookie opens where the answer was to be sent, and nowhere else.
                assertEquals(0, scene.tokenCalls());
            } else {
                assertEquals(302, page.status(), page::toString);
                assertEquals(
                        scene.url("/callback"),
                        scene.provider.request(ScriptedProvider.TOKEN).form().get("redirect_uri"));
            }
        }
    }
}
