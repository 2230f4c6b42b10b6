package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logout tokens and how they are sent; the probe of an application receives them. */
class LogoutTokenTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final App app =
            App.jetty().against(provider).filterParam("publicPaths", "/notice").start();

    @AfterEach
    void close() {
        app.close();
        provider.close();
    }

    private Page notice() {
        return provider.sendsLogoutToken(app.url("/notice?a=b"));
    }

    private String token() {
        return Parameters.parse(notice().seen().body()).get("logout_token");
    }

    private SignedJWT parsed() throws Exception {
        return SignedJWT.parse(token());
    }

    private static boolean isSignedByProvider(SignedJWT token) throws Exception {
        return token.verify(new RSASSAVerifier(RSAKey.parse(TestKeys.rsa().publicJwk())));
    }

    @Test
    void noticeIsAFormOfOneFieldToTheVeryAddress() {
        Seen seen = notice().seen();
        assertEquals("POST", seen.method());
        assertEquals("/notice", seen.requestUri());
        assertEquals("a=b", seen.query());
        assertEquals(Set.of("logout_token"), Parameters.parse(seen.body()).names());
    }

    @Test
    void answerIsHandedBackWhole() {
        Page page = provider.sendsLogoutToken(app.url("/elsewhere"));
        assertEquals(401, page.status());
        assertEquals("no-store", page.header("Cache-Control"));
        assertEquals("login_required", page.json().get("code"));
    }

    @Test
    void honestTokenHasTheClaimsOfTheSpecification() throws Exception {
        SignedJWT token = parsed();
        JWTClaimsSet claims = token.getJWTClaimsSet();
        assertTrue(isSignedByProvider(token));
        assertEquals("logout+jwt", token.getHeader().getType().getType());
        assertEquals(
                Set.of("iss", "sub", "aud", "iat", "exp", "jti", "events", "sid"),
                claims.getClaims().keySet());
        assertEquals(provider.issuer(), claims.getIssuer());
        assertEquals(List.of(provider.clientId()), claims.getAudience());
        assertEquals("alice", claims.getSubject());
        assertEquals(
                Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()),
                claims.getJSONObjectClaim("events"));
        Duration life = Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
        assertEquals(Duration.ofMinutes(2), life);
    }

    @Test
    void tokenIsAboutTheSessionOfTheIdTokens() throws Exception {
        provider.signInAs("bob");
        String idToken = Json.string(new PlainClient(provider).logIn(), "id_token");
        JWTClaimsSet claims = parsed().getJWTClaimsSet();
        assertEquals("bob", claims.getSubject());
        assertEquals(SignedJWT.parse(idToken).getJWTClaimsSet().getClaim("sid"), claims.getClaim("sid"));
    }

    @Test
    void everyNoticeIsAnother() throws Exception {
        assertNotEquals(
                parsed().getJWTClaimsSet().getJWTID(),
                parsed().getJWTClaimsSet().getJWTID());
    }

    @Test
    void claimsAndHeaderAreBentAndSigned() throws Exception {
        provider.logoutToken()
                .withClaim("nonce", "x")
                .withClaim("jti", "the-same")
                .withoutClaim("sid", "events")
                .withHeader("typ", "JWT");
        SignedJWT token = parsed();
        assertTrue(isSignedByProvider(token));
        assertEquals("JWT", token.getHeader().getType().getType());
        assertEquals(
                Set.of("iss", "sub", "aud", "iat", "exp", "jti", "nonce"),
                token.getJWTClaimsSet().getClaims().keySet());
        assertEquals("the-same", token.getJWTClaimsSet().getJWTID());
    }

    @Test
    void signatureIsBent() throws Exception {
        provider.logoutToken().withBrokenSignature();
        assertFalse(isSignedByProvider(parsed()));
        provider.logoutToken().behaves().unsigned();
        assertTrue(token().endsWith("."));
        provider.logoutToken().behaves().rawToken("garbage");
        assertEquals("garbage", token());
    }

    @Test
    void idTokensAreBentForThemselves() throws Exception {
        provider.idToken().withSubject("mallory");
        assertEquals("alice", parsed().getJWTClaimsSet().getSubject());
    }

    @Test
    void behavesMakesTheTokenHonestAgain() throws Exception {
        provider.logoutToken().withIssuer("https://evil.example").withBrokenSignature();
        provider.behaves();
        assertTrue(isSignedByProvider(parsed()));
        assertEquals(provider.issuer(), parsed().getJWTClaimsSet().getIssuer());
    }

    @Test
    void tokenIsASecretLikeAnyOther() {
        String token = token();
        assertTrue(provider.secrets().contains(token));
    }
}
