package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.oidc.LoginAttempt;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Logs;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.Parameters;
import io.github.pkceauth.testkit.RawHttp;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.Url;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R16 to R32: what the application makes of the provider's answers, and of forged ones. */
class CallbackRulesTest {

    /** A way to change an answer, and what it is called. */
    private record Bend(String what, UnaryOperator<Parameters> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    // R16

    private static Stream<Bend> statesThatNameNoLogin() {
        return Stream.of(
                new Bend("missing", answer -> answer.without("state")),
                new Bend("empty", answer -> answer.with("state", "")),
                new Bend("by another name", answer -> answer.without("state").plus("State", answer.get("state"))),
                new Bend("wrong", answer -> answer.with("state", "x".repeat(43))),
                new Bend("longer", answer -> answer.with("state", answer.get("state") + "A")),
                new Bend(
                        "shorter",
                        answer -> answer.with("state", answer.get("state").substring(1))),
                new Bend("in another case", answer -> answer.with("state", inverted(answer.get("state")))),
                new Bend("with blanks", answer -> answer.with("state", " " + answer.get("state") + " ")),
                new Bend("an attribute's name", answer -> answer.with("state", "../login")));
    }

    @ParameterizedTest
    @MethodSource("statesThatNameNoLogin")
    void R16_anAnswerWithoutARightStateIsNotRedeemed(Bend state) {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");

            Page page = scene.browser().navigate(Scene.bent(callback, state.change()));

            scene.assertStartedAnewAndKept(callback, page);
        }
    }

    @Test
    void R16_theFreshStartEndsOnTheFrontPage() {
        try (Scene scene = Scene.open(app -> app.filterParam("afterLogoutPath", "/bye"))) {
            Page page = scene.browser().navigateFully(scene.url("/callback?code=stolen&state=unknown"));
            assertEquals(scene.url("/"), page.url().toString());
            scene.assertSignedIn(page);
            assertEquals(1, scene.tokenCalls());
        }
    }

    @Test
    void R16_whoIsSignedInGoesToTheFrontPage() {
        try (Scene scene = Scene.open()) {
            scene.logIn("/page");
            Page page = scene.browser().navigate(scene.url("/callback?code=forged&state=unknown"));
            assertEquals(302, page.status());
            assertEquals(scene.url("/"), page.location());
            assertEquals(1, scene.tokenCalls());
            assertEquals(1, scene.provider.calls(ScriptedProvider.AUTHORIZE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x" + Scene.RESTARTED, Scene.RESTARTED})
    void R16_anUnknownStateOfASecondTryIsToldInsteadOfTriedAThirdTime(String state) {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            Page page = scene.browser().navigate(Scene.bent(callback, answer -> answer.with("state", state)));
            scene.assertRefusedAndKept(callback, page, 400, "login_not_found");
        }
    }

    @Test
    void R16_aMissingStateIsToldTheSecondTime() {
        try (Scene scene = Scene.open()) {
            String callback = scene.url("/callback?code=x");
            scene.assertSentToProvider(scene.browser().navigate(callback));
            scene.assertCameToNothing(scene.browser().navigate(callback), 400, "login_not_found", 0);
            scene.assertNextLoginWorks();
        }
    }

    @Test
    void R16_aScriptThatCallsTheCallbackStartsNothing() {
        try (Scene scene = Scene.open()) {
            Page page = scene.browser().fetch(scene.url("/callback?code=x&state=y"));
            scene.assertCameToNothing(page, 400, "login_not_found", 0);
            assertEquals(0, scene.app.sessions().created());
            scene.assertNextLoginWorks();
        }
    }

    private static String inverted(String text) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(
                        (char) (Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))));
        return out.toString();
    }

    // R17

    @Test
    void R17_theSameAnswerIsRedeemedOnce() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/page");
            scene.assertCompletes(callback, "/page");

            Page again = scene.browser().navigate(callback.toString());

            assertEquals(scene.url("/"), again.location());
            assertEquals(1, scene.tokenCalls());
        }
    }

    @Test
    void R17_aStateWhoseLoginFailedIsUsedUpAsWell() {
        try (Scene scene = Scene.open()) {
            scene.provider.token().withStatus(500);
            scene.assertLoginRefused(503, "provider_unreachable", 1);
        }
    }

    @Test
    void R17_aPendingLoginPutBackToWhereItWasIsStillUsedUp() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/page");
            KeptLogin kept = new KeptLogin(scene, callback);
            scene.provider.token().withStatus(500);
            scene.browser().navigate(callback.toString());
            scene.provider.behaves();

            kept.putBack();
            Page again = scene.browser().navigate(callback.toString());

            scene.assertStartedAnew(again, 1);
            scene.assertNextLoginWorks();
        }
    }

    @Test
    void R17_simultaneousCallbacksAreRedeemedOnce() throws Exception {
        int callbacks = 4;
        ExecutorService threads = Executors.newFixedThreadPool(callbacks);
        try (Scene scene = Scene.open(app -> app.filterBefore("rendezvous", new Rendezvous(callbacks)))) {
            Url callback = scene.answered("/page");
            List<Future<Page>> pages = new ArrayList<>();
            for (int i = 0; i < callbacks; i++) {
                Browser tab = Browser.open().copyCookiesFrom(scene.browser());
                pages.add(threads.submit(() -> tab.navigate(callback.toString())));
            }
            int completed = 0;
            for (Future<Page> future : pages) {
                Page page = future.get(30, TimeUnit.SECONDS);
                assertTrue(page.isRedirect(), page::toString);
                completed += page.location().equals(scene.url("/page")) ? 1 : 0;
            }
            assertEquals(1, completed);
            assertEquals(1, scene.tokenCalls());
        } finally {
            threads.shutdownNow();
        }
    }

    // R18

    @Test
    void R18_aBrowserWithoutCookiesGetsNowhereWithTheRightAddress() {
        try (Scene scene = Scene.open();
                Browser stranger = Browser.withoutCookies()) {
            Url callback = scene.answered("/wanted");

            Page page = stranger.navigateFully(callback.toString());

            scene.assertCameToNothing(stranger, page, 400, "login_not_found", 0);
            assertEquals(2, scene.provider.calls(ScriptedProvider.AUTHORIZE));
            scene.assertCompletes(callback, "/wanted");
        }
    }

    @Test
    void R18_anotherBrowserWithALoginOfItsOwnGetsNowhereEither() {
        try (Scene scene = Scene.open();
                Browser stranger = Browser.open()) {
            Url callback = scene.answered("/wanted");
            Url own = scene.answered(stranger, "/own");

            scene.assertSentToProvider(stranger.navigate(callback.toString()));

            assertEquals(0, scene.tokenCalls());
            scene.assertSignedOut(stranger);
            scene.assertCompletes(callback, "/wanted");
            scene.assertSignedIn(stranger.navigateFully(own.toString()));
        }
    }

    @Test
    void R18_nobodyIsSignedInAsTheOneWhoSentTheLink() {
        try (Scene scene = Scene.open();
                Browser mallory = Browser.open()) {
            scene.provider.signInAs("mallory");
            Url trap = scene.answered(mallory, "/wanted");
            scene.provider.signInAs("alice");

            Page page = scene.browser().clickFrom("https://evil.example/", trap.toString());
            scene.assertStartedAnew(
                    scene.browser().click(page, page.refreshTarget().toString()), 0);

            scene.logIn("/page");
            page = scene.browser().clickFrom("https://evil.example/", trap.toString());
            assertEquals(scene.url("/"), page.location());
            scene.assertSignedIn(scene.browser().navigate(scene.url("/page")));
        }
    }

    // R19

    @Test
    void R19_theAddressSaysNothingOfWhereTheUserIsGoing() {
        try (Scene scene = Scene.open()) {
            Page begun = scene.begin("/secret-page?x=secret-query");
            assertFalse(begun.location().contains("secret"), begun::location);
            String state = Scene.asked(begun).get("state");
            assertTrue(state.matches("[A-Za-z0-9_-]{43}"), state);
        }
    }

    @Test
    void R19_noParameterOfTheCallbackChoosesWhereTheUserGoes() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted?a=b");
            Page page = scene.browser()
                    .navigate(Scene.bent(
                            callback,
                            answer -> answer.plus("returnTo", "//evil.example")
                                    .plus("target", "https://evil.example/")
                                    .plus("redirect_uri", "https://evil.example/")
                                    .plus("next", "//evil.example")
                                    .plus("RelayState", "https://evil.example/")));
            assertEquals(scene.url("/wanted?a=b"), page.location());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 42})
    void R19_everyCharacterOfTheStateCounts(int position) {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            String state = callback.parameters().get("state");
            char other = state.charAt(position) == 'A' ? 'B' : 'A';
            String changed = state.substring(0, position) + other + state.substring(position + 1);
            Page page = scene.browser().navigate(Scene.bent(callback, answer -> answer.with("state", changed)));
            scene.assertStartedAnewAndKept(callback, page);
        }
    }

    // R20

    @Test
    void R20_anExpiredLoginIsNotRedeemedButStartedAnewWithItsTarget() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted?a=b");
            new KeptLogin(scene, callback).age(Duration.ofMinutes(10));

            Page page = scene.browser().navigate(callback.toString());

            scene.assertStartedAnew(page, 0);
            assertFalse(scene.isPending(callback));
            Page wanted = scene.browser().followFully(page);
            assertEquals(scene.url("/wanted?a=b"), wanted.url().toString());
            scene.assertSignedIn(wanted);
        }
    }

    @Test
    void R20_aLoginThatExpiresTwiceInARowIsToldInsteadOfTriedAThirdTime() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            new KeptLogin(scene, callback).age(Duration.ofMinutes(10));
            Page restarted = scene.browser().navigate(callback.toString());
            Url second = scene.browser().follow(restarted).redirectTarget();
            new KeptLogin(scene, second).age(Duration.ofMinutes(10));

            Page page = scene.browser().navigate(second.toString());

            scene.assertRefusedAndUsedUp(second, page, 400, "login_expired", 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "access_denied"})
    void R20_anErrorBesideTheCodeDoesNotMakeAnExpiredLoginGood(String error) {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            new KeptLogin(scene, callback).age(Duration.ofMinutes(10));
            scene.browser().navigate(Scene.bent(callback, answer -> answer.plus("error", error)));
            assertEquals(0, scene.tokenCalls());
            scene.assertSignedOut();
            scene.assertNextLoginWorks();
        }
    }

    @Test
    void R20_anExpiredLoginIsForgotten() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            new KeptLogin(scene, callback).age(Duration.ofMinutes(10));
            scene.browser().navigate(callback.toString());
            assertFalse(scene.isPending(callback));
        }
    }

    @Test
    void R20_aLoginThatIsAlmostTooLateCompletes() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            new KeptLogin(scene, callback).age(Duration.ofMinutes(9));
            scene.assertCompletes(callback, "/wanted");
        }
    }

    @Test
    void R20_loginTimeoutSaysHowLongALoginMayTake() {
        try (Scene scene = Scene.open(app -> app.filterParam("loginTimeout", "PT3M"))) {
            Url callback = scene.answered("/wanted");
            LoginAttempt kept = new KeptLogin(scene, callback).attempt();
            assertEquals(Duration.ofMinutes(3), Duration.between(kept.startedAt(), kept.expiresAt()));
        }
    }

    // R21

    @ParameterizedTest
    @ValueSource(strings = {"state", "code", "iss"})
    void R21_aRepeatedParameterIsRefused(String name) {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(
                    scene, new Bend("repeated", answer -> answer.plus(name, answer.get(name))), "callback_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "code", "iss"})
    void R21_aParameterRepeatedWithAnotherValueIsRefusedInEitherOrder(String name) {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(
                    scene, new Bend("forged behind", answer -> answer.plus(name, "forged")), "callback_invalid");
        }
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(
                    scene,
                    new Bend(
                            "forged before",
                            answer -> answer.without(name).plus(name, "forged").plus(name, answer.get(name))),
                    "callback_invalid");
        }
    }

    @Test
    void R21_aRepeatedErrorIsRefused() {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(
                    scene,
                    new Bend(
                            "two errors",
                            answer -> answer.without("code")
                                    .plus("error", "access_denied")
                                    .plus("error", "access_denied")),
                    "callback_invalid");
        }
    }

    @Test
    void R21_parametersThatCannotBeReadAreRefused() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            Page page = scene.browser().navigate(callback + "&x=%zz%");
            scene.assertRefusedAndKept(callback, page, 400, "callback_invalid");
        }
    }

    // R22, R23, R24, R25

    @Test
    void R22_aWrongIssIsRefusedBeforeAnyTokenCall() {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(
                    scene,
                    new Bend("another provider's", answer -> answer.with("iss", "https://evil.example")),
                    "issuer_mismatch");
        }
    }

    @Test
    void R22_theAnswerOfAnHonestButOtherProviderIsRefused() {
        try (Scene scene = Scene.open();
                ScriptedProvider other = ScriptedProvider.start()) {
            scene.provider.authorization().withParameter("iss", other.issuer());
            Url callback = scene.answered("/wanted");
            Page page = scene.browser().navigate(callback.toString());
            String honest = Scene.bent(callback, answer -> answer.with("iss", scene.provider.issuer()));
            scene.assertRefusedAndKept(Url.parse(honest), page, 400, "issuer_mismatch");
            assertTrue(other.requests().isEmpty());
        }
    }

    @Test
    void R23_aMissingIssIsRefusedWhereItWasPromised() {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(scene, new Bend("missing", answer -> answer.without("iss")), "issuer_missing");
        }
    }

    @Test
    void R23_anEmptyIssIsAMissingOne() {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(scene, new Bend("empty", answer -> answer.with("iss", "")), "issuer_missing");
        }
    }

    @Test
    void R23_aMissingIssIsNoMatterWhereItWasNotPromised() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withoutIssParameter())) {
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    private static Stream<Bend> issuersThatAreAlmostRight() {
        return Stream.of(
                new Bend("a final slash", answer -> answer.with("iss", answer.get("iss") + "/")),
                new Bend(
                        "an upper case scheme",
                        answer -> answer.with("iss", answer.get("iss").replace("http", "HTTP"))),
                new Bend(
                        "an upper case path",
                        answer -> answer.with("iss", answer.get("iss").replace("demo", "Demo"))),
                new Bend(
                        "another name of the host",
                        answer -> answer.with("iss", answer.get("iss").replace("127.0.0.1", "localhost"))),
                new Bend(
                        "a dot segment",
                        answer -> answer.with("iss", answer.get("iss").replace("/realms", "/./realms"))),
                new Bend(
                        "an escape",
                        answer -> answer.with("iss", answer.get("iss").replace("demo", "dem%6F"))),
                new Bend("a query", answer -> answer.with("iss", answer.get("iss") + "?")),
                new Bend("a blank", answer -> answer.with("iss", answer.get("iss") + " ")),
                new Bend(
                        "a part", answer -> answer.with("iss", answer.get("iss").replace("/realms/demo", ""))));
    }

    @ParameterizedTest
    @MethodSource("issuersThatAreAlmostRight")
    void R24_issIsComparedToTheLetter(Bend iss) {
        try (Scene scene = Scene.against(ScriptedProvider.start().withIssuerPath("/realms/demo"))) {
            assertForgeryRefused(scene, iss, "issuer_mismatch");
        }
    }

    @Test
    void R24_aFinalSlashIsPartOfTheIssuer() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withIssuerPath("/"))) {
            assertForgeryRefused(
                    scene,
                    new Bend(
                            "without its slash",
                            answer -> answer.with("iss", answer.get("iss").replaceFirst("/$", ""))),
                    "issuer_mismatch");
        }
    }

    @Test
    void R25_aWrongIssIsRefusedEvenWhereNoneWasPromised() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withoutIssParameter())) {
            assertForgeryRefused(
                    scene,
                    new Bend("unannounced", answer -> answer.with("iss", "https://evil.example")),
                    "issuer_mismatch");
        }
    }

    @Test
    void R25_aRightIssIsTakenWhereNoneWasPromised() {
        try (Scene scene = Scene.against(ScriptedProvider.start().withoutIssParameter())) {
            scene.provider.authorization().withParameter("iss", scene.provider.issuer());
            scene.assertSignedIn(scene.logIn("/page"));
        }
    }

    // R26

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "", "none"})
    void R26_aForgedErrorIsNotShownAsTheProvidersAndUsesNothingUp(String iss) {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            String forged = Scene.bent(
                    callback,
                    answer -> (iss.equals("none") ? answer.without("iss") : answer.with("iss", iss))
                            .without("code")
                            .plus("error", "access_denied")
                            .plus("error_description", "your account is locked"));

            Page page = scene.browser().navigate(forged);

            assertFalse(page.body().contains("account"), page::body);
            scene.assertRefusedAndKept(
                    callback, page, 400, iss.startsWith("https") ? "issuer_mismatch" : "issuer_missing");
        }
    }

    @Test
    void R26_anErrorWithAnotherStateIsNotShownAsTheProvidersAndUsesNothingUp() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            String forged = Scene.bent(
                    callback,
                    answer -> answer.without("code")
                            .with("state", "unknown")
                            .plus("error", "access_denied")
                            .plus("error_description", "your account is locked"));

            Page page = scene.browser().navigate(forged);

            assertFalse(page.text().contains("account"), page::text);
            scene.assertStartedAnewAndKept(callback, page);
        }
    }

    @Test
    void R26_aTrueErrorIsShownAndUsesTheLoginUp() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            String error = Scene.bent(
                    callback,
                    answer -> answer.without("code")
                            .plus("error", "access_denied")
                            .plus("error_description", "the user said no"));

            Page page = scene.browser().navigate(error);
            assertTrue(page.body().contains("the user said no"), page::body);
            scene.assertRefusedAndUsedUp(callback, page, 403, "access_denied", 0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "invalid_request",
                "server_error",
                "temporarily_unavailable",
                "login_required",
                "interaction_required",
                "made_up"
            })
    void R26_noErrorOfTheProviderIsAnsweredByAnotherTry(String error) {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError(error, "sorry");
            scene.assertLoginRefused(502, "provider_error", 0);
            assertEquals(2, scene.provider.calls(ScriptedProvider.AUTHORIZE));
        }
    }

    // R27

    @ParameterizedTest
    @ValueSource(strings = {"access_denied", "made_up"})
    void R27_errorAndCodeTogetherAreRefusedAndNothingIsRedeemed(String error) {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(scene, new Bend("both", answer -> answer.plus("error", error)), "callback_invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"without", "empty"})
    void R27_neitherErrorNorCodeIsRefused(String how) {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(
                    scene,
                    new Bend(how, answer -> how.equals("empty") ? answer.with("code", "") : answer.without("code")),
                    "callback_invalid");
        }
    }

    // R28

    @Test
    void R28_theProvidersWordsAreEscapedInThePage() {
        String words = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;";
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("<b>error</b>", words);
            Page page = scene.assertLoginRefused(502, "provider_error", 0);
            assertTrue(page.body().contains("&lt;b&gt;error&lt;/b&gt;: &lt;script&gt;alert(1)&lt;/script&gt;&lt;img"));
            assertTrue(page.body().contains("&quot;&#39;&amp;amp;"), page::body);
            assertFalse(page.body().contains("<script") || page.body().contains("<img"), page::body);
            assertFalse(page.body().contains("<b>"), page::body);
        }
    }

    @Test
    void R28_theProvidersWordsCannotForgeALineOfTheLog() {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("x", "a\r\nINFO login of mallory\u2028b\u0085c\u001b[31m");
            scene.assertLoginRefused(502, "provider_error", 0);
            for (Logs.Entry entry : scene.logs.atLeast(Level.INFO)) {
                assertTrue(
                        entry.message().chars().noneMatch(c -> c < 0x20 || c == 0x85 || c == 0x2028), entry.message());
            }
        }
    }

    @Test
    void R28_endlessWordsAreCut() {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("x", "y".repeat(5000));
            Page page = scene.assertLoginRefused(502, "provider_error", 0);
            assertFalse(page.body().contains("y".repeat(1000)));
            assertFalse(scene.logs.text().contains("y".repeat(1000)));
        }
    }

    @Test
    void R28_theWordsAreEscapedInAProblemDocument() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/wanted");
            String error = Scene.bent(
                    callback,
                    answer ->
                            answer.without("code").plus("error", "x\"y").plus("error_description", "\",\"code\":\"ok"));
            Page page = scene.browser()
                    .request(error)
                    .header("Accept", "application/json")
                    .send();
            scene.assertRefusedAndUsedUp(callback, page, 502, "provider_error", 0);
            assertEquals("application/problem+json", page.header("Content-Type"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "'><svg/onload=alert(1)>",
                "</blockquote><h1>x</h1>",
                "&lt;b&gt;"
            })
    void R28_whatTheProviderSaysIsShownAsText(String description) {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("access_denied", description);
            String body = scene.assertLoginRefused(403, "access_denied", 0).body();
            String escaped = description
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;");
            assertTrue(body.contains(escaped), body);
            assertFalse(body.contains(description), body);
        }
    }

    @Test
    void R28_anErrorCodeOfTheProvidersIsShownAsTextToo() {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("<script>alert(1)</script>", "x");
            Page page = scene.assertLoginRefused(502, "provider_error", 0);
            assertFalse(page.body().contains("<script"), page::body);
        }
    }

    // R29

    @Test
    void R29_tokensInTheFrontChannelAreIgnored() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .authorization()
                    .withParameter("id_token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.")
                    .withParameter("access_token", "forged")
                    .withParameter("token_type", "Bearer")
                    .withParameter("expires_in", "3600");
            scene.assertSignedIn(scene.logIn("/page?role=admin"));
            assertEquals(1, scene.tokenCalls());
        }
    }

    @Test
    void R29_tokensInTheFrontChannelReplaceNoCode() {
        try (Scene scene = Scene.open()) {
            assertForgeryRefused(
                    scene,
                    new Bend(
                            "tokens for code",
                            answer -> answer.without("code")
                                    .plus("id_token", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWxsb3J5In0.")
                                    .plus("access_token", "forged")
                                    .plus("token_type", "Bearer")),
                    "callback_invalid");
        }
    }

    // R30

    @Test
    void R30_unknownParametersAreIgnored() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .authorization()
                    .withParameter("session_state", "a.b")
                    .withParameter("scope", "openid")
                    .withParameter("authuser", "0")
                    .withParameter("hd", "example.com")
                    .alsoParameter("prompt", "consent")
                    .alsoParameter("prompt", "none")
                    .withParameter("\u00fc[]", "<>&=+");
            Page page = scene.logIn("/page?a=b");
            scene.assertSignedIn(page);
            assertEquals("a=b", page.seen().query());
        }
    }

    // R31

    @Test
    void R31_theBrowserLeavesTheCallbackAtOnce() {
        try (Scene scene = Scene.open()) {
            Url callback = scene.answered("/page?a=b");
            Page page = scene.browser().navigate(callback.toString());
            assertEquals(302, page.status());
            assertEquals(scene.url("/page?a=b"), page.location());
            assertEquals("", page.body());
            assertHardened(page);
        }
    }

    @Test
    void R31_anErrorPageHoldsNothingOfAThirdPartyAndSendsNoReferrer() {
        try (Scene scene = Scene.open()) {
            scene.provider.authorization().answersError("access_denied", "see https://evil.example/x.png");
            Url callback = scene.answered("/wanted?a=b");
            Page page = scene.browser().navigate(callback.toString());
            scene.assertRefusedAndUsedUp(callback, page, 403, "access_denied", 0);
            assertHardened(page);
            List<String> references = Pattern.compile(
                            "(?:src|href|action|srcset|data)\\s*=\\s*[\"']?([^\"'\\s>]+)|url\\(([^)]*)\\)")
                    .matcher(page.body())
                    .results()
                    .map(MatchResult::group)
                    .toList();
            assertEquals(List.of("href=\"" + scene.url("/login?returnTo=%2Fwanted%3Fa%3Db")), references);
            assertFalse(page.body().contains("<script"));
        }
    }

    @Test
    void R31_theRestartIsNotCachedEither() {
        try (Scene scene = Scene.open()) {
            assertHardened(scene.browser().navigate(scene.url("/callback?code=a&state=b")));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.pkceauth.functional.OwnAnswers#all")
    void R31_everyAnswerOfTheFiltersOwnIsHardened(Function<Scene, Page> answer) {
        try (Scene scene = Scene.open(OwnAnswers::described)) {
            assertHardened(answer.apply(scene));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.pkceauth.functional.OwnAnswers#all")
    void R31_noAnswerOfTheFiltersOwnLoadsAnything(Function<Scene, Page> answer) {
        try (Scene scene = Scene.open(OwnAnswers::described)) {
            String body = answer.apply(scene).body();
            assertFalse(
                    body.matches("(?is).*(<script|<img|<link|<iframe|<form|\\bsrc=|url\\(|@import|\\bon\\w+=).*"),
                    body);
        }
    }

    private static void assertHardened(Page page) {
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("no-referrer", page.header("Referrer-Policy"));
        assertEquals("nosniff", page.header("X-Content-Type-Options"));
        String policy = page.header("Content-Security-Policy");
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        assertTrue(policy.contains("base-uri 'none'"), policy);
        assertTrue(policy.contains("form-action 'none'"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'"), policy);
        assertFalse(policy.contains("unsafe"), policy);
    }

    // R32

    private static Stream<Mishap> mishaps() {
        return Stream.of(
                new Mishap("500", provider -> provider.token().withStatus(500), 503, "provider_unreachable"),
                new Mishap(
                        "503 with Retry-After",
                        provider -> provider.token().withStatus(503).withHeader("Retry-After", "0"),
                        503,
                        "provider_unreachable"),
                new Mishap("429", provider -> provider.token().withStatus(429), 502, "token_request_refused"),
                new Mishap("408", provider -> provider.token().withStatus(408), 502, "token_request_refused"),
                new Mishap(
                        "401 with a challenge",
                        provider ->
                                provider.token().withStatus(401).withHeader("WWW-Authenticate", "Basic realm=\"x\""),
                        502,
                        "token_request_refused"),
                new Mishap("reset", provider -> provider.token().resets(), 503, "provider_unreachable"),
                new Mishap("close", provider -> provider.token().closes(), 503, "provider_unreachable"),
                new Mishap("half an answer", provider -> provider.token().truncates(), 503, "provider_unreachable"),
                new Mishap(
                        "no HTTP",
                        provider -> provider.token().sends("SMTP 220 hello\r\n\r\n"),
                        503,
                        "provider_unreachable"),
                new Mishap("time-out", provider -> provider.token().hangs(), 503, "provider_unreachable"));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void R32_aCodeIsSentOnceWhateverBecomesOfIt(Mishap mishap) {
        try (Scene scene = Scene.open(app -> app.filterParam("httpTimeout", "PT2S"))) {
            mishap.script().accept(scene.provider);
            scene.assertLoginRefused(mishap.status(), mishap.code(), 1);
        }
    }

    @Test
    void R32_noCodeIsEverSentTwice() {
        try (Scene scene = Scene.open()) {
            for (String path : List.of("/a", "/b", "/c")) {
                Url callback = scene.answered(Browser.open(), path);
                RawHttp.to(scene.app.port()).get(callback.target(), "Accept: text/html");
                scene.logIn(path);
            }
            List<String> codes = scene.provider.requests(ScriptedProvider.TOKEN).stream()
                    .map(request -> request.form().get("code"))
                    .toList();
            assertEquals(codes.stream().distinct().toList(), codes);
            assertNotEquals(List.of(), codes);
        }
    }

    private static void assertForgeryRefused(Scene scene, Bend forgery, String code) {
        scene.assertForgeryRefused(forgery.change(), code);
    }
}
