package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.JsonEndpoint;
import io.github.pkceauth.testkit.LoginState;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.ReceivedJwt;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.Reply;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TokenScript;
import io.github.pkceauth.testkit.Url;
import jakarta.servlet.ServletException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R92 to R103: requests that are pushed, requests that are signed, and answers that are signed. */
class SignedRequestRulesTest {

    /** The client's own, which the provider does not publish as one of its. */
    private static final SigningKey KEY = SigningKey.generate("the-clients", JWSAlgorithm.ES256);

    private static final SigningKey OTHER = SigningKey.generate("the-clients", JWSAlgorithm.ES256);

    private static final String SECRET = "a secret of the client's, long & odd: 100% + more";

    /** What a hostile link carries. */
    private static final String HOSTILE = "client_id=evil&redirect_uri=https%3A%2F%2Fevil.example%2F&scope=admin"
            + "&state=fixed&nonce=fixed&request=eyJ9&request_uri=https%3A%2F%2Fevil.example&response_mode=query"
            + "&aud=evil&login_hint=evil&prompt=none&resource=evil";

    private static final Set<String> AUTHENTICATION =
            Set.of("client_id", "client_secret", "client_assertion", "client_assertion_type");

    /** A way to answer a pushed request, and what it is called. */
    private record Answer(String what, Consumer<JsonEndpoint> script) {
        @Override
        public String toString() {
            return what;
        }
    }

    /** A way to forge a signed answer, and what it is called. */
    private record Forgery(String what, Consumer<TokenScript> script) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Scene pushing(ScriptedProvider provider) {
        return pushing(provider, app -> app);
    }

    private static Scene pushing(ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        return Scene.against(
                provider.requiringPushedRequests(), app -> more.apply(app.filterParam("httpTimeout", "PT2S")));
    }

    private static int pushes(Scene scene) {
        return scene.provider.calls(ScriptedProvider.PAR);
    }

    // R92

    @Test
    void R92_aPrivateKeyProvesTheClientByAnAssertionThatIsNewEachTime() {
        try (Scene scene = pushing(
                ScriptedProvider.start().withClientKey(KEY), app -> app.filterParam("clientKey", ClientJwk.of(KEY)))) {
            scene.begin("/first");
            scene.assertSignedIn(scene.logIn("/second"));

            List<ReceivedJwt> assertions = new ArrayList<>(scene.provider.clientAssertions(ScriptedProvider.PAR));
            assertEquals(2, assertions.size());
            assertions.addAll(scene.provider.clientAssertions(ScriptedProvider.TOKEN));
            assertEquals(3, assertions.size());
            Set<Object> ids = new HashSet<>();
            for (ReceivedJwt assertion : assertions) {
                assertEquals("the-client", assertion.claims().get("iss"));
                assertEquals("the-client", assertion.claims().get("sub"));
                assertEquals(scene.provider.issuer(), assertion.claims().get("aud"));
                assertTrue(ids.add(assertion.claims().get("jti")));
            }
        }
    }

    @Test
    void R92_theSecretGoesWhereItGoesAtTheTokenEndpoint() {
        try (Scene scene = pushing(ScriptedProvider.start().withClientSecret(SECRET))) {
            scene.assertSignedIn(scene.logIn("/page"));
            RecordedRequest push = scene.provider.request(ScriptedProvider.PAR);
            assertEquals(
                    scene.provider.request(ScriptedProvider.TOKEN).header("Authorization"),
                    push.header("Authorization"));
            assertFalse(push.form().has("client_secret"));
            assertFalse(push.form().has("client_assertion"));
        }
    }

    @Test
    void R92_aSecretInTheBodyIsInTheBody() {
        try (Scene scene = pushing(
                ScriptedProvider.start().withClientSecret(SECRET),
                app -> app.filterParam("clientAuthentication", "client_secret_post"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            RecordedRequest push = scene.provider.request(ScriptedProvider.PAR);
            assertEquals(SECRET, push.form().get("client_secret"));
            assertFalse(push.headers().has("Authorization"));
            assertEquals("", push.rawQuery());
        }
    }

    @Test
    void R92_aSecretThatSignsIsNotSentItself() {
        try (Scene scene = pushing(
                ScriptedProvider.start().withClientSecret(SECRET).withSecretJwt(),
                app -> app.filterParam("clientAuthentication", "client_secret_jwt"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            List<ReceivedJwt> assertions = scene.provider.clientAssertions(ScriptedProvider.PAR);
            assertEquals("HS256", assertions.get(0).header().get("alg"));
            assertFalse(scene.provider.request(ScriptedProvider.PAR).headers().has("Authorization"));
            assertFalse(scene.provider.pushedRequest().has("client_secret"));
        }
    }

    @Test
    void R92_aPublicClientNamesItselfAndProvesNothing() {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            scene.assertSignedIn(scene.logIn("/page"));
            RecordedRequest push = scene.provider.request(ScriptedProvider.PAR);
            assertEquals("POST", push.method());
            assertEquals("the-client", push.form().get("client_id"));
            assertFalse(push.headers().has("Authorization"));
            assertFalse(push.form().has("client_assertion"));
        }
    }

    @Test
    void R92_aRefusedProofIsToldAndNotTriedAgain() {
        try (Scene scene = pushing(
                ScriptedProvider.start().withClientKey(OTHER),
                app -> app.filterParam("clientKey", ClientJwk.of(KEY)))) {
            Page page = scene.logIn("/wanted");
            scene.assertCameToNothing(page, 502, "authorization_request_refused", 0);
            assertEquals(1, pushes(scene));
            assertEquals(0, scene.provider.calls(ScriptedProvider.AUTHORIZE));
            assertTrue(scene.logs.text().contains("invalid_client"), scene.logs::text);
            assertTrue(scene.logs.text().contains("clientKey (and this server's clock)"), scene.logs::text);
        }
    }

    // R93

    @Test
    void R93_nothingIsInAPushedRequestTwice() {
        try (Scene scene = pushing(
                ScriptedProvider.start().withClientKey(KEY),
                app -> app.filterParam("clientKey", ClientJwk.of(KEY))
                        .filterParam("audience", "https://api.example.com")
                        .filterParam("responseMode", "jwt")
                        .filterParam("authorizationParameters", "prompt=login")
                        .filterParam("authorizationDetails", "[{\"type\":\"payment\"}]")
                        .filterParam("forwardedParameters", "login_hint ui_locales")
                        .filterParam("acrValues", "gold")
                        .filterParam("maxAge", "PT5M"))) {
            scene.browser().navigate(scene.url("/login?login_hint=alice&ui_locales=fr"));
            Parameters pushed = scene.provider.pushedRequest();
            assertEquals(pushed.names().size(), pushed.entries().size(), pushed::toString);
            assertTrue(pushed.names().containsAll(List.of("acr_values", "max_age", "login_hint", "prompt")));
            assertEquals("fr", pushed.get("ui_locales"));
        }
    }

    @Test
    void R93_severalResourcesAreTheOnlyExceptionAndNoneOfThemComesTwice() {
        try (Scene scene = pushing(
                ScriptedProvider.start(),
                app -> app.filterParam("resource", "https://one.example.com https://two.example.com"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            Parameters pushed = scene.provider.pushedRequest();
            assertEquals(List.of("https://one.example.com", "https://two.example.com"), pushed.all("resource"));
            assertEquals(pushed.names().size() + 1, pushed.entries().size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login?", "/page?", "/callback?"})
    void R93_noLinkBringsARequestUriIntoAPushedRequest(String path) {
        try (Scene scene = pushing(
                ScriptedProvider.start(), app -> app.filterParam("forwardedParameters", "login_hint ui_locales"))) {
            scene.browser().clickFrom("https://evil.example/", scene.url(path + HOSTILE));
            Parameters pushed = scene.provider.pushedRequest();
            assertFalse(pushed.has("request_uri"), pushed::toString);
            assertFalse(pushed.has("request"), pushed::toString);
            assertEquals(pushed.names().size(), pushed.entries().size());
            assertEquals("the-client", pushed.get("client_id"));
        }
    }

    @Test
    void R93_aSignedRequestIsPushedWithNothingBesideItButTheProof() {
        try (Scene scene = pushing(ScriptedProvider.start().withClientKey(KEY).requiringRequestObjects(), signed())) {
            scene.assertSignedIn(scene.logIn("/page"));
            Parameters pushed = scene.provider.pushedRequest();
            assertEquals(Set.of("client_id", "request", "client_assertion", "client_assertion_type"), pushed.names());
            assertEquals(4, pushed.entries().size());
            assertFalse(scene.provider.requestObject().containsKey("request_uri"));
            assertFalse(scene.provider.requestObject().containsKey("request"));
            assertTrue(AUTHENTICATION.stream()
                    .noneMatch(name -> !name.equals("client_id")
                            && scene.provider.requestObject().containsKey(name)));
            assertEquals(
                    Set.of("client_id", "request_uri"),
                    scene.provider.lastAuthorizationRequest().names());
        }
    }

    // R94

    private static Stream<Answer> answersWithoutAUsableRequestUri() {
        return Stream.of(
                new Answer("none", pushed -> pushed.without("request_uri")),
                new Answer("null", pushed -> pushed.with("request_uri", null)),
                new Answer("a number", pushed -> pushed.with("request_uri", 7)),
                new Answer("an array", pushed -> pushed.with("request_uri", List.of("urn:x"))),
                new Answer("an object", pushed -> pushed.with("request_uri", Map.of("urn", "x"))),
                new Answer("empty", pushed -> pushed.with("request_uri", "")),
                new Answer("a blank", pushed -> pushed.with("request_uri", " ")),
                new Answer("with a blank", pushed -> pushed.with("request_uri", "urn:a b")),
                new Answer("with a blank at its end", pushed -> pushed.with("request_uri", "urn:x ")),
                new Answer("with a line break", pushed -> pushed.with("request_uri", "urn:x\r\nSet-Cookie: a=b")),
                new Answer("with a line feed at its end", pushed -> pushed.with("request_uri", "urn:x\n")),
                new Answer("with a tab", pushed -> pushed.with("request_uri", "urn:\tx")),
                new Answer("with a zero", pushed -> pushed.with("request_uri", "urn:x\u0000")),
                new Answer("beyond ASCII", pushed -> pushed.with("request_uri", "urn:ü")),
                new Answer("endless", pushed -> pushed.with("request_uri", "urn:" + "x".repeat(10_000))),
                new Answer(
                        "by another name",
                        pushed -> pushed.without("request_uri").with("Request_uri", "urn:x")),
                new Answer("no body", pushed -> pushed.answers(201, "application/json", "")),
                new Answer("JSON null", pushed -> pushed.answers(201, "application/json", "null")),
                new Answer("an array for a body", pushed -> pushed.answers(201, "application/json", "[\"urn:x\"]")),
                new Answer("a page", pushed -> pushed.answers(201, "text/html", "<html>request_uri: urn:x</html>")),
                new Answer(
                        "twice",
                        pushed -> pushed.answers(
                                201, "application/json", "{\"request_uri\":\"urn:x\",\"request_uri\":\"urn:y\"}")));
    }

    @ParameterizedTest
    @MethodSource("answersWithoutAUsableRequestUri")
    void R94_anAnswerWithoutAUsableRequestUriSendsNobodyAnywhere(Answer answer) {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            answer.script().accept(scene.provider.pushed());
            scene.assertNoLoginBegins(502, "authorization_request_refused");
        }
    }

    private static Stream<Answer> refusals() {
        return Stream.of(
                refusal(400, "invalid_request"),
                refusal(400, "invalid_redirect_uri"),
                refusal(401, "invalid_client"),
                refusal(403, "access_denied"),
                refusal(405, "invalid_request"),
                refusal(413, "invalid_request"),
                new Answer("400 with a request_uri", pushed -> pushed.withStatus(400)),
                new Answer("202 with a request_uri", pushed -> pushed.withStatus(202)),
                new Answer("400 without a word", pushed -> pushed.answers(400, "text/plain", "")),
                new Answer("404 with a page", pushed -> pushed.answers(404, "text/html", "<html>nothing</html>")),
                new Answer(
                        "400 with odd members",
                        pushed -> pushed.answers(
                                400, "application/json", "{\"error\":{\"a\":1},\"error_description\":[2]}")));
    }

    private static Answer refusal(int status, String error) {
        return new Answer(
                status + " " + error,
                pushed -> pushed.answers(
                        Reply.json(status, Map.of("error", error, "error_description", "no <b>" + error + "</b>"))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void R94_aRefusedPushSendsNobodyAnywhere(Answer answer) {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            answer.script().accept(scene.provider.pushed());
            Page page = scene.assertNoLoginBegins(502, "authorization_request_refused");
            assertFalse(page.body().contains("<b>"), page::body);
            // One for the refused, one for the next; and no one else than the next has been at the provider.
            assertEquals(2, pushes(scene));
            assertEquals(1, scene.provider.calls(ScriptedProvider.AUTHORIZE));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void R94_noRedirectIsFollowed(int status) {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            scene.provider.pushed().redirectsTo(status, scene.provider.address("/elsewhere"));
            scene.assertNoLoginBegins(502, "authorization_request_refused");
            assertEquals(0, scene.provider.calls("/elsewhere"));
        }
    }

    private static Stream<Answer> outages() {
        return Stream.of(
                new Answer("500", pushed -> pushed.withStatus(500)),
                new Answer("503", pushed -> pushed.answers(503, "text/html", "<html>later</html>")),
                new Answer("429", pushed -> pushed.answers(429, "application/json", "{\"error\":\"slow_down\"}")),
                new Answer("a hang", JsonEndpoint::hangs),
                new Answer("a hang within the body", JsonEndpoint::hangsWithinBody),
                new Answer("byte by byte", pushed -> pushed.drips(Duration.ofMillis(200))),
                new Answer("a reset", JsonEndpoint::resets),
                new Answer("a close", JsonEndpoint::closes),
                new Answer("half an answer", JsonEndpoint::truncates));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void R94_anOutageSendsNobodyAnywhere(Answer answer) {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            answer.script().accept(scene.provider.pushed());
            Page page = scene.assertNoLoginBegins(503, "provider_unreachable");
            assertTrue(page.headers().has("Retry-After"));
            assertEquals(2, pushes(scene));
        }
    }

    @Test
    void R94_anEndlessAnswerSendsNobodyAnywhere() {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            scene.provider.pushed().huge(64L * 1024 * 1024);
            Page page = scene.logIn("/wanted");
            assertTrue(page.status() >= 500, page::toString);
            assertEquals(0, scene.provider.calls(ScriptedProvider.AUTHORIZE));
            scene.assertSignedOut();
            scene.assertNextLoginWorks();
        }
    }

    @Test
    void R94_theStatusOfAnOkayIsTakenAsWell() {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            scene.provider.pushed().withStatus(200);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/?a=b&client_id=evil&redirect_uri=https://evil.example#fragment",
                "javascript:alert(1)",
                "urn:x&state=fixed",
                "urn:x%26state=fixed",
                "urn:\"><script>",
                "//evil.example"
            })
    void R94_anOddRequestUriStaysOneParameter(String odd) {
        try (Scene scene = pushing(ScriptedProvider.start())) {
            scene.provider.pushed().with("request_uri", odd);
            Page begun = scene.begin("/page");
            Parameters front = Scene.asked(begun);
            assertEquals(odd, front.get("request_uri"));
            assertEquals(Set.of("client_id", "request_uri"), front.names());
            assertEquals("the-client", front.get("client_id"));
            assertFalse(begun.location().contains("#"), begun::location);
        }
    }

    /** Some providers like to say what was wrong by quoting it. */
    @Test
    void R94_whatARefusalQuotesOfTheRequestIsNotPrinted() {
        try (Scene scene = pushing(
                ScriptedProvider.start().withClientKey(KEY), app -> app.filterParam("clientKey", ClientJwk.of(KEY)))) {
            scene.provider.pushed().changing(honest -> quoted(scene, ""));
            assertNothingQuoted(scene, "client_assertion");
        }
    }

    @Test
    void R94_norIsAQuotedSecret() {
        try (Scene scene = pushing(ScriptedProvider.start().withClientSecret(SECRET))) {
            scene.provider.pushed().changing(honest -> {
                String basic = scene.provider.request(ScriptedProvider.PAR).header("Authorization");
                return quoted(scene, SECRET + " " + basic + " ");
            });
            assertNothingQuoted(scene, "state");
            String basic = scene.provider.request(ScriptedProvider.PAR).header("Authorization");
            assertFalse(scene.logs.text().contains(basic.substring("Basic ".length())), scene.logs::text);
            assertFalse(scene.logs.text().contains(SECRET), scene.logs::text);
        }
    }

    private static Reply quoted(Scene scene, String more) {
        Parameters pushed = scene.provider.pushedRequest();
        String all = more + pushed.get("state") + " " + pushed.get("nonce");
        for (String assertion : pushed.all("client_assertion")) {
            all += " " + assertion;
        }
        return Reply.json(400, Map.of("error", "invalid_request", "error_description", "what is this: " + all));
    }

    /** Not even the beginning of what is longer than a line of the log may be. */
    private static void assertNothingQuoted(Scene scene, String further) {
        Page page = scene.browser().navigate(scene.url("/wanted"));
        scene.assertCameToNothing(page, 502, "authorization_request_refused", 0);
        assertTrue(scene.logs.text().contains("what is this"), scene.logs::text);
        for (String name : List.of("state", "nonce", further)) {
            String secret = scene.provider.pushedRequest().get(name).substring(0, 40);
            assertFalse(scene.logs.text().contains(secret), scene.logs::text);
            assertFalse(page.text().contains(secret), page::text);
        }
    }

    // R95

    @Test
    void R95_whereNothingIsSaidRequestsArePushedIfTheProviderDemandsIt() {
        try (Scene scene = Scene.against(ScriptedProvider.start().requiringPushedRequests())) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(1, pushes(scene));
        }
    }

    @Test
    void R95_otherwiseTheyAreNot() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withPushedRequests())) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(0, pushes(scene));
        }
    }

    @Test
    void R95_aDeploymentCanHaveThemPushedThoughNobodyDemandsIt() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().withPushedRequests(),
                app -> app.filterParam("pushedAuthorization", "required"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(1, pushes(scene));
            assertEquals(
                    Set.of("client_id", "request_uri"),
                    scene.provider.lastAuthorizationRequest().names());
        }
    }

    @Test
    void R95_aDeploymentThatForbidsThemIsToldWhereTheProviderDemandsThem() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().requiringPushedRequests(),
                app -> app.filterParam("pushedAuthorization", "never"))) {
            assertNobodyIsSentAnywhere(scene, "pushedAuthorization is never: write auto");
        }
    }

    @Test
    void R95_aDeploymentThatForbidsThemGetsNoneWhereTheyAreOptional() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().withPushedRequests(),
                app -> app.filterParam("pushedAuthorization", "never"))) {
            scene.assertSignedIn(scene.logIn("/page"));
            assertEquals(0, pushes(scene));
        }
    }

    @Test
    void R95_aProviderThatDemandsThemAndDoesNotSayWhereGetsNoOther() {
        try (Scene scene = Scene.against(ScriptedProvider.start().requiringPushedRequests())) {
            scene.provider.metadata().without("pushed_authorization_request_endpoint");
            assertNobodyIsSentAnywhere(scene, "no usable pushed_authorization_request_endpoint");
        }
    }

    @Test
    void R95_aDeploymentThatWantsThemGetsNoOtherWhereTheProviderHasNoEndpoint() {
        try (Scene scene =
                Scene.against(ScriptedProvider.start(), app -> app.filterParam("pushedAuthorization", "required"))) {
            assertNobodyIsSentAnywhere(scene, "pushed_authorization_request_endpoint");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://login.example.com/par", "https://login.example.com/par#x", "/par", "javascript:x"})
    void R95_requestsAreNotPushedToWhatIsNoHttpsAddress(String address) {
        try (Scene scene = Scene.against(ScriptedProvider.start().requiringPushedRequests())) {
            scene.provider.metadata().with("pushed_authorization_request_endpoint", address);
            assertNobodyIsSentAnywhere(scene, "pushed_authorization_request_endpoint");
        }
    }

    private static void assertNobodyIsSentAnywhere(Scene scene, String told) {
        Page page = scene.browser().navigate(scene.url("/wanted"));
        scene.assertCameToNothing(page, 502, "metadata_invalid", 0);
        assertTrue(scene.logs.text().contains(told), scene.logs::text);
        assertEquals(0, scene.app.sessions().created());
        assertEquals(0, pushes(scene));
        assertEquals(0, scene.provider.calls(ScriptedProvider.AUTHORIZE));
    }

    // R96

    @Test
    void R96_aSlowProviderHasSoManyPushesToAnswerAtOnceAndNoMore() throws Exception {
        int visitors = 40;
        int atOnce = 32;
        ExecutorService threads = Executors.newFixedThreadPool(visitors);
        try (Scene scene = Scene.against(ScriptedProvider.start().requiringPushedRequests())) {
            scene.signedIn();
            int before = pushes(scene);
            int sessions = scene.app.sessions().created();
            Gate gate = scene.provider.pushed().waits();
            List<Future<Page>> waiting = new ArrayList<>();
            for (int i = 0; i < atOnce; i++) {
                waiting.add(threads.submit(() -> visit(scene)));
                gate.awaitArrival();
            }
            for (int i = atOnce; i < visitors; i++) {
                Page page = threads.submit(() -> visit(scene)).get(30, TimeUnit.SECONDS);
                scene.assertRefused(page, 503, "too_many_logins");
                assertEquals("5", page.header("Retry-After"));
                assertEquals(List.of(), page.cookiesSet());
            }
            assertEquals(before + atOnce, pushes(scene));
            assertEquals(sessions, scene.app.sessions().created());
            scene.assertSignedIn(scene.browser().navigate(scene.url("/page")));

            gate.open();
            for (Future<Page> visitor : waiting) {
                scene.assertSentToProvider(visitor.get(30, TimeUnit.SECONDS));
            }
            scene.assertSentToProvider(visit(scene));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each has its own connection, as strangers do. */
    private static Page visit(Scene scene) {
        try (Browser stranger = Browser.withoutCookies()) {
            return stranger.navigate(scene.url("/page"));
        }
    }

    @Test
    void R96_aFloodOfVisitorsCausesABoundedNumberOfPushes() throws Exception {
        int reserve = 500;
        int perSecond = 50;
        int threads = 8;
        int each = 150;
        ExecutorService visitors = Executors.newFixedThreadPool(threads);
        try (Scene scene = Scene.against(ScriptedProvider.start().requiringPushedRequests())) {
            scene.begin("/first");
            long began = System.nanoTime();
            List<Future<Set<Integer>>> floods = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                floods.add(visitors.submit(() -> statuses(scene, each)));
            }
            Set<Integer> seen = new HashSet<>();
            for (Future<Set<Integer>> flood : floods) {
                seen.addAll(flood.get(60, TimeUnit.SECONDS));
            }
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
            assertTrue(Set.of(302, 503).containsAll(seen), seen::toString);
            int pushes = pushes(scene);
            assertTrue(pushes <= reserve + perSecond * seconds, () -> pushes + " in " + seconds + " seconds");
        } finally {
            visitors.shutdownNow();
        }
    }

    private static Set<Integer> statuses(Scene scene, int visits) {
        Set<Integer> statuses = new HashSet<>();
        try (Browser stranger = Browser.withoutCookies()) {
            for (int i = 0; i < visits; i++) {
                statuses.add(stranger.navigate(scene.url("/page")).status());
            }
        }
        return statuses;
    }

    @Test
    void R96_failedPushesDoNotUseUpThePlacesOfOthers() {
        try (Scene scene = Scene.against(ScriptedProvider.start().requiringPushedRequests())) {
            scene.provider.pushed().resets();
            for (int i = 0; i < 40; i++) {
                assertEquals(503, visit(scene).status());
            }
            assertFalse(scene.logs.text().contains("too_many_logins"));
            scene.assertNextLoginWorks();
        }
    }

    @Test
    void R96_scriptsAndPrefetchesPushNothing() {
        try (Scene scene = Scene.against(ScriptedProvider.start().requiringPushedRequests());
                Browser stranger = Browser.withoutCookies()) {
            assertEquals(401, stranger.fetch(scene.url("/api")).status());
            stranger.request(scene.url("/page"))
                    .header("Accept", "text/html")
                    .header("Sec-Purpose", "prefetch")
                    .send();
            stranger.request(scene.url("/login"))
                    .header("Accept", "text/html")
                    .header("Sec-Purpose", "prefetch")
                    .send();
            stranger.fetch(scene.url("/callback?code=x&state=y"));
            assertEquals(0, pushes(scene));
        }
    }

    // R97

    private static UnaryOperator<AppBuilder> signed() {
        return signed(KEY);
    }

    private static UnaryOperator<AppBuilder> signed(SigningKey key) {
        return app -> app.filterParam("clientKey", ClientJwk.of(key)).filterParam("requestObject", "signed");
    }

    private static Scene signing() {
        return signing(app -> app);
    }

    private static Scene signing(UnaryOperator<AppBuilder> more) {
        return Scene.against(
                ScriptedProvider.start().withClientKey(KEY).requiringRequestObjects(),
                app -> more.apply(signed().apply(app)));
    }

    private static String object(Page begun) {
        return Scene.asked(begun).get("request");
    }

    @Test
    void R97_aRequestObjectIsOfItsTypeFromThisClientToThisIssuer() {
        try (Scene scene = signing()) {
            String object = object(scene.begin("/page"));
            assertEquals(
                    Map.of("typ", "oauth-authz-req+jwt", "alg", "ES256", "kid", KEY.kid()), Scene.headerOf(object));
            Map<String, Object> claims = Scene.claimsOf(object);
            assertEquals("the-client", claims.get("iss"));
            assertEquals("the-client", claims.get("client_id"));
            assertEquals(scene.provider.issuer(), claims.get("aud"));
            assertFalse(claims.containsKey("sub"), "RFC 9101 section 10.8: it must not do as a client assertion");
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R97_aRequestObjectIsSoonOverAndNoTwoAreTheSame() {
        try (Scene scene = signing()) {
            Map<String, Object> one = Scene.claimsOf(object(scene.begin("/page")));
            Map<String, Object> other = Scene.claimsOf(object(scene.begin("/page")));
            assertNotEquals(one.get("jti"), other.get("jti"));
            long now = Instant.now().getEpochSecond();
            long issued = (Long) one.get("iat");
            assertEquals(issued, one.get("nbf"));
            assertTrue(Math.abs(now - issued) < 60, () -> issued + " at " + now);
            long life = (Long) one.get("exp") - issued;
            assertTrue(life > 60 && life <= 600, () -> life + " seconds");
        }
    }

    private static Stream<SigningKey> keysOfEachKind() {
        return Stream.of(TestKeys.otherRsa(), TestKeys.p256(), TestKeys.p384(), TestKeys.p521(), TestKeys.ed25519());
    }

    @ParameterizedTest
    @MethodSource("keysOfEachKind")
    void R97_anyKindOfKeySigns(SigningKey key) {
        try (Scene scene =
                Scene.against(ScriptedProvider.start().withClientKey(key).requiringRequestObjects(), signed(key))) {
            assertEquals(
                    key.algorithm().getName(),
                    Scene.headerOf(object(scene.begin("/page"))).get("alg"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R97_theAlgorithmIsOneThatTheProviderTakes() {
        SigningKey key = TestKeys.otherRsa();
        try (Scene scene =
                Scene.against(ScriptedProvider.start().withClientKey(key).requiringRequestObjects(), signed(key))) {
            scene.provider
                    .metadata()
                    .with("request_object_signing_alg_values_supported", List.of("none", "HS256", "PS256"));
            assertEquals("PS256", Scene.headerOf(object(scene.begin("/page"))).get("alg"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    /** The metadata cannot have the signature left out. */
    @Test
    void R97_aProviderThatNamesNoneGetsASignatureAllTheSame() {
        try (Scene scene = signing()) {
            scene.provider.metadata().with("request_object_signing_alg_values_supported", List.of("none", "HS256"));
            assertEquals("ES256", Scene.headerOf(object(scene.begin("/page"))).get("alg"));
        }
    }

    @Test
    void R97_aKeyOutOfPemSignsWithoutAName() {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEY.privateKey().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        try (Scene scene = signing(app -> app.filterParam("clientKey", pem))) {
            String object = object(scene.begin("/page"));
            assertFalse(Scene.headerOf(object).containsKey("kid"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R97_withoutAKeyTheApplicationDoesNotStart() {
        try (Scene unrelated = Scene.open()) {
            ServletException refused = App.jetty()
                    .against(unrelated.provider)
                    .filterParam("requestObject", "signed")
                    .startFailing();
            assertTrue(refused.getMessage().contains("give clientKey as well"), refused.getMessage());
        }
    }

    @Test
    void R97_aProviderThatDoesNotKnowTheKeyIsNotAskedWithLess() {
        try (Scene scene = Scene.against(
                ScriptedProvider.start().requiringRequestObjects(OTHER),
                app -> signed().apply(app).filterParam("clientAuthentication", "none"))) {
            Page page = scene.logIn("/page");
            assertEquals(400, page.status());
            assertEquals(1, scene.provider.calls(ScriptedProvider.AUTHORIZE));
            assertTrue(Scene.asked(scene.begin("/again")).has("request"));
        }
    }

    // R98

    @Test
    void R98_everythingStandsInTheObjectAndOnlyWhatMustOutside() {
        try (Scene scene = signing(app -> app.filterParam("responseMode", "jwt"))) {
            Page begun = scene.begin("/page");
            Parameters outside = Scene.asked(begun);
            Map<String, Object> inside = Scene.claimsOf(outside.get("request"));
            assertEquals(Set.of("client_id", "request", "response_type", "scope"), outside.names());
            assertEquals(4, outside.entries().size());
            for (String name : List.of("client_id", "response_type", "scope")) {
                assertEquals(inside.get(name), outside.get(name));
            }
            assertEquals(
                    Set.of(
                            "iss",
                            "aud",
                            "jti",
                            "iat",
                            "nbf",
                            "exp",
                            "response_type",
                            "client_id",
                            "redirect_uri",
                            "scope",
                            "state",
                            "nonce",
                            "code_challenge",
                            "code_challenge_method",
                            "response_mode"),
                    inside.keySet());
            assertEquals("S256", inside.get("code_challenge_method"));
            assertEquals("jwt", inside.get("response_mode"));
            assertEquals(scene.url("/callback"), inside.get("redirect_uri"));
            assertFalse(begun.location().contains(Json.string(inside, "state")), begun::location);
        }
    }

    @Test
    void R98_inPlainOAuthNothingButTheClientStandsOutside() {
        try (Scene scene = signing(app -> app.filterParam("scope", "profile").filterParam("principalClaim", "email"))) {
            Parameters outside = Scene.asked(scene.begin("/page"));
            assertEquals(Set.of("client_id", "request"), outside.names());
            assertEquals("profile", Scene.claimsOf(outside.get("request")).get("scope"));
        }
    }

    @Test
    void R98_whatIsConfiguredAndHintedIsInTheObject() {
        try (Scene scene = signing(app -> app.filterParam("audience", "https://api.example.com")
                .filterParam("authorizationParameters", "connection=git%26hub&prompt=login")
                .filterParam("forwardedParameters", "login_hint ui_locales")
                .filterParam("acrValues", "gold")
                .filterParam("maxAge", "PT5M"))) {
            Page begun = scene.browser().navigate(scene.url("/login?login_hint=alice&ui_locales=fr"));
            assertEquals(
                    Set.of("client_id", "request", "response_type", "scope"),
                    Scene.asked(begun).names());
            Map<String, Object> inside = Scene.claimsOf(object(begun));
            assertEquals("https://api.example.com", inside.get("audience"));
            assertEquals("git&hub", inside.get("connection"));
            assertEquals("login", inside.get("prompt"));
            assertEquals("alice", inside.get("login_hint"));
            assertEquals("fr", inside.get("ui_locales"));
            assertEquals("gold", inside.get("acr_values"));
            assertEquals(300L, inside.get("max_age"), "a JSON number");
        }
    }

    @Test
    void R98_severalResourcesAreAnArrayAndOneIsNone() {
        try (Scene scene =
                signing(app -> app.filterParam("resource", "https://one.example.com https://two.example.com"))) {
            assertEquals(
                    List.of("https://one.example.com", "https://two.example.com"),
                    Scene.claimsOf(object(scene.begin("/page"))).get("resource"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
        try (Scene scene = signing(app -> app.filterParam("resource", "https://one.example.com"))) {
            assertEquals(
                    "https://one.example.com",
                    Scene.claimsOf(object(scene.begin("/page"))).get("resource"));
        }
    }

    @Test
    void R98_whatIsJsonStandsThereAsJson() {
        try (Scene scene = signing(app -> app.filterParam(
                        "authorizationDetails", "[{\"type\":\"payment\",\"amount\":12}]")
                .filterParam("authorizationParameters", "claims=%7B%22userinfo%22%3A%7B%22email%22%3Anull%7D%7D"))) {
            Map<String, Object> inside = Scene.claimsOf(object(scene.begin("/page")));
            assertEquals(List.of(Map.of("type", "payment", "amount", 12L)), inside.get("authorization_details"));
            assertTrue(inside.get("claims") instanceof Map<?, ?> claims && claims.containsKey("userinfo"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "nbf", "iat", "jti"})
    void R98_noParameterChangesWhatTheObjectSaysOfItself(String name) {
        try (Scene scene = signing(app -> app.filterParam("authorizationParameters", name + "=evil"))) {
            Page begun = scene.begin("/page");
            Object value = Scene.claimsOf(object(begun)).get(name);
            assertNotEquals("evil", value);
            assertFalse(value instanceof List<?>, () -> name + " is " + value);
            scene.assertSignedIn(scene.browser().followFully(begun));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login?", "/page?", "/callback?"})
    void R98_aLinkFromAnotherSiteChoosesNothingOfIt(String path) {
        try (Scene scene = signing()) {
            Page begun = scene.browser().clickFrom("https://evil.example/", scene.url(path + HOSTILE));
            scene.assertSentToProvider(begun);
            Parameters outside = Scene.asked(begun);
            assertEquals(4, outside.entries().size());
            assertFalse(begun.location().contains("evil"), begun::location);
            String inside = Scene.claimsOf(outside.get("request")).toString();
            assertFalse(inside.contains("evil") || inside.contains("fixed"), inside);
        }
    }

    @Test
    void R98_aSignedRequestThatIsPushedSaysTheSame() {
        try (Scene scene = pushing(
                ScriptedProvider.start().withClientKey(KEY).requiringRequestObjects(),
                app -> signed().apply(app)
                        .filterParam("resource", "urn:a urn:b")
                        .filterParam("maxAge", "PT5M"))) {
            scene.browser().navigate(scene.url("/page"));
            Map<String, Object> inside = scene.provider.requestObject();
            assertEquals(List.of("urn:a", "urn:b"), inside.get("resource"));
            assertEquals(300L, inside.get("max_age"));
            assertEquals("code", inside.get("response_type"));
            assertEquals(scene.provider.issuer(), inside.get("aud"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // R99 to R102

    private static Scene answeredSigned() {
        return answeredSigned(ScriptedProvider.start(), app -> app);
    }

    private static Scene answeredSigned(ScriptedProvider provider, UnaryOperator<AppBuilder> more) {
        return Scene.clocked(provider, app -> more.apply(app.filterParam("responseMode", "jwt")));
    }

    private static void assertForgeryRefused(Forgery forgery, String code) {
        try (Scene scene = answeredSigned()) {
            assertForgeryRefused(scene, forgery, code);
        }
    }

    /** Refused without any call, and of no harm to the login that it imitates, which its honest answer completes. */
    private static void assertForgeryRefused(Scene scene, Forgery forgery, String code) {
        Page begun = scene.begin("/wanted");
        forgery.script().accept(scene.provider.authorizationJwt());
        Url forged = scene.browser().follow(begun).redirectTarget();
        scene.provider.behaves();
        Url honest = scene.browser().follow(begun).redirectTarget();

        Page page = scene.browser().navigate(forged.toString());

        scene.assertRefusedAndKept(honest, page, 400, code);
    }

    private static Stream<Forgery> answersOfAnotherIssuer() {
        return Stream.of(
                new Forgery("another", jwt -> jwt.withIssuer("https://evil.example")),
                new Forgery("none", jwt -> jwt.withoutClaim("iss")),
                new Forgery("null", jwt -> jwt.withClaim("iss", null)),
                new Forgery("empty", jwt -> jwt.withIssuer("")),
                new Forgery("a number", jwt -> jwt.withClaim("iss", 7)),
                new Forgery("an array", jwt -> jwt.withClaim("iss", List.of("https://evil.example"))));
    }

    @ParameterizedTest
    @MethodSource("answersOfAnotherIssuer")
    void R99_aSignedAnswerOfAnotherIssuerIsRefusedBeforeAnyTokenCall(Forgery forgery) {
        assertForgeryRefused(forgery, "issuer_mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "?", "#", "/../", " "})
    void R99_theIssuerIsComparedToTheLetter(String end) {
        try (Scene scene = answeredSigned()) {
            String issuer = scene.provider.issuer();
            assertForgeryRefused(scene, new Forgery(end, jwt -> jwt.withIssuer(issuer + end)), "issuer_mismatch");
        }
    }

    /** Both sign with the same key, as tenants of one provider may. */
    @Test
    void R99_theAnswerOfAnHonestButOtherProviderIsRefused() {
        try (ScriptedProvider other = ScriptedProvider.start();
                Scene scene = answeredSigned()) {
            Page begun = scene.begin("/wanted");
            Url honest = scene.browser().follow(begun).redirectTarget();
            String there = Scene.asked(begun).appendTo(other.address(ScriptedProvider.AUTHORIZE));
            Page page = scene.browser()
                    .navigate(scene.browser().navigate(there).redirectTarget().toString());
            scene.assertRefusedAndKept(honest, page, 400, "issuer_mismatch");
            assertEquals(0, other.calls(ScriptedProvider.TOKEN));
        }
    }

    private static Stream<Forgery> answersForAnotherClient() {
        return Stream.of(
                new Forgery("another", jwt -> jwt.withAudience("another-client")),
                new Forgery("this one and another", jwt -> jwt.withAudience("the-client", "another-client")),
                new Forgery("nobody", jwt -> jwt.withClaim("aud", List.of())),
                new Forgery("none", jwt -> jwt.withoutClaim("aud")),
                new Forgery("null", jwt -> jwt.withClaim("aud", null)),
                new Forgery("empty", jwt -> jwt.withAudience("")),
                new Forgery("a number", jwt -> jwt.withClaim("aud", 7)),
                new Forgery("in another case", jwt -> jwt.withAudience("The-Client")),
                new Forgery("two in one text", jwt -> jwt.withAudience("the-client another-client")),
                new Forgery(
                        "the client's by azp alone",
                        jwt -> jwt.withAudience("another-client").withClaim("azp", "the-client")),
                new Forgery("another's by azp", jwt -> jwt.withClaim("azp", "another-client")));
    }

    @ParameterizedTest
    @MethodSource("answersForAnotherClient")
    void R100_aSignedAnswerForAnotherClientIsRefusedBeforeAnyTokenCall(Forgery forgery) {
        assertForgeryRefused(forgery, "callback_invalid");
    }

    @Test
    void R100_anAudienceOfThisClientAloneIsTakenAsAnArray() {
        try (Scene scene = answeredSigned()) {
            scene.provider.authorizationJwt().withClaim("aud", List.of("the-client"));
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    private static Stream<Forgery> answersThatAreOver() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                new Forgery("two minutes ago", jwt -> jwt.withClaim("exp", now - 120)),
                new Forgery("long ago", jwt -> jwt.withClaim("exp", 0)),
                new Forgery("before all time", jwt -> jwt.withClaim("exp", -1)),
                new Forgery("none", jwt -> jwt.withoutClaim("exp")),
                new Forgery("null", jwt -> jwt.withClaim("exp", null)),
                new Forgery("text", jwt -> jwt.withClaim("exp", Long.toString(now + 600))),
                new Forgery("an array", jwt -> jwt.withClaim("exp", List.of(now + 600))),
                new Forgery("beyond all time", jwt -> jwt.withClaim("exp", 1e300)));
    }

    @ParameterizedTest
    @MethodSource("answersThatAreOver")
    void R101_aSignedAnswerThatHasExpiredOrDoesNotSayWhenIsRefusedBeforeAnyTokenCall(Forgery forgery) {
        assertForgeryRefused(forgery, "callback_invalid");
    }

    private static Stream<Forgery> answersThatHaveNotBegun() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                new Forgery("in ten minutes", jwt -> jwt.withClaim("nbf", now + 600)),
                new Forgery("no time", jwt -> jwt.withClaim("nbf", "now")),
                new Forgery("null", jwt -> jwt.withClaim("nbf", null)));
    }

    /** RFC 7519 section 4.1.5 goes for every JWT. */
    @ParameterizedTest
    @MethodSource("answersThatHaveNotBegun")
    void R101_aSignedAnswerThatIsNotValidYetIsRefusedBeforeAnyTokenCall(Forgery forgery) {
        assertForgeryRefused(forgery, "callback_invalid");
    }

    @Test
    void R101_clocksMayDifferALittle() {
        try (Scene scene = answeredSigned()) {
            long now = Instant.now().getEpochSecond();
            scene.provider.authorizationJwt().withClaim("exp", now - 30).withClaim("nbf", now + 30);
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    @Test
    void R101_anAnswerThatWaitedTooLongIsRefused() {
        try (Scene scene = answeredSigned(ScriptedProvider.start(), app -> app.filterParam("loginTimeout", "PT1H"))) {
            Url callback = scene.answered("/wanted");
            scene.pass(Duration.ofMinutes(12));
            Page page = scene.browser().navigate(callback.toString());
            scene.assertCameToNothing(page, 400, "callback_invalid", 0);
        }
    }

    private static Stream<Forgery> answersThatTheProviderHasNotSigned() {
        return Stream.of(
                new Forgery("alg none", TokenScript::unsigned),
                new Forgery("alg NONE", jwt -> jwt.withHeader("alg", "NONE").withEmptySignature()),
                new Forgery("alg none with a signature", jwt -> jwt.withHeader("alg", "none")),
                new Forgery("no alg", jwt -> jwt.withoutHeader("alg")),
                new Forgery("no signature", TokenScript::withEmptySignature),
                new Forgery("a wrong bit", TokenScript::withBrokenSignature),
                new Forgery("HS256 by the public key", TokenScript::confusesPublicKeyWithSecret),
                new Forgery(
                        "HS256 by the client's id",
                        jwt -> jwt.signedWithSecret(JWSAlgorithm.HS256, "the-client".getBytes(StandardCharsets.UTF_8))),
                new Forgery("a key of its own", TokenScript::withEmbeddedKey),
                new Forgery("a key's address", jwt -> jwt.withKeyAddress("jku", "https://evil.example/jwks")),
                new Forgery("a certificate's address", jwt -> jwt.withKeyAddress("x5u", "https://evil.example/x5u")),
                new Forgery("an attacker's key by the right name", jwt -> jwt.signedWith(TestKeys.attackerRsa())),
                new Forgery("the client's own key", jwt -> jwt.signedWith(KEY)),
                new Forgery("an extension", jwt -> jwt.withHeader("crit", List.of("exp"))),
                new Forgery(
                        "other claims",
                        jwt -> jwt.changed(token -> {
                            String[] parts = token.split("\\.", -1);
                            String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
                            String other = claims.replace("\"code\":\"", "\"code\":\"x");
                            byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
                            return parts[0] + "."
                                    + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "." + parts[2];
                        })));
    }

    @ParameterizedTest
    @MethodSource("answersThatTheProviderHasNotSigned")
    void R102_anAnswerThatTheProviderHasNotSignedIsRefusedBeforeAnyTokenCall(Forgery forgery) {
        assertForgeryRefused(forgery, "callback_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "EdDSA"})
    void R102_anAlgorithmThatTheMetadataDoNotNameIsRefusedThoughItsKeyIsPublished(String algorithm) {
        assertForgeryRefused(
                new Forgery(algorithm, jwt -> jwt.withAlgorithm(JWSAlgorithm.parse(algorithm))), "callback_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "RS512"})
    void R102_theSameKeyByAnotherAlgorithmIsRefused(String algorithm) {
        assertForgeryRefused(
                new Forgery(algorithm, jwt -> jwt.withAlgorithm(JWSAlgorithm.parse(algorithm))), "callback_invalid");
    }

    @Test
    void R102_answersHaveAnAlgorithmOfTheirOwn() {
        try (Scene scene = answeredSigned()) {
            scene.provider.metadata().with("authorization_signing_alg_values_supported", List.of("PS256"));
            assertForgeryRefused(scene, new Forgery("RS256, as ID tokens are", jwt -> {}), "callback_invalid", jwt -> {
                scene.provider.metadata().with("authorization_signing_alg_values_supported", List.of("PS256"));
                jwt.withAlgorithm(JWSAlgorithm.PS256);
            });
        }
    }

    private static void assertForgeryRefused(
            Scene scene, Forgery forgery, String code, Consumer<TokenScript> honestly) {
        Page begun = scene.begin("/wanted");
        forgery.script().accept(scene.provider.authorizationJwt());
        Url forged = scene.browser().follow(begun).redirectTarget();
        scene.provider.authorizationJwt().behaves();
        honestly.accept(scene.provider.authorizationJwt());
        Url honest = scene.browser().follow(begun).redirectTarget();

        Page page = scene.browser().navigate(forged.toString());

        scene.assertRefusedAndKept(honest, page, 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512", "PS256", "EdDSA"})
    void R102_whatTheProviderNamesIsTaken(String algorithm) {
        try (Scene scene =
                answeredSigned(ScriptedProvider.start().signingBy(JWSAlgorithm.parse(algorithm)), app -> app)) {
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    /** What is agreed for ID tokens is none for answers that go through the browser. */
    @Test
    void R102_theClientSecretSignsNoAnswerThoughItSignsIdTokens() {
        try (Scene scene = answeredSigned(
                ScriptedProvider.start().withClientSecret(SECRET),
                app -> app.filterParam("idTokenSignedResponseAlg", "HS256"))) {
            scene.provider
                    .authorizationJwt()
                    .signedWithSecret(JWSAlgorithm.HS256, SECRET.getBytes(StandardCharsets.UTF_8));
            scene.assertCameToNothing(scene.logIn("/wanted"), 400, "callback_invalid", 0);
        }
    }

    @Test
    void R102_afterAChangeOfKeysTheNextAnswerIsTaken() {
        try (Scene scene = answeredSigned()) {
            scene.signedIn();
            scene.provider.rotateKeys();
            scene.pass(Duration.ofSeconds(11));
            try (Browser other = Browser.open()) {
                scene.assertSignedIn(other.navigateFully(scene.url("/page")));
            }
        }
    }

    @Test
    void R102_anOutageOfTheKeysIsNoWordAboutTheAnswer() {
        try (Scene scene = answeredSigned()) {
            Url callback = scene.answered("/wanted");
            scene.provider.jwks().withStatus(500);
            Page page = scene.browser().navigate(callback.toString());
            scene.assertCameToNothing(page, 503, "provider_unreachable", 0);
            assertTrue(scene.isPending(callback));

            scene.provider.behaves();
            scene.pass(Duration.ofSeconds(30));
            scene.assertCompletes(callback, "/wanted");
        }
    }

    // R103

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "query.jwt"})
    void R103_theSignedAnswerCompletesTheLogin(String mode) {
        try (Scene scene = Scene.open(app -> app.filterParam("responseMode", mode))) {
            Url callback = scene.answered("/wanted");
            assertEquals(mode, scene.provider.lastAuthorizationRequest().get("response_mode"));
            assertEquals(Set.of("response"), callback.parameters().names());
            scene.assertCompletes(callback, "/wanted");

            Page again = scene.browser().navigate(callback.toString());
            assertEquals(scene.url("/"), again.location());
            assertEquals(1, scene.tokenCalls());
        }
    }

    /** The attacker's own code, in an answer such as it would be without signatures. */
    private static Parameters plain(Scene scene, Url callback) {
        return Parameters.none()
                .plus("code", "stolen-code-of-somebody")
                .plus("state", Scene.stateOf(callback))
                .plus("iss", scene.provider.issuer());
    }

    @Test
    void R103_aPlainAnswerIsRefused() {
        try (Scene scene = answeredSigned()) {
            Url callback = scene.answered("/wanted");
            Page page = scene.browser().navigate(plain(scene, callback).appendTo(callback.withoutQuery()));
            scene.assertRefusedAndKept(callback, page, 400, "callback_invalid");
        }
    }

    @Test
    void R103_aProviderThatDoesNotSignIsTold() {
        try (Scene scene = answeredSigned()) {
            Url callback = scene.answered("/wanted");
            String code = Json.string(Scene.claimsOf(callback.parameters().get("response")), "code");
            String unsigned = plain(scene, callback).with("code", code).appendTo(callback.withoutQuery());
            Page page = scene.browser().navigate(unsigned);
            scene.assertRefusedAndKept(callback, page, 400, "callback_invalid");
            assertTrue(scene.logs.text().contains("have the provider support JARM"), scene.logs::text);
        }
    }

    @Test
    void R103_whatStandsBesideASignedAnswerCountsForNothing() {
        try (Scene scene = answeredSigned()) {
            Url callback = scene.answered("/wanted");
            Parameters beside = callback.parameters()
                    .plus("code", "stolen-code-of-somebody")
                    .plus("state", "fixed")
                    .plus("iss", "https://evil.example")
                    .plus("error", "access_denied")
                    .plus("error_description", "call 555-0100");
            Page page = scene.browser().navigateFully(beside.appendTo(callback.withoutQuery()));
            assertEquals(scene.url("/wanted"), page.url().toString());
            scene.assertSignedIn(page);
            assertEquals(
                    Json.string(Scene.claimsOf(callback.parameters().get("response")), "code"),
                    scene.provider.request(ScriptedProvider.TOKEN).form().get("code"));
        }
    }

    @Test
    void R103_aRepeatedAnswerIsRefused() {
        try (Scene scene = answeredSigned()) {
            Url callback = scene.answered("/wanted");
            Page page = scene.browser()
                    .navigate(Scene.bent(callback, answer -> answer.plus("response", answer.get("response"))));
            scene.assertRefusedAndKept(callback, page, 400, "callback_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "a.b.c", "..", "eyJhbGciOiJSUzI1NiJ9.bnVsbA.AAAA", "a.b.c.d.e", "%00", "{}"})
    void R103_whatIsNoSignedJwtIsRefused(String response) {
        try (Scene scene = answeredSigned()) {
            Url callback = scene.answered("/wanted");
            Page page = scene.browser().navigate(Scene.bent(callback, answer -> answer.with("response", response)));
            scene.assertRefusedAndKept(callback, page, 400, "callback_invalid");
        }
    }

    /** By whoever does not want the user to get in; and no stranger's words are shown as the provider's. */
    @Test
    void R103_anUnsignedErrorIsRefusedAndNotShown() {
        try (Scene scene = answeredSigned()) {
            Url callback = scene.answered("/wanted");
            String forged = Parameters.none()
                    .plus("error", "access_denied")
                    .plus("error_description", "call 555-0100")
                    .plus("state", Scene.stateOf(callback))
                    .plus("iss", scene.provider.issuer())
                    .appendTo(callback.withoutQuery());
            Page page = scene.browser().navigate(forged);
            assertFalse(page.body().contains("555-0100"), page::body);
            scene.assertRefusedAndKept(callback, page, 400, "callback_invalid");
        }
    }

    @Test
    void R103_aSignedErrorIsShownAndUsesTheLoginUp() {
        try (Scene scene = answeredSigned()) {
            scene.provider
                    .authorizationJwt()
                    .withoutClaim("code")
                    .withClaim("error", "access_denied")
                    .withClaim("error_description", "not <b>you</b>");
            Url callback = scene.answered("/wanted");
            Page page = scene.browser().navigate(callback.toString());
            assertTrue(page.body().contains("not &lt;b&gt;you&lt;/b&gt;"), page::body);
            scene.assertRefusedAndUsedUp(callback, page, 403, "access_denied", 0);
        }
    }

    @Test
    void R103_aSignedErrorWithoutAStateDoesNotSendTheUserRoundInCircles() {
        try (Scene scene = answeredSigned()) {
            scene.provider.authorizationJwt().withoutClaim("code", "state").withClaim("error", "server_error");
            Page page = scene.logIn("/wanted");
            scene.assertCameToNothing(page, 400, "login_not_found", 0);
            assertTrue(scene.provider.calls(ScriptedProvider.AUTHORIZE) <= 2);
        }
    }

    private static Stream<Forgery> signedButNoAnswers() {
        return Stream.of(
                new Forgery("both code and error", jwt -> jwt.withClaim("error", "access_denied")),
                new Forgery("neither code nor error", jwt -> jwt.withoutClaim("code")),
                new Forgery("a code of another type", jwt -> jwt.withClaim("code", List.of("x"))),
                new Forgery(
                        "an ID token of this login",
                        jwt -> jwt.withoutClaim("code")
                                .withClaim("sub", "alice")
                                .withClaim("nonce", "x")
                                .withClaim("iat", Instant.now().getEpochSecond())));
    }

    @ParameterizedTest
    @MethodSource("signedButNoAnswers")
    void R103_whatTheProviderHasSignedAndIsNoAnswerIsRefused(Forgery forgery) {
        assertForgeryRefused(forgery, "callback_invalid");
    }

    /** Which the provider has signed for this client as well, and the browser may have. */
    @Test
    void R103_anIdTokenIsNoAnswer() {
        try (Scene scene = answeredSigned()) {
            scene.signedIn();
            String idToken = scene.provider.secrets().stream()
                    .filter(secret -> secret.chars().filter(c -> c == '.').count() == 2)
                    .filter(secret -> Scene.claimsOf(secret).containsKey("nonce"))
                    .findFirst()
                    .orElseThrow();
            try (Browser other = Browser.open()) {
                scene.begin(other, "/wanted");
                Page page = other.navigate(scene.url("/callback?response=" + idToken));
                scene.assertSentToProvider(page);
                assertEquals(1, scene.tokenCalls());
                scene.assertSignedOut(other);
            }
        }
    }

    @Test
    void R103_theAnswerOfAnotherBrowserGetsNowhere() {
        try (Scene scene = answeredSigned();
                Browser stranger = Browser.open()) {
            Url callback = scene.answered("/wanted");
            scene.begin(stranger, "/own");
            scene.assertSentToProvider(stranger.navigate(callback.toString()));
            assertEquals(0, scene.tokenCalls());
            scene.assertSignedOut(stranger);
            scene.assertCompletes(callback, "/wanted");
        }
    }

    /** The login's own state beside a signed answer to another login does not make it the other's. */
    @Test
    void R103_theStateIsTheOneThatIsSigned() {
        try (Scene scene = answeredSigned()) {
            Url one = scene.answered("/one");
            Url two = scene.answered("/two");
            String mixed = Scene.bent(one, answer -> answer.plus("state", Scene.stateOf(two)));
            Page page = scene.browser().navigateFully(mixed);
            assertEquals(scene.url("/one"), page.url().toString());
            assertTrue(scene.isPending(two));
        }
    }

    private static Scene posted() {
        return Scene.against(
                ScriptedProvider.start().calledBy("localhost"),
                app -> app.filterParam("responseMode", "form_post.jwt"));
    }

    /** To the cookies of pending logins it is as kind as most are. */
    private static Browser kindBrowser() {
        return LoginState.isInCookies() ? Browser.trustingLoopback() : Browser.open();
    }

    @Test
    void R103_aSignedAnswerMayComeAsAForm() {
        try (Scene scene = posted();
                Browser browser = kindBrowser()) {
            Page form = browser.follow(browser.navigate(scene.url("/wanted")));
            assertEquals(Set.of("response"), form.form().fields().names());
            Page page = browser.followFully(browser.submit(form));
            assertEquals(scene.url("/wanted"), page.url().toString());
            scene.assertSignedIn(page);

            assertEquals(scene.url("/"), browser.submit(form).location());
            assertEquals(1, scene.tokenCalls());
        }
    }

    /** The cookie stays away from another site's form; our own page sends the answer on. */
    @Test
    void R103_aSignedFormOfAnotherSiteIsSentOnWhole() {
        try (Scene scene = Scene.open(app -> app.filterParam("responseMode", "form_post.jwt"));
                Browser browser = kindBrowser()) {
            Page page = browser.navigateFully(scene.url("/wanted"));
            assertEquals(scene.url("/wanted"), page.url().toString());
            scene.assertSignedIn(page);
        }
    }

    @Test
    void R103_whereFormsWereAgreedASignedAnswerByQueryIsNone() {
        try (Scene scene = posted();
                Browser browser = kindBrowser()) {
            Parameters answer = browser.follow(browser.navigate(scene.url("/wanted")))
                    .form()
                    .fields();
            Page page = browser.navigate(answer.appendTo(scene.url("/callback")));
            scene.assertSentToProvider(page);
            assertEquals(0, scene.tokenCalls());
            scene.assertSignedOut(browser);
        }
    }

    @Test
    void R103_aPlainFormIsRefused() {
        try (Scene scene = posted();
                Browser browser = kindBrowser()) {
            Page begun = browser.navigate(scene.url("/wanted"));
            Page form = browser.follow(begun);
            String state = Scene.asked(begun).get("state");
            Page page = browser.postFrom(
                    scene.provider.address("/"),
                    scene.url("/callback"),
                    Map.of("code", "stolen-code", "state", state, "iss", scene.provider.issuer()));
            scene.assertRefused(page, 400, "callback_invalid");
            assertEquals(0, scene.tokenCalls());
            scene.assertSignedIn(browser.followFully(browser.submit(form)));
        }
    }

    @Test
    void R103_anUnsignedErrorByQueryIsRefusedWhereFormsWereAgreedAsWell() {
        try (Scene scene = posted();
                Browser browser = kindBrowser()) {
            Page begun = browser.navigate(scene.url("/wanted"));
            Page form = browser.follow(begun);
            String state = Scene.asked(begun).get("state");
            Page page = browser.navigate(scene.url("/callback?error=access_denied&state=" + state));
            scene.assertRefused(page, 400, "callback_invalid");
            scene.assertSignedIn(browser.followFully(browser.submit(form)));
        }
    }
}
