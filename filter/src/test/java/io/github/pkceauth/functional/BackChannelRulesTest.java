package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Container;
import io.github.pkceauth.testkit.LogoutMessage;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TokenScript;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules R81 to R90: the provider tells, by its own call or by the browser, that a user has signed out. */
class BackChannelRulesTest {

    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();

    // R81

    @ParameterizedTest
    @EnumSource
    void R81_aValidNoticeIsAnsweredWithoutAWordAndNotCached(Container container) {
        App app = Notices.app(stage, container);
        stage.signedIn(app);

        Page page = provider.sendsLogoutToken(Notices.address(app));

        Notices.assertHeeded(page);
    }

    @ParameterizedTest
    @EnumSource
    void R81_afterAValidNoticeANavigationIsSentToTheProvider(Container container) {
        App app = Notices.app(stage, container);
        Browser browser = stage.signedIn(app);
        provider.sendsLogoutToken(Notices.address(app));

        Page page = browser.navigate(app.url("/home"));

        assertTrue(page.isRedirect(), page::toString);
        assertEquals(
                provider.address(ScriptedProvider.AUTHORIZE),
                page.redirectTarget().withoutQuery());
    }

    @ParameterizedTest
    @EnumSource
    void R81_afterAValidNoticeAScriptIsToldThatNobodyIsSignedIn(Container container) {
        App app = Notices.app(stage, container);
        Browser browser = stage.signedIn(app);
        provider.sendsLogoutToken(Notices.address(app));
        int calls = app.probe().calls();

        Page page = browser.fetch(app.url("/api/things"));

        assertEquals(401, page.status());
        assertEquals("login_required", page.json().get("code"));
        assertEquals(calls, app.probe().calls());
        assertEquals(0, app.sessions().count());
    }

    // R82

    @ParameterizedTest
    @MethodSource
    void R82_aNoticeThatTheProviderHasNotSignedIsRefused(Consumer<TokenScript> bend) {
        assertRefused(bend);
    }

    static Stream<Named<Consumer<TokenScript>>> R82_aNoticeThatTheProviderHasNotSignedIsRefused() {
        return Stream.of(
                Named.of("a wrong bit in the signature", TokenScript::withBrokenSignature),
                Named.of("an empty signature", TokenScript::withEmptySignature),
                Named.of("alg none", TokenScript::unsigned),
                Named.of("alg none with a signature", token -> token.withHeader("alg", "none")),
                Named.of("another's key", token -> token.signedWith(TestKeys.attackerRsa())),
                Named.of("a key in the header", TokenScript::withEmbeddedKey),
                Named.of("the public key as a secret", TokenScript::confusesPublicKeyWithSecret),
                Named.of("a kid that nobody knows", token -> token.withHeader("kid", "nobody's")),
                Named.of("no JWT at all", token -> token.rawToken("garbage")),
                Named.of("an empty text", token -> token.rawToken("")),
                Named.of("no JSON", token -> token.rawPayload("[]")));
    }

    @Test
    void R82_anAlgorithmThatWasNotAgreedIsRefused() {
        provider.logoutToken().withAlgorithm(JWSAlgorithm.ES256);
        App app = stage.start(Notices.jetty().filterParam("idTokenSignedResponseAlg", "RS256"));

        assertRefused(app);
    }

    @Test
    void R82_aSecretSignsNothingWhereNoneWasAgreed() {
        provider.withClientSecret("a-secret-that-both-know-0123456789-abc");
        provider.logoutToken()
                .signedWithSecret(JWSAlgorithm.HS256, provider.clientSecret().getBytes(StandardCharsets.UTF_8));

        assertRefused(Notices.app(stage));
    }

    @Test
    void R82_theSecretSignsWhereThatWasAgreed() {
        provider.withClientSecret("a-secret-that-both-know-0123456789-abc").signingBy(JWSAlgorithm.HS256);
        App app = stage.start(Notices.jetty().filterParam("idTokenSignedResponseAlg", "HS256"));
        Browser browser = stage.signedIn(app);

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));

        Notices.assertEnded(app, browser);
    }

    // R83

    @ParameterizedTest
    @MethodSource
    void R83_aNoticeOfAnotherOrForAnotherIsRefused(Consumer<TokenScript> bend) {
        assertRefused(bend);
    }

    static Stream<Named<Consumer<TokenScript>>> R83_aNoticeOfAnotherOrForAnotherIsRefused() {
        return Stream.of(
                Named.of("another issuer", token -> token.withIssuer("https://evil.example")),
                Named.of("no issuer", token -> token.withoutClaim("iss")),
                Named.of("another client", token -> token.withAudience("another")),
                Named.of("this client and another", token -> token.withClaim("aud", List.of("the-client", "another"))),
                Named.of("nobody", token -> token.withClaim("aud", List.of())),
                Named.of("no audience", token -> token.withoutClaim("aud")),
                Named.of("a number", token -> token.withClaim("aud", 1)));
    }

    @Test
    void R83_anIssuerThatDiffersInASlashIsRefused() {
        provider.logoutToken().withIssuer(provider.issuer() + "/");

        assertRefused(Notices.app(stage));
    }

    // R84

    @ParameterizedTest
    @ValueSource(strings = {"iat", "jti", "exp"})
    void R84_aNoticeWithoutTimeOrIdIsRefused(String claim) {
        assertRefused(token -> token.withoutClaim(claim));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "jti", "exp"})
    void R84_aTimeOrIdOfAnotherTypeIsNone(String claim) {
        assertRefused(token -> token.withClaim(claim, List.of("1")));
    }

    @Test
    void R84_anEmptyIdIsNone() {
        assertRefused(token -> token.withClaim("jti", ""));
    }

    @Test
    void R84_anExpiredNoticeIsRefused() {
        long now = Instant.now().getEpochSecond();

        assertRefused(token -> token.withClaim("iat", now - 300).withClaim("exp", now - 61));
    }

    @Test
    void R84_aNoticeOfTheFutureIsRefused() {
        long now = Instant.now().getEpochSecond();

        assertRefused(token -> token.withClaim("iat", now + 120).withClaim("exp", now + 300));
    }

    // R85

    @Test
    void R85_aNoticeAboutNobodyIsRefused() {
        assertRefused(token -> token.withoutClaim("sub", "sid"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sid"})
    void R85_anEmptySubjectOrSessionIsRefused(String claim) {
        assertRefused(token -> token.withClaim(claim, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sid"})
    void R85_aSubjectOrSessionOfAnotherTypeIsRefused(String claim) {
        assertRefused(token -> token.withClaim(claim, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sid"})
    void R85_aNullInPlaceOfSubjectOrSessionIsRefused(String claim) {
        assertRefused(token -> token.withClaim(claim, null));
    }

    // R86

    @Test
    void R86_aNoticeWithoutEventsIsRefused() {
        assertRefused(token -> token.withoutClaim("events"));
    }

    @ParameterizedTest
    @MethodSource
    void R86_wrongEventsAreRefused(Object events) {
        assertRefused(token -> token.withClaim("events", events));
    }

    static Stream<Object> R86_wrongEventsAreRefused() {
        return Stream.of(
                EVENT,
                1,
                true,
                List.of(EVENT),
                List.of(Map.of(EVENT, Map.of())),
                Map.of(),
                Map.of(EVENT, "yes"),
                Map.of(EVENT, List.of()),
                Map.of(EVENT, true),
                Map.of(EVENT + "/", Map.of()),
                Map.of("http://schemas.openid.net/event/another", Map.of()));
    }

    @Test
    void R86_anEventBesidesOthersIsAnEvent() {
        provider.logoutToken()
                .withClaim("events", Map.of(EVENT, Map.of("reason", "none"), "https://example.com/event", Map.of()));
        App app = Notices.app(stage);
        Browser browser = stage.signedIn(app);

        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));

        Notices.assertEnded(app, browser);
    }

    // R87

    @ParameterizedTest
    @ValueSource(strings = {"a-nonce", ""})
    void R87_aNoticeWithANonceIsRefused(String nonce) {
        assertRefused(token -> token.withClaim("nonce", nonce));
    }

    @Test
    void R87_aNonceThatIsNullIsOne() {
        assertRefused(token -> token.withClaim("nonce", null));
    }

    // R88

    @Test
    void R88_aNoticeThatWasHeededIsRefusedTheSecondTime() {
        App app = Notices.app(stage);
        stage.signedIn(app);
        LogoutMessage message = provider.logoutNotice().signed();
        Notices.assertHeeded(message.sentTo(Notices.address(app)));

        Notices.assertRefused(message.sentTo(Notices.address(app)));
    }

    @Test
    void R88_anotherNoticeOfTheSameIdEndsNothing() {
        App app = Notices.app(stage);
        stage.signedIn(app);
        provider.logoutToken().withClaim("jti", "the-same-again");
        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));
        provider.signInAs("bob");
        Browser browser = stage.signedIn(app);

        Notices.assertRefused(provider.sendsLogoutToken(Notices.address(app)));

        Notices.assertStillSignedIn(app, browser, "bob");
    }

    // R89

    @Test
    void R89_aSessionIdEndsThatSessionAlone() {
        App app = Notices.app(stage);
        Browser first = stage.signedIn(app);
        String sid = provider.sid();
        provider.signInAs("alice");
        Browser second = stage.signedIn(app);

        Notices.assertHeeded(
                provider.logoutNotice().aboutSession(sid).aboutSessionOnly().sentTo(Notices.address(app)));

        Notices.assertEnded(app, first);
        Notices.assertStillSignedIn(app, second, "alice");
    }

    @Test
    void R89_subjectAndSessionIdEndThatSessionAlone() {
        App app = Notices.app(stage);
        Browser first = stage.signedIn(app);
        String sid = provider.sid();
        provider.signInAs("alice");
        Browser second = stage.signedIn(app);

        Notices.assertHeeded(provider.logoutNotice().aboutSession(sid).sentTo(Notices.address(app)));

        Notices.assertEnded(app, first);
        Notices.assertStillSignedIn(app, second, "alice");
    }

    @Test
    void R89_aSubjectAloneEndsAllOfItsSessionsAndNobodyElses() {
        App app = Notices.app(stage);
        Browser first = stage.signedIn(app);
        provider.signInAs("alice");
        Browser second = stage.signedIn(app);
        provider.signInAs("bob");
        Browser other = stage.signedIn(app);

        Notices.assertHeeded(
                provider.logoutNotice().aboutSubject("alice").aboutSubjectOnly().sentTo(Notices.address(app)));

        Notices.assertEnded(app, first);
        Notices.assertEnded(app, second);
        Notices.assertStillSignedIn(app, other, "bob");
    }

    @Test
    void R89_anotherIssuersSessionOfTheSameIdAndSubjectIsUntouched() {
        ScriptedProvider another = stage.kept(ScriptedProvider.start());
        List.of(provider, another).forEach(each -> each.idToken().withClaim("sid", "the-same"));
        App app = stage.start(Notices.jetty()
                .mapping("/one/*")
                .filterParam("callbackPath", "/one/callback")
                .filterParam("loginPath", "/one/login")
                .filterParam("logoutPath", "/one/logout")
                .filterParam("afterLogoutPath", "/one/bye")
                .filterParam("backchannelLogoutPath", "/one/notice")
                .secondFilter(
                        "another",
                        Map.of(
                                "issuer", another.issuer(),
                                "clientId", another.clientId(),
                                "callbackPath", "/two/callback",
                                "loginPath", "/two/login",
                                "logoutPath", "/two/logout",
                                "afterLogoutPath", "/two/bye",
                                "backchannelLogoutPath", "/two/notice"),
                        "/two/*"));
        Browser atOne = stage.browser();
        atOne.navigateFully(app.url("/one/page"));
        Browser atAnother = stage.browser();
        atAnother.navigateFully(app.url("/two/page"));

        Notices.assertHeeded(another.logoutNotice().aboutSession("the-same").sentTo(app.url("/two/notice")));
        Notices.assertHeeded(another.logoutNotice().aboutSubjectOnly().sentTo(app.url("/two/notice")));

        assertEquals("alice", atOne.navigate(app.url("/one/page")).seen().remoteUser());
        assertTrue(atAnother.navigate(app.url("/two/page")).isRedirect());
    }

    @Test
    void R89_aNoticeOfOneIssuerIsWorthNothingAtTheOthersPath() {
        ScriptedProvider another = stage.kept(ScriptedProvider.start());
        App app = Notices.app(stage);
        Browser browser = stage.signedIn(app);

        Notices.assertRefused(
                another.logoutNotice().aboutSession(provider.sid()).sentTo(Notices.address(app)));

        Notices.assertStillSignedIn(app, browser, "alice");
    }

    // R90

    @ParameterizedTest
    @EnumSource
    void R90_theProvidersFrameEndsTheSessionOfTheBrowserThatLoadsIt(Container container) {
        App app = stage.start(App.on(container).filterParam("frontchannelLogoutPath", "/frame"));
        Browser browser = stage.signedIn(app);
        Browser other = stage.signedIn(app);

        Page page = browser.navigate(provider.frontChannelLogout(app.url("/frame")));

        Frames.assertShown(page);
        assertTrue(browser.navigate(app.url("/home")).isRedirect());
        Notices.assertStillSignedIn(app, other, "alice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss=ISS",
                "sid=SID",
                "",
                "iss=ISS&sid=other",
                "iss=https://evil.example&sid=SID",
                "iss=ISS/&sid=SID",
                "iss=ISS&sid=",
                "iss=&sid=SID",
                "iss=ISS&sid=SID&sid=SID",
                "iss=ISS&iss=ISS&sid=SID",
                "iss=ISS&sid=SIDx",
                "ISS=ISS&SID=SID"
            })
    void R90_whereIssuerAndSessionDoNotMatchNothingEnds(String query) {
        App app = Frames.app(stage);
        Browser browser = stage.signedIn(app);

        Page page = browser.navigate(app.url(
                "/frame?" + query.replace("=ISS", "=" + provider.issuer()).replace("=SID", "=" + provider.sid())));

        assertEquals(400, page.status());
        assertEquals("no-store", page.header("Cache-Control"));
        Frames.assertNotFramed(page);
        Notices.assertStillSignedIn(app, browser, "alice");
    }

    @Test
    void R90_aLoginWithoutASessionIdIsNotEndedByAnyFrame() {
        provider.idToken().withoutClaim("sid");
        App app = Frames.app(stage);
        Browser browser = stage.signedIn(app);

        assertEquals(
                400,
                browser.navigate(provider.frontChannelLogout(app.url("/frame"))).status());

        Notices.assertStillSignedIn(app, browser, "alice");
    }

    @Test
    void R90_noOtherAnswerOfTheFilterMayBeFramed() {
        App app = stage.start(Notices.jetty().filterParam("frontchannelLogoutPath", "/frame"));
        Browser browser = stage.browser();
        List<Page> answers = Arrays.asList(
                browser.navigate(app.url("/home")),
                browser.fetch(app.url("/home")),
                browser.navigate(app.url("/callback?state=x.again")),
                browser.navigate(app.url("/logout")),
                browser.clickFrom("https://evil.example/", app.url("/logout")),
                browser.navigate(app.url("/frame?sid=x")),
                browser.request(app.url("/frame")).method("PUT").send(),
                browser.navigate(app.url("/notice")),
                provider.logoutNotice().signed().withBody("").sentTo(Notices.address(app)),
                provider.sendsLogoutToken(Notices.address(app)));

        answers.forEach(Frames::assertNotFramed);
        assertFalse(browser.navigate(provider.frontChannelLogout(app.url("/frame")))
                .header("Content-Security-Policy")
                .contains("frame-ancestors"));
    }

    private void assertRefused(Consumer<TokenScript> bend) {
        bend.accept(provider.logoutToken());
        assertRefused(Notices.app(stage));
    }

    /** Refused, the session lives, and the honest notice ends it. */
    private void assertRefused(App app) {
        stage.logs().clear();
        Browser browser = stage.signedIn(app);

        Notices.assertRefused(provider.sendsLogoutToken(Notices.address(app)));

        Notices.assertStillSignedIn(app, browser, "alice");
        assertEquals(List.of(), Notices.alarms(stage.logs()));
        provider.behaves();
        Notices.assertHeeded(provider.sendsLogoutToken(Notices.address(app)));
        Notices.assertEnded(app, browser);
    }
}
