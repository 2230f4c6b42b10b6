package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a logout is about, and the ways of telling it; the probe of an application receives them. */
class LogoutNoticeTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final App app =
            App.jetty().against(provider).filterParam("publicPaths", "/notice").start();

    @AfterEach
    void close() {
        app.close();
        provider.close();
    }

    private Seen seen(LogoutMessage message) {
        return message.sentTo(app.url("/notice?a=b")).seen();
    }

    private JWTClaimsSet claims(LogoutNotice notice) throws Exception {
        Seen seen = notice.sentTo(app.url("/notice")).seen();
        return SignedJWT.parse(Parameters.parse(seen.body()).get("logout_token"))
                .getJWTClaimsSet();
    }

    private static JWTClaimsSet idToken(PlainClient client) throws Exception {
        return SignedJWT.parse(Json.string(client.logIn(), "id_token")).getJWTClaimsSet();
    }

    @Test
    void noticeIsAboutThePresentSession() throws Exception {
        JWTClaimsSet claims = claims(provider.logoutNotice());
        assertEquals("alice", claims.getSubject());
        assertEquals(provider.sid(), claims.getClaim("sid"));
    }

    @Test
    void noticeIsAboutWhateverItIsTold() throws Exception {
        JWTClaimsSet claims = claims(provider.logoutNotice().aboutSubject("bob").aboutSession("another"));
        assertEquals("bob", claims.getSubject());
        assertEquals("another", claims.getClaim("sid"));
        assertTrue(claims.getClaims().containsKey("events"));
    }

    @Test
    void subjectOrSessionCanBeLeftOut() throws Exception {
        JWTClaimsSet bySubject = claims(provider.logoutNotice().aboutSubjectOnly());
        assertEquals("alice", bySubject.getSubject());
        assertFalse(bySubject.getClaims().containsKey("sid"));
        JWTClaimsSet bySession = claims(provider.logoutNotice().aboutSessionOnly());
        assertFalse(bySession.getClaims().containsKey("sub"));
        assertEquals(provider.sid(), bySession.getClaim("sid"));
    }

    @Test
    void noticeIsAboutTheSessionOfItsOwnTime() throws Exception {
        LogoutNotice notice = provider.logoutNotice();
        provider.signInAs("bob");
        assertEquals("alice", claims(notice).getSubject());
    }

    @Test
    void tokensAreBentLikeThoseOfThePresentSession() throws Exception {
        provider.logoutToken().withClaim("nonce", "x");
        assertEquals("x", claims(provider.logoutNotice().aboutSubjectOnly()).getClaim("nonce"));
    }

    @Test
    void sameTokenIsSentAgainAndAgain() {
        LogoutMessage message = provider.logoutNotice().signed();
        String first = seen(message).body();
        assertEquals("logout_token=" + message.token(), first);
        assertEquals(first, seen(message).body());
        assertNotEquals(message.token(), provider.logoutNotice().signed().token());
    }

    @Test
    void tokenCanStandInTheQuery() {
        LogoutMessage message = provider.logoutNotice().signed().inQuery();
        Seen posted = seen(message);
        assertEquals("POST", posted.method());
        assertEquals("a=b&logout_token=" + message.token(), posted.query());
        assertEquals("", posted.body());
        Page got = message.byMethod("GET").sentTo(app.url("/notice"));
        assertEquals("GET", got.seen().method());
        assertEquals("logout_token=" + message.token(), got.seen().query());
    }

    @Test
    void tokenCanComeTwiceOrNotAtAllOrWithOthers() {
        LogoutMessage message = provider.logoutNotice().signed();
        String token = message.token();
        assertEquals(
                List.of(token, token),
                Parameters.parse(seen(message.twice()).body()).all("logout_token"));
        assertEquals(
                List.of(token, "other"),
                Parameters.parse(
                                seen(message.alsoField("logout_token", "other")).body())
                        .all("logout_token"));
        assertEquals("", seen(message.withBody("")).body());
        assertEquals(
                "{}",
                seen(message.withBody("{}").withContentType("application/json")).body());
    }

    @Test
    void onlyAFormIsReadAsOne() {
        LogoutMessage message = provider.logoutNotice().signed();
        String url = app.url("/notice?do=parameters");
        for (String type : List.of("", "text/plain")) {
            Page page = message.withContentType(type).sentTo(url);
            assertFalse(Json.object(page.seen().members(), "parameters").containsKey("logout_token"), type);
        }
        Page page = message.sentTo(url);
        assertTrue(Json.object(page.seen().members(), "parameters").containsKey("logout_token"));
    }

    @Test
    void frontChannelRequestNamesIssuerAndSession() {
        Url url = Url.parse(provider.frontChannelLogout(app.url("/notice?a=b")));
        assertEquals("b", url.parameters().get("a"));
        assertEquals(provider.issuer(), url.parameters().get("iss"));
        assertEquals(provider.sid(), url.parameters().get("sid"));
    }

    @Test
    void oneSubjectHasASessionForEachSignIn() throws Exception {
        PlainClient client = new PlainClient(provider);
        String first = provider.sid();
        JWTClaimsSet here = idToken(client);
        provider.signInAs("alice");
        JWTClaimsSet there = idToken(client);
        assertEquals(first, here.getClaim("sid"));
        assertEquals(provider.sid(), there.getClaim("sid"));
        assertNotEquals(first, provider.sid());
        assertEquals("alice", provider.subject());
        assertEquals(here.getSubject(), there.getSubject());
    }

    @Test
    void twoBrowsersOfOneSubjectAreSignedInBySessionsOfTheirOwn() {
        try (Browser one = Browser.open();
                Browser other = Browser.open()) {
            assertEquals("alice", one.navigateFully(app.url("/page")).seen().remoteUser());
            String first = provider.sid();
            provider.signInAs("alice");
            assertEquals("alice", other.navigateFully(app.url("/page")).seen().remoteUser());
            assertNotEquals(first, provider.sid());
            assertEquals(2, app.sessions().count());
        }
    }
}
