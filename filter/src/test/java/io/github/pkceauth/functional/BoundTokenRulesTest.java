package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.oidc.DpopKey;
import io.github.pkceauth.oidc.KeptAttempt;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.JsonEndpoint;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ReceivedJwt;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.Reply;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import io.github.pkceauth.testkit.Url;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rules R104 to R121: tokens that are bound to a key or a certificate, what is encrypted, and the profile that wants all of
 * it.
 */
class BoundTokenRulesTest {

    private static final String BOUND = "token_response_invalid";

    private static final String NONCE = "DPoP-Nonce";

    /** A page that calls the provider's resource, in an application whose tokens are bound to keys of logins. */
    private static Scene calling(ApiPage page, ScriptedProvider provider) {
        return Assured.dpop(provider, app -> app.servlet("/call", page));
    }

    private static Map<String, Object> call(Scene scene, String how) {
        return scene.browser().navigate(scene.url("/call?" + how)).json();
    }

    private static void assertAnswered(Map<String, Object> told) {
        assertEquals(200L, told.get("status"), told::toString);
    }

    private static List<ReceivedJwt> allProofs(ScriptedProvider provider) {
        return Stream.of(
                        ScriptedProvider.PAR,
                        ScriptedProvider.TOKEN,
                        ScriptedProvider.USERINFO,
                        ScriptedProvider.RESOURCE)
                .flatMap(path -> provider.dpopProofs(path).stream())
                .toList();
    }

    /** A request for a nonce, as a token endpoint or a place for pushed requests makes it. */
    private static Reply wantingNonce(String nonce) {
        return Reply.json(400, Map.of("error", "use_dpop_nonce")).withHeader(NONCE, nonce);
    }

    /** The same of a resource. */
    private static Reply challenging(String nonce) {
        return Reply.json(401, Map.of("error", "use_dpop_nonce"))
                .withHeader("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\", algs=\"ES256\"")
                .withHeader(NONCE, nonce);
    }

    // R104

    @Test
    void R104_aProofIsOfItsTypeAndHasThePublicKeyAlone() {
        try (Scene scene = Assured.dpop()) {
            scene.signedIn();

            for (ReceivedJwt proof : allProofs(scene.provider)) {
                assertEquals(Set.of("typ", "alg", "jwk"), proof.header().keySet());
                assertEquals("dpop+jwt", proof.header().get("typ"));
                assertEquals("ES256", proof.header().get("alg"));
                assertEquals(Set.of("kty", "crv", "x", "y"), Assured.jwk(proof).keySet());
                assertEquals("P-256", Assured.jwk(proof).get("crv"));
            }
            assertEquals(2, allProofs(scene.provider).size());
        }
    }

    @Test
    void R104_aProofIsForOneMethodAndOneAddressAndFromNow() {
        try (Scene scene = Assured.dpop()) {
            scene.signedIn();

            ReceivedJwt atToken =
                    scene.provider.dpopProofs(ScriptedProvider.TOKEN).get(0);
            assertEquals(Set.of("jti", "htm", "htu", "iat"), atToken.claims().keySet());
            assertEquals("POST", atToken.claims().get("htm"));
            assertEquals(
                    scene.provider.address(ScriptedProvider.TOKEN),
                    atToken.claims().get("htu"));
            ReceivedJwt atUserinfo =
                    scene.provider.dpopProofs(ScriptedProvider.USERINFO).get(0);
            assertEquals("GET", atUserinfo.claims().get("htm"));
            assertEquals(
                    scene.provider.address(ScriptedProvider.USERINFO),
                    atUserinfo.claims().get("htu"));
            long now = Instant.now().getEpochSecond();
            assertTrue(Math.abs(now - (long) atToken.claims().get("iat")) < 30, atToken::toString);
        }
    }

    @Test
    void R104_theQueryOfAnAddressIsNoPartOfTheProof() {
        try (Scene scene = Assured.dpop()) {
            String token = scene.provider.address(ScriptedProvider.TOKEN);
            scene.provider.metadata().with("token_endpoint", token + "?tenant=one");

            scene.signedIn();

            ReceivedJwt proof =
                    scene.provider.dpopProofs(ScriptedProvider.TOKEN).get(0);
            assertEquals(
                    "tenant=one", scene.provider.request(ScriptedProvider.TOKEN).rawQuery());
            assertEquals(token, proof.claims().get("htu"));
        }
    }

    @Test
    void R104_noProofIsUsedTwice() {
        ScriptedProvider provider = Assured.dpopProvider().withDpopNonces().withPushedRequests();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = Assured.dpop(
                provider, app -> app.servlet("/call", page).filterParam("pushedAuthorization", "required"))) {
            scene.signedIn();
            assertAnswered(call(scene, "now"));
            assertAnswered(call(scene, "refreshed"));

            List<Object> ids = allProofs(provider).stream()
                    .map(proof -> proof.claims().get("jti"))
                    .toList();
            assertEquals(ids.size(), Set.copyOf(ids).size(), ids::toString);
            assertTrue(ids.size() >= 8, ids::toString);
        }
    }

    // R105

    private static Stream<@Nullable Object> otherTypes() {
        return Stream.of("Bearer", "bearer", "N_A", "", " DPoP", "DPoP ", "DPoPx", 7, List.of("DPoP"), null);
    }

    @ParameterizedTest
    @MethodSource("otherTypes")
    void R105_aTokenOfAnotherTypeIsRefused(@Nullable Object type) {
        try (Scene scene = Assured.dpop()) {
            scene.provider.token().with("token_type", type);
            scene.assertLoginRefused(502, BOUND, 1);
            assertEquals(1, scene.provider.calls(ScriptedProvider.USERINFO), "by the next login alone");
        }
    }

    @Test
    void R105_aTokenWithoutTypeIsRefused() {
        try (Scene scene = Assured.dpop()) {
            scene.provider.token().without("token_type");
            scene.assertLoginRefused(502, BOUND, 1);
            assertTrue(scene.logs.text().contains("instead of DPoP"), scene.logs::text);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "dpop", "DPOP", "dPoP"})
    void R105_theTypeHasEitherCase(String type) {
        try (Scene scene = Assured.dpop()) {
            scene.provider.token().with("token_type", type);
            scene.signedIn();
            assertEquals(
                    "DPoP",
                    scene.provider
                            .request(ScriptedProvider.USERINFO)
                            .header("Authorization")
                            .split(" ", 2)[0]);
        }
    }

    @Test
    void R105_aTokenThatIsBoundToAKeyWhereNobodyHasOneIsRefused() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.token().with("token_type", "DPoP");
            scene.assertLoginRefused(502, BOUND, 1);
        }
    }

    @Test
    void R105_norIsItTakenAtARefresh() {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            provider.refresh().with("token_type", "Bearer");

            assertEquals("TOKEN_RESPONSE_INVALID", call(scene, "refreshed").get("failure"));
            assertEquals(0, provider.calls(ScriptedProvider.RESOURCE));
        }
    }

    // R106

    /** The provider's clock does not go with the application's, and proofs are good for a minute of that. */
    private static final Duration SHORT = Duration.ofSeconds(45);

    private static final Duration DUE = Duration.ofSeconds(40);

    private static ScriptedProvider shortLived() {
        return Assured.dpopProvider().withAccessTokensFor(SHORT);
    }

    /** The tokens were refreshed once, by one key; proven by a provider that binds refresh tokens of public clients to it. */
    private static void assertRefreshedByOneKey(Scene here, Browser browser, ScriptedProvider provider) {
        here.assertSignedIn(browser.navigate(here.url("/page")));
        assertEquals(1, provider.refreshCalls());
        assertEquals(1, login(here, browser).generation(), here.logs::text);
        assertEquals(1, Assured.thumbprints(provider, ScriptedProvider.TOKEN).size());
    }

    private static Login login(Scene scene, Browser browser) {
        return (Login) scene.app.sessions().of(browser).getAttribute(Assured.LOGIN);
    }

    @Test
    void R106_aRefreshProvesTheKeyOfTheLogin() {
        try (Scene scene = Assured.dpop(shortLived(), app -> app)) {
            Browser browser = Refreshes.signedInSince(scene, DUE);
            assertRefreshedByOneKey(scene, browser, scene.provider);
        }
    }

    @Test
    void R106_alsoAfterARestartOfTheServer() {
        try (Scene scene = Assured.dpop(shortLived(), app -> app)) {
            Browser browser = Refreshes.signedInSince(scene, DUE);
            scene.restart();
            assertRefreshedByOneKey(scene, browser, scene.provider);
        }
    }

    /** Puts the login of a browser into a session of another server, and hands back the browser that has that. */
    private static Browser moved(Scene from, Scene to) {
        Object login = from.app.sessions().of(from.browser()).getAttribute(Assured.LOGIN);
        Browser browser = to.browser();
        browser.navigate(to.url("/open?do=session"));
        to.app.sessions().of(browser).setAttribute(Assured.LOGIN, Assured.copied(login));
        return browser;
    }

    @Test
    void R106_alsoOnAnotherServerThatTakesTheSessionOver() {
        try (Scene scene = Assured.dpop(shortLived(), app -> app);
                Scene tomcat = Scene.clocked(
                        Container.TOMCAT,
                        ScriptedProvider.start(),
                        app -> app.against(scene.provider)
                                .filterParam("publicPaths", "/open")
                                .filterParam("senderConstraint", "dpop"))) {
            scene.signedIn();
            Browser browser = moved(scene, tomcat);
            tomcat.pass(DUE);
            assertRefreshedByOneKey(tomcat, browser, scene.provider);
        }
    }

    @Test
    void R106_aLoginOfBeforeKeysCountsNoLonger() {
        ScriptedProvider provider = Refreshes.provider().withClientSecret("of a confidential client");
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene before = Scene.clocked(provider, app -> app);
                Scene after = Scene.clocked(
                        Container.JETTY,
                        ScriptedProvider.start(),
                        app -> app.against(provider)
                                .servlet("/call", page)
                                .filterParam("publicPaths", "/open")
                                .filterParam("senderConstraint", "dpop"))) {
            before.signedIn();
            Browser browser = moved(before, after);
            provider.requiringDpop();

            assertEquals(401, browser.fetch(after.url("/call?now")).status());
            assertAnswered(browser.navigateFully(after.url("/call?now")).json());

            assertEquals("DPoP", page.latest().tokenType());
        }
    }

    @Test
    void R106_anAttemptOfBeforeKeysIsBegunAnew() {
        try (Scene scene = Assured.dpop(Assured.dpopProvider(), app -> app)) {
            Url callback = scene.answered("/home");
            new KeptLogin(scene, callback).takeKeyAway();

            scene.assertStartedAnew(scene.browser().navigate(callback.toString()), 0);
        }
    }

    // R107

    private static String hash(String token) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedProvider.USERINFO, ScriptedProvider.RESOURCE})
    void R107_aBoundTokenGoesByItsSchemeWithAProofThatNamesIt(String path) throws Exception {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            assertAnswered(call(scene, "now"));

            RecordedRequest request = provider.request(path);
            assertEquals("DPoP " + page.latest().accessToken(), request.header("Authorization"));
            ReceivedJwt proof = provider.dpopProofs(path).get(0);
            assertEquals(hash(page.latest().accessToken()), proof.claims().get("ath"));
            assertEquals(Assured.thumbprints(provider, ScriptedProvider.TOKEN), Assured.thumbprints(provider, path));
        }
    }

    @Test
    void R107_nothingEverGoesByBearer() {
        ScriptedProvider provider = Assured.dpopProvider().withDpopNonces();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            call(scene, "now");
            call(scene, "refreshed");
            provider.userinfo().answers(challenging("again"));
            scene.reset();
            scene.logIn("/page");

            assertTrue(provider.requests().stream()
                    .flatMap(request -> request.headers().all("Authorization").stream())
                    .noneMatch(header -> header.startsWith("Bearer")));
            assertTrue(provider.calls(ScriptedProvider.RESOURCE) > 1);
        }
    }

    @Test
    void R107_aTokenThatIsBoundToNothingGoesByBearerWithoutProof() {
        ScriptedProvider provider = Refreshes.provider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = Scene.clocked(provider, app -> app.servlet("/call", page))) {
            scene.signedIn();
            assertAnswered(call(scene, "now"));

            assertEquals("Bearer", page.latest().tokenType());
            assertEquals(
                    Map.of("Authorization", "Bearer " + page.latest().accessToken()),
                    page.latest().headers("GET", URI.create("https://api.example.com/")));
            assertFalse(provider.request(ScriptedProvider.RESOURCE).headers().has("DPoP"));
        }
    }

    // R108

    /** Where the provider may want its nonce, and what is told where it wants nothing else. */
    private enum Endpoint {
        PAR(ScriptedProvider.PAR, "authorization_request_refused") {
            @Override
            JsonEndpoint of(ScriptedProvider provider) {
                return provider.pushed();
            }
        },
        TOKEN(ScriptedProvider.TOKEN, "token_request_refused") {
            @Override
            JsonEndpoint of(ScriptedProvider provider) {
                return provider.token();
            }
        },
        USERINFO(ScriptedProvider.USERINFO, "userinfo_invalid") {
            @Override
            JsonEndpoint of(ScriptedProvider provider) {
                return provider.userinfo();
            }

            @Override
            Reply wanting(String nonce) {
                return challenging(nonce);
            }
        };

        final String path;
        final String refusal;

        Endpoint(String path, String refusal) {
            this.path = path;
            this.refusal = refusal;
        }

        abstract JsonEndpoint of(ScriptedProvider provider);

        Reply wanting(String nonce) {
            return wantingNonce(nonce);
        }
    }

    private static Scene pushing() {
        return Assured.dpop(
                Assured.dpopProvider().withPushedRequests(), app -> app.filterParam("pushedAuthorization", "required"));
    }

    /** A login comes to nothing after so many calls of an endpoint; the next one works. */
    private static void assertRefusedAfter(int calls, Endpoint endpoint, String code, Scene scene) {
        Page page = scene.logIn("/page");
        scene.assertRefused(page, BackChannel.statusOf(code), code);
        scene.assertSignedOut();
        assertEquals(calls, scene.provider.calls(endpoint.path), "calls of " + endpoint);
        scene.assertNextLoginWorks();
    }

    @ParameterizedTest
    @EnumSource
    void R108_whereANonceIsWantedOnceTheSameRequestIsMadeOnceMoreWithIt(Endpoint endpoint) {
        try (Scene scene = pushing()) {
            endpoint.of(scene.provider).once().answers(endpoint.wanting("the-nonce"));
            scene.signedIn();

            List<RecordedRequest> requests = scene.provider.requests(endpoint.path);
            List<ReceivedJwt> proofs = scene.provider.dpopProofs(endpoint.path);
            assertEquals(2, requests.size());
            assertEquals(requests.get(0).body(), requests.get(1).body());
            assertEquals("the-nonce", proofs.get(1).claims().get("nonce"));
            assertNotEquals(
                    proofs.get(0).claims().get("jti"), proofs.get(1).claims().get("jti"));
            assertEquals(1, Assured.thumbprints(scene.provider, endpoint.path).size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void R108_whereOneIsWantedForEverThereAreTwoCallsAndNoMore(Endpoint endpoint) {
        try (Scene scene = pushing()) {
            endpoint.of(scene.provider).answers(endpoint.wanting("for-ever"));
            assertRefusedAfter(2, endpoint, endpoint.refusal, scene);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R108_withoutANonceThereIsNothingToTryAgain(Endpoint endpoint) {
        try (Scene scene = pushing()) {
            Reply without = endpoint.wanting("x");
            endpoint.of(scene.provider)
                    .answers(new Reply(without.status(), without.headers().without(NONCE), without.body()));
            assertRefusedAfter(1, endpoint, endpoint.refusal, scene);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R108_anOutageIsNoWishForANonce(Endpoint endpoint) {
        try (Scene scene = pushing()) {
            endpoint.of(scene.provider).answers(endpoint.wanting("x").withStatus(500));
            assertRefusedAfter(1, endpoint, "provider_unreachable", scene);
        }
    }

    private static Stream<String> unusableNonces() {
        return Stream.of("", "two words", "a\"quote", "a\\backslash", "n".repeat(1025), "caf\u00e9");
    }

    @ParameterizedTest
    @MethodSource("unusableNonces")
    void R108_anUnusableNonceIsNone(String nonce) {
        try (Scene scene = pushing()) {
            scene.provider.token().answers(wantingNonce(nonce));
            assertRefusedAfter(1, Endpoint.TOKEN, Endpoint.TOKEN.refusal, scene);
            assertTrue(allProofs(scene.provider).stream()
                    .noneMatch(proof -> proof.claims().containsKey("nonce")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void R108_aNonceOfAMegabyteIsNotSentBack(Endpoint endpoint) {
        try (Scene scene = pushing()) {
            endpoint.of(scene.provider).answers(endpoint.wanting("n".repeat(1 << 20)));
            Page page = scene.logIn("/page");
            assertTrue(page.status() == 502 || page.status() == 503, page::toString);
            assertEquals(1, scene.provider.calls(endpoint.path));
            scene.assertSignedOut();
            scene.assertNextLoginWorks();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"one\r\nX-Other: two", "one\r\n two", "one\rtwo", "one\ntwo"})
    void R108_aNonceWithALineBreakBringsNoHeaderIntoTheNextRequest(String nonce) {
        try (Scene scene = pushing()) {
            String body = "{\"error\":\"use_dpop_nonce\"}";
            scene.provider
                    .token()
                    .sends("HTTP/1.1 400 Scripted\r\nContent-Type: application/json\r\n" + NONCE + ": " + nonce
                            + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
            scene.logIn("/page");

            assertTrue(scene.provider.calls(ScriptedProvider.TOKEN) <= 2);
            for (RecordedRequest request : scene.provider.requests(ScriptedProvider.TOKEN)) {
                assertFalse(request.headers().has("X-Other"));
                assertEquals(1, request.headers().all("DPoP").size());
            }
            assertTrue(allProofs(scene.provider).stream()
                    .map(proof -> proof.claims().get("nonce"))
                    .allMatch(sent -> sent == null || sent.equals("one")));
            scene.assertSignedOut();
            scene.assertNextLoginWorks();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_dpop_proof",
        "400, invalid_grant",
        "401, invalid_client",
        "400, invalid_request",
        "400, USE_DPOP_NONCE",
        "403, use_dpop_nonce",
        "429, use_dpop_nonce"
    })
    void R108_aCodeIsNotSentAgainForAnythingElse(int status, String error) {
        try (Scene scene = pushing()) {
            scene.provider
                    .token()
                    .answers(Reply.json(status, Map.of("error", error)).withHeader(NONCE, "of-no-use"));
            assertRefusedAfter(1, Endpoint.TOKEN, "token_request_refused", scene);
        }
    }

    @Test
    void R108_aCodeIsNotSentAgainWhenTheNonceComesInAnHtmlPage() {
        try (Scene scene = pushing()) {
            scene.provider.token().answers(Reply.html(400, "use_dpop_nonce").withHeader(NONCE, "of-no-use"));
            assertRefusedAfter(1, Endpoint.TOKEN, "token_request_refused", scene);
        }
    }

    @Test
    void R108_withoutAKeyNobodyTriesAgain() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.token().answers(wantingNonce("of-no-use"));
            scene.assertLoginRefused(502, "token_request_refused", 1);
        }
    }

    @Test
    void R108_aNonceIsRememberedForTheNextLogin() {
        ScriptedProvider provider = Assured.dpopProvider().withPushedRequests().withDpopNonces();
        try (Scene scene = Assured.dpop(provider, app -> app.filterParam("pushedAuthorization", "required"))) {
            scene.signedIn();
            List<String> first = callsOfALogin(provider);
            scene.assertSignedIn(Browser.open().navigateFully(scene.url("/home")));
            List<String> both = callsOfALogin(provider);

            assertEquals(
                    List.of(
                            "POST /par",
                            "POST /par",
                            "GET /authorize",
                            "POST /token",
                            "GET /userinfo",
                            "GET /userinfo"),
                    first);
            assertEquals(
                    List.of("POST /par", "GET /authorize", "POST /token", "GET /userinfo"),
                    both.subList(first.size(), both.size()));
        }
    }

    @Test
    void R108_aNonceThatHasBecomeOldCostsOneMoreCall() {
        ScriptedProvider provider = Assured.dpopProvider().withDpopNonces();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            assertAnswered(call(scene, "refreshed"));
            assertEquals(1, provider.refreshCalls());

            provider.renewsDpopNonces();

            assertAnswered(call(scene, "refreshed"));
            assertEquals(3, provider.refreshCalls());
            assertEquals(0, provider.reuses());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void R108_aRefreshTriesOnceMoreAndNoMore(boolean forEver) {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            (forEver ? provider.refresh() : provider.refresh().once()).answers(wantingNonce("the-nonce"));

            Map<String, Object> told = call(scene, "refreshed");

            assertEquals(forEver ? "TOKEN_REQUEST_REFUSED" : null, told.get("failure"), told::toString);
            assertEquals(2, provider.refreshCalls());
            assertEquals(forEver ? 0 : 1, provider.calls(ScriptedProvider.RESOURCE));
        }
    }

    // R109

    @Test
    void R109_theApplicationsCallIsMadeOnceMoreWithTheNonceOfTheResource() {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            provider.resource().once().answers(challenging("of-the-resource"));

            assertAnswered(call(scene, "now"));

            List<ReceivedJwt> proofs = provider.dpopProofs(ScriptedProvider.RESOURCE);
            assertEquals(2, proofs.size());
            assertEquals("of-the-resource", proofs.get(1).claims().get("nonce"));
            assertAnswered(call(scene, "now"));
            assertEquals(3, provider.calls(ScriptedProvider.RESOURCE));
        }
    }

    @Test
    void R109_aResourceThatWantsNoncesForEverIsCalledTwice() {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            provider.resource().answers(challenging("for-ever"));

            assertEquals(401L, call(scene, "now").get("status"));
            assertEquals(2, provider.calls(ScriptedProvider.RESOURCE));
        }
    }

    private static Tokens boundTokens(Scene scene, ApiPage page) {
        scene.signedIn();
        call(scene, "now");
        return page.latest();
    }

    @Test
    void R109_onlyAChallengeForANonceIsOne() {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            Tokens tokens = boundTokens(scene, page);
            URI api = URI.create("https://api.example.com/of-only-a-challenge");
            List<String> wanted = List.of("DPoP error=\"use_dpop_nonce\"");
            List<String> nonce = List.of("n-1");

            assertTrue(tokens.heedNonce(api, 401, Map.of("WWW-Authenticate", wanted, NONCE, nonce)));
            assertTrue(tokens.heedNonce(api, 401, Map.of("www-authenticate", wanted, "dpop-nonce", nonce)));
            assertFalse(tokens.heedNonce(api, 400, Map.of("WWW-Authenticate", wanted, NONCE, nonce)));
            assertFalse(tokens.heedNonce(api, 200, Map.of("WWW-Authenticate", wanted, NONCE, nonce)));
            assertFalse(tokens.heedNonce(api, 401, Map.of("WWW-Authenticate", wanted)));
            assertFalse(tokens.heedNonce(api, 401, Map.of(NONCE, nonce)));
            assertFalse(tokens.heedNonce(
                    api, 401, Map.of("WWW-Authenticate", List.of("DPoP error=\"invalid_token\""), NONCE, nonce)));
            assertFalse(tokens.heedNonce(api, 401, Map.of("WWW-Authenticate", wanted, NONCE, List.of("a", "b"))));
            assertFalse(tokens.heedNonce(api, 401, Map.of("WWW-Authenticate", wanted, NONCE, List.of("a b"))));
        }
    }

    /** What {@code HttpURLConnection.getHeaderFields()} has. */
    @Test
    void R109_aStatusLineAmongTheHeadersDoesNoHarm() {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            Tokens tokens = boundTokens(scene, page);
            Map<@Nullable String, List<String>> headers = new HashMap<>();
            headers.put(null, List.of("HTTP/1.1 401 Unauthorized"));
            headers.put("WWW-Authenticate", List.of("Bearer", "DPoP error=\"use_dpop_nonce\""));
            headers.put(NONCE, List.of("n-2"));

            assertTrue(tokens.heedNonce(URI.create("https://api.example.com/status-line"), 401, withNull(headers)));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> withNull(Map<?, List<String>> headers) {
        return (Map<String, List<String>>) headers;
    }

    @Test
    void R109_theNonceOfAGoodAnswerServesTheNextCallOfThatServerAlone() throws Exception {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            Tokens tokens = boundTokens(scene, page);
            String origin = "https://good-answer.example.com";
            assertFalse(
                    tokens.heedNonce(URI.create(origin + "/things"), 200, Map.of("DPoP-Nonce", List.of("next-one"))));

            assertEquals("next-one", nonceFor(tokens, origin + "/others"));
            assertNull(nonceFor(tokens, "https://other-answer.example.com/things"));
        }
    }

    private static @Nullable Object nonceFor(Tokens tokens, String address) {
        String proof = String.valueOf(tokens.headers("GET", URI.create(address)).get("DPoP"));
        String claims = new String(Base64.getUrlDecoder().decode(proof.split("\\.", 3)[1]), StandardCharsets.UTF_8);
        return Json.object(claims).get("nonce");
    }

    // R110

    @Test
    void R110_theCodeIsBoundByTheKeysNameInTheRequest() {
        try (Scene scene = Assured.dpop()) {
            scene.signedIn();

            assertEquals(
                    List.of(scene.provider.lastAuthorizationRequest().get("dpop_jkt")),
                    Assured.thumbprints(scene.provider, ScriptedProvider.TOKEN));
        }
    }

    @Test
    void R110_theCodeIsBoundByTheKeysNameInASignedRequest() {
        ScriptedProvider provider = Assured.dpopProvider().requiringRequestObjects(TestKeys.p256());
        try (Scene scene = Assured.dpop(
                provider,
                app -> app.filterParam("requestObject", "signed")
                        .filterParam("clientAuthentication", "none")
                        .filterParam("clientKey", ClientJwk.of(TestKeys.p256())))) {
            scene.signedIn();

            assertEquals(
                    List.of(provider.requestObject().get("dpop_jkt")),
                    Assured.thumbprints(provider, ScriptedProvider.TOKEN));
            assertFalse(provider.lastAuthorizationRequest().has("dpop_jkt"));
        }
    }

    @Test
    void R110_theCodeIsBoundByTheProofWithThePushedRequest() {
        try (Scene scene = pushing()) {
            scene.signedIn();

            assertEquals(1, scene.provider.dpopProofs(ScriptedProvider.PAR).size());
            assertEquals(
                    Assured.thumbprints(scene.provider, ScriptedProvider.PAR),
                    Assured.thumbprints(scene.provider, ScriptedProvider.TOKEN));
        }
    }

    /** Whoever gets hold of a code has nothing in it: the provider knows by what key it is to be redeemed. */
    @Test
    void R110_aCodeOfAnotherLoginIsNotRedeemed() {
        try (Scene scene = Assured.dpop()) {
            Url stolen = scene.answered("/page");
            scene.reset();
            Url own = scene.answered("/page");
            String mixed = Scene.bent(
                    own,
                    parameters -> parameters.with("code", stolen.parameters().get("code")));

            scene.assertRefused(scene.browser().navigate(mixed), 502, "token_request_refused");
            assertNotEquals(
                    Scene.asked(scene.begin("/a")).get("dpop_jkt"),
                    Scene.asked(scene.begin("/b")).get("dpop_jkt"));
        }
    }

    @Test
    void R110_withoutKeysNoneIsNamed() {
        try (Scene scene = Scene.open()) {
            assertFalse(Scene.asked(scene.begin("/page")).has("dpop_jkt"));
        }
    }

    // R111

    @Test
    void R111_eachLoginHasAKeyOfItsOwn() {
        try (Scene scene = Assured.dpop()) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                names.add(Scene.asked(scene.begin("/page-" + i)).get("dpop_jkt")); // three tabs of a browser
            }
            for (int i = 0; i < 3; i++) {
                scene.reset();
                names.add(Scene.asked(scene.begin("/page")).get("dpop_jkt"));
            }
            assertEquals(6, Set.copyOf(names).size(), names::toString);
        }
    }

    @Test
    void R111_aLoginThatIsBegunAgainGetsAnotherKey() {
        try (Scene scene = Assured.dpop()) {
            String first = Scene.asked(scene.begin("/page")).get("dpop_jkt");
            scene.provider.token().withStatus(500);
            scene.assertLoginRefused(503, "provider_unreachable", 1);

            List<String> names = Assured.thumbprints(scene.provider, ScriptedProvider.TOKEN);
            assertEquals(2, names.size(), names::toString);
            assertFalse(names.contains(first));
        }
    }

    /** Whatever of the key can be read in a text: it whole, its private value, and that in other alphabets. */
    private static List<String> formsOf(String encoded) {
        byte[] all = Base64.getUrlDecoder().decode(encoded);
        byte[] secret = Arrays.copyOf(all, 32);
        return List.of(
                encoded,
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret),
                Base64.getEncoder().withoutPadding().encodeToString(secret),
                HexFormat.of().formatHex(secret),
                new BigInteger(1, secret).toString());
    }

    @Test
    void R111_theKeyIsNeverSentAndNeverShown() {
        ScriptedProvider provider = Assured.dpopProvider().withDpopNonces();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            scene.signedIn();
            DpopKey key = Objects.requireNonNull(
                    login(scene, scene.browser()).tokens().dpopKey());
            call(scene, "now");
            call(scene, "refreshed");
            provider.refresh().answers(wantingNonce("for-ever"));
            call(scene, "refreshed");
            provider.everywhere().resets();
            call(scene, "refreshed");
            scene.browser().navigate(scene.url("/page?do=throw"));
            scene.browser().navigate(scene.url("/logout"));

            List<String> seen = new ArrayList<>();
            provider.requests().forEach(request -> seen.add(request.text()));
            scene.browser().history().forEach(each -> seen.add(each.text()));
            seen.add(scene.logs.text());
            for (String form : formsOf(key.encoded())) {
                assertTrue(seen.stream().noneMatch(text -> text.contains(form)));
            }
            assertTrue(seen.size() > 10);
        }
    }

    @Test
    void R111_theKeyOfALoginThatFailsIsNotShownEither() {
        try (Scene scene = Assured.dpop()) {
            scene.provider.token().with("token_type", "Bearer");
            Url callback = scene.answered("/page");
            LoginAttempt attempt = new KeptLogin(scene, callback).attempt();
            DpopKey key = Objects.requireNonNull(attempt.dpopKey());
            Page html = scene.browser().navigate(callback.toString());
            scene.assertRefused(html, 502, BOUND);
            Page problem = scene.browser().fetch(scene.url("/api"));

            for (String form : formsOf(key.encoded())) {
                assertFalse(html.text().contains(form));
                assertFalse(problem.text().contains(form));
                assertFalse(scene.logs.text().contains(form));
                assertFalse(attempt.toString().contains(form));
                assertFalse(KeptAttempt.of(attempt).toString().contains(form));
            }
        }
    }

    @Test
    void R111_whatAnApplicationPrintsDoesNotShowIt() {
        ScriptedProvider provider = Assured.dpopProvider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = calling(page, provider)) {
            Tokens tokens = boundTokens(scene, page);
            Login login = login(scene, scene.browser());
            DpopKey key = Objects.requireNonNull(login.tokens().dpopKey());

            for (String form : formsOf(key.encoded())) {
                for (Object printed : List.of(tokens, login, login.user(), key)) {
                    assertFalse(printed.toString().contains(form), printed.getClass()::getName);
                }
                assertFalse(tokens.headers("GET", URI.create("https://api.example.com/"))
                        .toString()
                        .contains(form));
            }
        }
    }

    // R112

    /** An application that proves itself by that certificate, at a provider that takes pushed requests as well. */
    private static Scene withCertificate(TestTls certificate, ApiPage page, ScriptedProvider provider) {
        return Scene.clocked(
                provider.withPushedRequests(),
                app -> Assured.showing(certificate)
                        .apply(app)
                        .servlet("/call", page)
                        .filterParam("pushedAuthorization", "required"));
    }

    private static Scene withCertificate(TestTls certificate) {
        ScriptedProvider provider = Assured.mtlsProvider(certificate);
        return withCertificate(
                certificate, new ApiPage(() -> provider.mtlsAddress(ScriptedProvider.RESOURCE)), provider);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLIENT", "SELF_SIGNED_CLIENT"})
    void R112_theClientNamesItselfAndShowsItsCertificateAndNothingElse(TestTls certificate) throws Exception {
        CountDownLatch revoked = new CountDownLatch(2);
        try (Scene scene = withCertificate(certificate)) {
            scene.provider.revocation().changing(reply -> {
                revoked.countDown();
                return reply;
            });
            scene.signedIn();
            assertAnswered(call(scene, "refreshed"));
            scene.browser().navigate(scene.url("/logout"));
            assertTrue(revoked.await(20, TimeUnit.SECONDS));

            for (String path : List.of(ScriptedProvider.PAR, ScriptedProvider.TOKEN, ScriptedProvider.REVOKE)) {
                assertFalse(scene.provider.requests(path).isEmpty(), path);
                for (RecordedRequest request : scene.provider.requests(path)) {
                    assertEquals("the-client", request.form().get("client_id"));
                    assertEquals(certificate.certificate(), request.certificate());
                    assertFalse(request.headers().has("Authorization"));
                    assertFalse(request.form().has("client_secret"));
                    assertFalse(request.form().has("client_assertion"));
                }
            }
        }
    }

    @Test
    void R112_aSecretBesideTheCertificateIsNotSent() {
        try (Scene scene = Scene.clocked(
                Assured.mtlsProvider(TestTls.CLIENT),
                app -> Assured.showing(TestTls.CLIENT).apply(app).filterParam("clientSecret", "a secret of no use"))) {
            scene.signedIn();

            RecordedRequest request = scene.provider.request(ScriptedProvider.TOKEN);
            assertFalse(request.headers().has("Authorization"));
            assertFalse(request.form().has("client_secret"));
        }
    }

    @Test
    void R112_whereTheProviderKnowsAnotherCertificateTheLogSaysWhatToCheck() {
        try (Scene scene = Scene.clocked(Assured.mtlsProvider(TestTls.CLIENT), Assured.showing(TestTls.OTHER_CLIENT))) {
            Page page = scene.logIn("/page");

            scene.assertCameToNothing(page, 502, "token_request_refused", 1);
            assertTrue(
                    scene.logs
                            .text()
                            .contains("check clientId, keyStore and clientAuthentication (used: tls_client_auth)"),
                    scene.logs::text);
        }
    }

    @Test
    void R112_serversThatAskNobodyAreShownNone() {
        try (Scene scene = withCertificate(TestTls.CLIENT)) {
            scene.signedIn();
            assertTrue(scene.provider.requests(ScriptedProvider.JWKS).stream()
                    .allMatch(request -> request.certificate() == null));
        }
    }

    // R113

    @Test
    void R113_theFilterUsesTokensWithTheCertificate() {
        try (Scene scene = withCertificate(TestTls.CLIENT)) {
            scene.signedIn();
            assertAnswered(call(scene, "refreshed"));

            for (String path : List.of(ScriptedProvider.TOKEN, ScriptedProvider.USERINFO)) {
                for (RecordedRequest request : scene.provider.requests(path)) {
                    assertEquals(TestTls.CLIENT.certificate(), request.certificate(), path);
                }
            }
            assertEquals(1, scene.provider.refreshCalls());
        }
    }

    @Test
    void R113_soDoesTheApplicationAndWhoeverStealsThemCannot() {
        try (Scene scene = withCertificate(TestTls.CLIENT)) {
            scene.signedIn();

            assertAnswered(call(scene, "now"));
            assertEquals(401L, call(scene, "thief").get("status"));

            List<RecordedRequest> requests = scene.provider.requests(ScriptedProvider.RESOURCE);
            assertEquals(TestTls.CLIENT.certificate(), requests.get(0).certificate());
            assertTrue(requests.get(0).header("Authorization").startsWith("Bearer "));
            assertFalse(requests.get(0).headers().has("DPoP"));
        }
    }

    @Test
    void R113_aPublicClientBindsItsTokensAsWell() {
        try (Scene scene = Scene.clocked(
                ScriptedProvider.overMutualTls(TestTls.TRUSTED).requiringCertificates(),
                app -> Assured.showing(TestTls.CLIENT).apply(app).filterParam("clientAuthentication", "none"))) {
            scene.signedIn();
            assertEquals(
                    TestTls.CLIENT.certificate(),
                    scene.provider.request(ScriptedProvider.USERINFO).certificate());
        }
    }

    @Test
    void R113_theContextIsForRequestsOfWhoIsSignedIn() {
        ScriptedProvider provider = Assured.mtlsProvider(TestTls.CLIENT);
        ApiPage page = new ApiPage(() -> provider.mtlsAddress(ScriptedProvider.RESOURCE));
        try (Scene scene = Scene.clocked(
                provider,
                app -> Assured.showing(TestTls.CLIENT)
                        .apply(app)
                        .servlet("/open", page)
                        .filterParam("publicPaths", "/open"))) {
            Map<String, Object> told =
                    scene.browser().navigate(scene.url("/open")).json();
            assertEquals("LOGIN_REQUIRED", told.get("failure"));
        }
    }

    // R114

    private static final String DETAILS = "[{\"type\":\"payment\",\"amount\":\"12.50\"},{\"type\":\"account\"}]";

    private static final List<Map<String, String>> PARSED =
            List.of(Map.of("type", "payment", "amount", "12.50"), Map.of("type", "account"));

    private static Scene detailed(ScriptedProvider provider, ApiPage page, String... params) {
        return Scene.clocked(provider, app -> {
            for (int i = 0; i < params.length; i += 2) {
                app.filterParam(params[i], params[i + 1]);
            }
            return app.servlet("/call", page).filterParam("authorizationDetails", DETAILS);
        });
    }

    private static void assertGranted(Scene scene, ApiPage page) {
        scene.signedIn();
        call(scene, "now");
        assertEquals(PARSED, Json.array(String.valueOf(page.latest().authorizationDetails())));
    }

    @Test
    void R114_detailsAreAskedForInTheAddressAndWhatWasGrantedIsTold() {
        ScriptedProvider provider = ScriptedProvider.start();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = detailed(provider, page)) {
            assertGranted(scene, page);
            assertEquals(PARSED, Json.array(provider.lastAuthorizationRequest().get("authorization_details")));
        }
    }

    @Test
    void R114_detailsArePushed() {
        ScriptedProvider provider = ScriptedProvider.start().requiringPushedRequests();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = detailed(provider, page)) {
            assertGranted(scene, page);
            assertEquals(PARSED, Json.array(provider.pushedRequest().get("authorization_details")));
            assertFalse(provider.lastAuthorizationRequest().has("authorization_details"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "required"})
    void R114_inASignedRequestDetailsAreJsonAndNoText(String pushed) {
        ScriptedProvider provider =
                ScriptedProvider.start().withPushedRequests().requiringRequestObjects(TestKeys.p256());
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = detailed(
                provider,
                page,
                "requestObject",
                "signed",
                "clientKey",
                ClientJwk.of(TestKeys.p256()),
                "clientAuthentication",
                "none",
                "pushedAuthorization",
                pushed)) {
            assertGranted(scene, page);
            assertEquals(PARSED, provider.requestObject().get("authorization_details"));
        }
    }

    @Test
    void R114_whatAnAnswerDoesNotSayIsAsBefore() {
        ScriptedProvider provider = Refreshes.provider();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = detailed(provider, page)) {
            assertGranted(scene, page);
            provider.refresh().without("authorization_details");
            assertAnswered(call(scene, "refreshed"));
            assertEquals(PARSED, Json.array(String.valueOf(page.latest().authorizationDetails())));

            provider.refresh().with("authorization_details", List.of(Map.of("type", "less")));
            assertAnswered(call(scene, "refreshed"));
            assertEquals("[{\"type\":\"less\"}]", page.latest().authorizationDetails());
        }
    }

    private static Stream<@Nullable Object> noDetails() {
        return Stream.of("a text", 7, Map.of("type", "payment"), null);
    }

    @ParameterizedTest
    @MethodSource("noDetails")
    void R114_whatIsNoArrayIsNotTold(@Nullable Object details) {
        ScriptedProvider provider = ScriptedProvider.start();
        ApiPage page = new ApiPage(() -> provider.address(ScriptedProvider.RESOURCE));
        try (Scene scene = detailed(provider, page)) {
            provider.token().with("authorization_details", details);
            scene.signedIn();
            call(scene, "now");
            assertNull(page.latest().authorizationDetails());
        }
    }

    // R115

    private static ScriptedProvider fapiMtlsProvider() {
        return Assured.mtlsProvider(TestTls.CLIENT)
                .withIdTokensFor(Duration.ofDays(3))
                .signingBy(JWSAlgorithm.PS256)
                .requiringPushedRequests();
    }

    /** The requests of a login in their order, without what is asked once for all. */
    private static List<String> callsOfALogin(ScriptedProvider provider) {
        return Assured.calls(provider).stream()
                .filter(call -> !call.contains("/.well-known/") && !call.equals("GET /jwks"))
                .toList();
    }

    @Test
    void R115_aLoginByPrivateKeyMakesTheseCalls() {
        ScriptedProvider provider = Assured.fapiProvider();
        try (Scene scene = Scene.clocked(provider, app -> Assured.fapi(app).filterParam("userinfo", "always"))) {
            scene.signedIn();
            assertEquals(
                    List.of(
                            "GET /.well-known/openid-configuration",
                            "POST /par", // which wants its nonce
                            "POST /par",
                            "GET /authorize",
                            "POST /token",
                            "GET /jwks",
                            "GET /userinfo", // which is another server for what it wants
                            "GET /userinfo"),
                    Assured.calls(provider));
            assertEquals(2, provider.clientAssertions(ScriptedProvider.PAR).size());
            assertEquals(1, provider.clientAssertions(ScriptedProvider.TOKEN).size());
            for (String path : List.of(ScriptedProvider.PAR, ScriptedProvider.TOKEN)) {
                assertTrue(provider.requests(path).stream()
                        .noneMatch(request -> request.headers().has("Authorization")
                                || request.form().has("client_secret")));
            }
        }
    }

    @Test
    void R115_aLoginByCertificateMakesTheseCalls() {
        ScriptedProvider provider = fapiMtlsProvider();
        try (Scene scene = Scene.clocked(
                provider, app -> Assured.showing(TestTls.CLIENT).apply(app).filterParam("profile", "fapi2"))) {
            scene.signedIn();
            assertEquals(
                    List.of(
                            "GET /.well-known/openid-configuration",
                            "POST /par",
                            "GET /authorize",
                            "POST /token",
                            "GET /jwks",
                            "GET /userinfo"),
                    Assured.calls(provider));
            assertEquals(
                    TestTls.CLIENT.certificate(),
                    provider.request(ScriptedProvider.PAR).certificate());
        }
    }

    /** What the filter says where it does not start. */
    private static String refusal(String... params) {
        AppBuilder app =
                App.jetty().filterParam("issuer", "https://login.example.com").filterParam("clientId", "the-client");
        for (int i = 0; i < params.length; i += 2) {
            app.filterParam(params[i], params[i + 1]);
        }
        return String.valueOf(app.startFailing().getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "client_secret_basic", "client_secret_post", "client_secret_jwt"})
    void R115_aClientThatProvesItselfByLessDoesNotStart(String method) {
        String told = refusal(
                "profile",
                "fapi2",
                "clientAuthentication",
                method,
                "clientSecret",
                "a secret of more than thirty-two bytes");
        assertTrue(told.contains("profile=fapi2 wants a client that proves itself by a key"), told);
    }

    // R116

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "bearer", "N_A"})
    void R116_aTokenThatIsNotBoundIsNoLogin(String type) {
        try (Scene scene = Scene.clocked(Assured.fapiProvider(), Assured::fapi)) {
            scene.provider.token().with("token_type", type);
            Page page = scene.logIn("/page");
            scene.assertRefused(page, 502, BOUND);
            scene.assertSignedOut();
            scene.assertNextLoginWorks();
        }
    }

    @Test
    void R116_tokensAreBoundToAKeyUnlessToACertificate() {
        try (Scene scene = Scene.clocked(Assured.fapiProvider(), Assured::fapi)) {
            scene.signedIn();
            assertEquals(
                    List.of(Assured.thumbprints(scene.provider, ScriptedProvider.PAR)),
                    List.of(Assured.thumbprints(scene.provider, ScriptedProvider.TOKEN)));
        }
    }

    @Test
    void R116_toBindThemToNothingIsAContradiction() {
        String told =
                refusal("profile", "fapi2", "clientKey", ClientJwk.of(TestKeys.p256()), "senderConstraint", "none");
        assertTrue(told.contains("profile=fapi2 wants tokens that are bound to a key: write dpop or mtls"), told);
    }

    // R117

    @Test
    void R117_theBrowserCarriesNothingButAReference() {
        try (Scene scene = Scene.clocked(Assured.fapiProvider(), Assured::fapi)) {
            Parameters asked = Scene.asked(scene.begin("/page"));
            assertEquals(Set.of("client_id", "request_uri"), asked.names());
        }
    }

    @Test
    void R117_withoutAPlaceToPushThemToThereIsNoRequest() {
        ScriptedProvider provider = Refreshes.provider()
                .signingBy(JWSAlgorithm.ES256)
                .withClientKey(TestKeys.p256())
                .withDpopNonces();
        try (Scene scene = Scene.clocked(provider, Assured::fapi)) {
            Page page = scene.browser().navigate(scene.url("/page"));
            scene.assertCameToNothing(page, 502, "metadata_invalid", 0);
            assertTrue(scene.logs.text().contains("pushed_authorization_request_endpoint"), scene.logs::text);
            assertEquals(0, provider.calls(ScriptedProvider.AUTHORIZE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"never", "auto"})
    void R117_notToPushIsAContradiction(String pushed) {
        String told =
                refusal("profile", "fapi2", "clientKey", ClientJwk.of(TestKeys.p256()), "pushedAuthorization", pushed);
        assertTrue(told.contains("profile=fapi2 wants every authorization request to be pushed"), told);
    }

    // R118

    @Test
    void R118_anAnswerWithoutIssIsRefusedThoughNonePromisedIt() {
        try (Scene scene = Scene.clocked(Assured.fapiProvider().withoutIssParameter(), Assured::fapi)) {
            Url callback = scene.answered("/page");
            assertFalse(callback.parameters().has("iss"));
            Page page = scene.browser().navigate(callback.toString());
            scene.assertCameToNothing(page, 400, "issuer_missing", 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", ""})
    void R118_soIsAWrongOne(String iss) {
        try (Scene scene = Scene.clocked(Assured.fapiProvider(), Assured::fapi)) {
            scene.assertForgeryRefused(
                    parameters -> parameters.with("iss", iss), iss.isEmpty() ? "issuer_missing" : "issuer_mismatch");
        }
    }

    // R119

    private static final String GCM = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

    private static final String CBC = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256";

    private static final String OF_13 = "TLS_AES_128_GCM_SHA256";

    /** What is agreed with an application that asks this server for its metadata. */
    private static List<String> agreed(NarrowTlsServer server, String... params) {
        AppBuilder builder = App.jetty()
                .filterParam("issuer", server.origin())
                .filterParam("clientId", "the-client")
                .filterParam("clientKey", ClientJwk.of(TestKeys.p256()))
                .filterParam("httpTimeout", "PT5S")
                .filterParam("trustedCertificates", TestTls.caPem());
        for (int i = 0; i < params.length; i += 2) {
            builder.filterParam(params[i], params[i + 1]);
        }
        try (App app = builder.start();
                Browser browser = Browser.open()) {
            assertTrue(browser.navigate(app.url("/page")).status() >= 500);
        }
        return server.agreed();
    }

    @Test
    void R119_byNoCipherThatIsNotRecommendedIsAnythingSaid() {
        try (NarrowTlsServer server = new NarrowTlsServer(List.of("TLSv1.2"), List.of(CBC))) {
            assertEquals(List.of(), agreed(server, "profile", "fapi2"));
        }
    }

    @Test
    void R119_byARecommendedOneItIs() {
        try (NarrowTlsServer server = new NarrowTlsServer(List.of("TLSv1.2"), List.of(CBC, GCM))) {
            assertEquals("TLSv1.2 " + GCM, agreed(server, "profile", "fapi2").get(0));
        }
    }

    @Test
    void R119_tls13IsPreferred() {
        try (NarrowTlsServer server = new NarrowTlsServer(List.of("TLSv1.2", "TLSv1.3"), List.of(GCM, OF_13))) {
            assertEquals("TLSv1.3 " + OF_13, agreed(server, "profile", "fapi2").get(0));
        }
    }

    @Test
    void R119_withoutTheProfileItIsTheJvmThatChooses() {
        try (NarrowTlsServer server = new NarrowTlsServer(List.of("TLSv1.2"), List.of(CBC))) {
            assertEquals("TLSv1.2 " + CBC, agreed(server).get(0));
        }
    }

    // R120

    @Test
    void R120_allContradictionsAreToldTogetherWithAllElse() {
        String told = refusal(
                "profile",
                "fapi2",
                "clientAuthentication",
                "client_secret_basic",
                "clientSecret",
                "a secret of some length",
                "pushedAuthorization",
                "never",
                "senderConstraint",
                "none",
                "idTokenSignedResponseAlg",
                "RS256",
                "allowInsecureHttp",
                "true",
                "clockSkew",
                "soon");
        assertTrue(told.contains("because of 6 problems"), told);
        for (String wanted : List.of(
                "wants a client that proves itself by a key",
                "wants every authorization request to be pushed",
                "wants tokens that are bound to a key",
                "wants ID tokens that are signed by PS256, ES256 or EdDSA",
                "wants https: remove allowInsecureHttp",
                "clockSkew")) {
            assertTrue(told.contains(wanted), told);
        }
        assertFalse(told.contains("a secret of some length"), told);
    }

    // R121

    /** A way to encrypt an ID token that must not be opened. */
    private enum Unopened {
        BY_RSA1_5 {
            @Override
            String of(String token) {
                return Jwes.to(Jwes.RSA, "RSA1_5", token, header -> header);
            }
        },
        BY_A_SHARED_KEY {
            @Override
            String of(String token) {
                return Jwes.direct(token);
            }
        },
        BY_ANOTHER_HASH_THAN_ANY_PROVIDER_HAS {
            @Override
            String of(String token) {
                return Jwes.to(Jwes.RSA, "RSA-OAEP-512", token, header -> header);
            }
        },
        COMPRESSED {
            @Override
            String of(String token) {
                return Jwes.to(
                        Jwes.RSA, "RSA-OAEP", token, header -> header.compressionAlgorithm(CompressionAlgorithm.DEF));
            }
        },
        TO_ANOTHER_KEY_OF_THE_SAME_NAME {
            @Override
            String of(String token) {
                return Jwes.to(Jwes.OTHERS, token);
            }
        },
        TO_A_KEY_OF_ANOTHER_NAME {
            @Override
            String of(String token) {
                return Jwes.to(Jwes.RSA, "RSA-OAEP", token, header -> header.keyID("of-last-year"));
            }
        },
        WITH_ANOTHER_HEADER {
            @Override
            String of(String token) {
                return Jwes.tampered(Jwes.to(Jwes.RSA, token), 0);
            }
        },
        WITH_ANOTHER_KEY {
            @Override
            String of(String token) {
                return Jwes.tampered(Jwes.to(Jwes.RSA, token), 1);
            }
        },
        WITH_OTHER_CONTENT {
            @Override
            String of(String token) {
                return Jwes.tampered(Jwes.to(Jwes.EC, token), 3);
            }
        },
        WITH_ANOTHER_TAG {
            @Override
            String of(String token) {
                return Jwes.tampered(Jwes.to(Jwes.EC, token), 4);
            }
        };

        abstract String of(String token);
    }

    private static Scene decrypting(String... params) {
        return Scene.clocked(app -> {
            for (int i = 0; i < params.length; i += 2) {
                app.filterParam(params[i], params[i + 1]);
            }
            return app.filterParam("clientKey", Jwes.clientKeys()).filterParam("clientAuthentication", "none");
        });
    }

    @ParameterizedTest
    @EnumSource
    void R121_anIdTokenThatIsEncryptedSoIsNotOpened(Unopened way) {
        try (Scene scene = decrypting()) {
            scene.provider.idToken().changed(way::of);
            scene.assertLoginRefused(502, "id_token_encryption", 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void R121_norIsUserinfo(Unopened way) {
        try (Scene scene = decrypting("userinfo", "always")) {
            scene.provider.userinfo().changing(reply -> Reply.of(200, "application/jwt", way.of(reply.body())));
            scene.assertLoginRefused(502, "userinfo_invalid", 1);
        }
    }

    @Test
    void R121_withoutAKeyNothingIsOpened() {
        try (Scene scene = Scene.clocked(app -> app)) {
            scene.provider.idToken().changed(token -> Jwes.to(Jwes.RSA, token));
            scene.assertLoginRefused(502, "id_token_encryption", 1);
            assertTrue(scene.logs.text().contains("give clientKey the private key"), scene.logs::text);
        }
    }

    @Test
    void R121_aKeyThatIsForSignaturesOpensNothing() {
        SigningKey key = TestKeys.p256();
        try (Scene scene = Scene.clocked(
                app -> app.filterParam("clientKey", ClientJwk.of(key).replaceFirst("\\{", "{\"use\":\"sig\","))
                        .filterParam("clientAuthentication", "none"))) {
            scene.provider.idToken().changed(token -> Jwes.to(parsed(key), token));
            scene.assertLoginRefused(502, "id_token_encryption", 1);
        }
    }

    private static JWK parsed(SigningKey key) {
        try {
            return JWK.parse(key.publicJwk());
        } catch (ParseException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void R121_encryptionIsNoSignature() {
        try (Scene scene = decrypting()) {
            scene.provider.idToken().unsigned().changed(token -> Jwes.to(Jwes.RSA, token));
            scene.assertLoginRefused(502, "id_token_malformed", 1);
        }
    }

    @Test
    void R121_claimsThatAreOnlyEncryptedAreNone() {
        try (Scene scene = decrypting()) {
            scene.provider.idToken().changed(token -> Jwes.to(Jwes.RSA, payload(token)));
            scene.assertLoginRefused(502, "id_token_malformed", 1);
        }
    }

    private static String payload(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]), StandardCharsets.UTF_8);
    }

    @Test
    void R121_whatIsEncryptedTwiceIsOpenedOnce() {
        try (Scene scene = decrypting()) {
            scene.provider.idToken().changed(token -> Jwes.to(Jwes.RSA, Jwes.to(Jwes.EC, token)));
            scene.assertLoginRefused(502, "id_token_malformed", 1);
        }
    }

    /** Everybody has the client's public key, so that a stranger can put anything into an envelope for it. */
    @Test
    void R121_aGenuineTokenOfAnotherLoginInAnEnvelopeOfAStrangersIsRefused() {
        List<String> genuine = new ArrayList<>();
        try (Scene scene = decrypting()) {
            scene.provider.idToken().changed(token -> {
                genuine.add(token);
                return Jwes.to(Jwes.RSA, genuine.get(0));
            });
            scene.assertSignedIn(scene.logIn("/page"));
            Browser other = Browser.open();

            Page page = other.navigateFully(scene.url("/page"));

            scene.assertRefused(page, 502, "id_token_nonce");
            scene.assertSignedOut(other);
            assertEquals(2, genuine.size());
        }
    }
}
