package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers to refreshes, and how they are bent apart from those at a login. */
class RefreshScriptTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private String refreshToken() throws IOException {
        return Json.string(client.logIn(), "refresh_token");
    }

    private Map<String, Object> refreshed(String token) throws IOException {
        HttpResponse<String> response = client.refresh(token);
        assertEquals(200, response.statusCode(), response.body());
        return Json.object(response.body());
    }

    private static JWTClaimsSet idTokenOf(Map<String, Object> tokens) throws ParseException {
        return SignedJWT.parse(Json.string(tokens, "id_token")).getJWTClaimsSet();
    }

    @Test
    void honestIdTokenOfARefreshIsThatOfTheLoginWithoutTheNonce() throws IOException, ParseException {
        Map<String, Object> login = client.logIn();
        provider.signInAs("bob");
        JWTClaimsSet before = idTokenOf(login);
        JWTClaimsSet after = idTokenOf(refreshed(Json.string(login, "refresh_token")));
        for (String claim : List.of("iss", "sub", "aud", "auth_time", "sid", "name", "roles")) {
            assertTrue(before.getClaims().containsKey(claim), claim);
            assertEquals(before.getClaim(claim), after.getClaim(claim), claim);
        }
        assertEquals("alice", after.getSubject());
        assertFalse(after.getClaims().containsKey("nonce"));
        assertFalse(
                after.getIssueTime().toInstant().isBefore(before.getIssueTime().toInstant()));
    }

    @Test
    void membersAreBentAtRefreshesOnly() throws IOException {
        provider.refresh().with("expires_in", 7).without("scope");
        Map<String, Object> login = client.logIn();
        Map<String, Object> fresh = refreshed(Json.string(login, "refresh_token"));
        assertEquals(3600L, login.get("expires_in"));
        assertEquals("openid profile", login.get("scope"));
        assertEquals(7L, fresh.get("expires_in"));
        assertFalse(fresh.containsKey("scope"));
    }

    @Test
    void whatIsBentAtLoginsLeavesRefreshesAlone() throws IOException {
        String token = refreshToken();
        provider.token().with("token_type", "odd").withStatus(503);
        Map<String, Object> first = refreshed(token);
        assertEquals("Bearer", first.get("token_type"));
        provider.token().resets();
        refreshed(Json.string(first, "refresh_token"));
    }

    @Test
    void refreshesFailWhileLoginsSucceed() throws IOException {
        provider.refresh().resets();
        String token = refreshToken();
        assertThrows(IOException.class, () -> client.refresh(token));
        provider.refresh().behaves().once().answers(503, "text/plain", "later");
        assertEquals(503, client.refresh(token).statusCode());
        assertEquals(200, client.refresh(token).statusCode());
    }

    @Test
    void aFailureInPlaceOfTheAnswerUsesNoTokenUp() throws IOException {
        String token = refreshToken();
        provider.refresh().once().answers(500, "text/plain", "");
        client.refresh(token);
        assertEquals(200, client.refresh(token).statusCode());
    }

    @Test
    void anAnswerWithAnotherStatusHasUsedTheTokenUp() throws IOException {
        String token = refreshToken();
        provider.refresh().withStatus(500);
        client.refresh(token);
        provider.refresh().behaves();
        assertEquals(400, client.refresh(token).statusCode());
    }

    @Test
    void aRefreshWaitsAtItsGateWhileALoginPasses() throws IOException {
        String token = refreshToken();
        Gate gate = provider.refresh().waits();
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try {
                return client.refresh(token).statusCode();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        gate.awaitArrival();
        refreshToken();
        assertFalse(status.isDone());
        gate.open();
        assertEquals(200, status.join());
    }

    @Test
    void refreshesAreCountedApartFromRedemptions() throws IOException {
        String token = refreshToken();
        assertEquals(0, provider.refreshCalls());
        client.refresh(token);
        client.refresh("unknown");
        assertEquals(2, provider.refreshCalls());
        assertEquals(3, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void idTokensAreBentForThemselvesAtRefreshes() throws IOException, ParseException {
        provider.idToken().withClaim("at", "login");
        provider.refreshedIdToken().withSubject("mallory");
        Map<String, Object> login = client.logIn();
        JWTClaimsSet after = idTokenOf(refreshed(Json.string(login, "refresh_token")));
        assertEquals("alice", idTokenOf(login).getSubject());
        assertEquals("login", idTokenOf(login).getClaim("at"));
        assertEquals("mallory", after.getSubject());
        assertFalse(after.getClaims().containsKey("at"));
    }

    @Test
    void idTokenCanBeLeftOutAtRefreshes() throws IOException {
        provider.withoutIdTokenAtRefresh();
        Map<String, Object> login = client.logIn();
        assertTrue(login.containsKey("id_token"));
        assertFalse(refreshed(Json.string(login, "refresh_token")).containsKey("id_token"));
    }

    @Test
    void refreshTokensCanBeLeftOut() throws IOException {
        String token = refreshToken();
        provider.withoutRefreshTokens();
        assertFalse(client.logIn().containsKey("refresh_token"));
        assertFalse(refreshed(token).containsKey("refresh_token"));
        assertFalse(refreshed(token).containsKey("refresh_token"));
    }

    @Test
    void withoutRotationTheSameTokenStaysGood() throws IOException {
        provider.withoutRotation();
        String token = refreshToken();
        assertFalse(refreshed(token).containsKey("refresh_token"));
        assertFalse(refreshed(token).containsKey("refresh_token"));
    }

    @Test
    void behavesMakesRefreshesHonestAgain() throws IOException, ParseException {
        provider.refresh().with("token_type", "odd").hangs();
        provider.refreshedIdToken().withIssuer("https://evil.example");
        provider.behaves();
        Map<String, Object> fresh = refreshed(refreshToken());
        assertEquals("Bearer", fresh.get("token_type"));
        assertEquals(provider.issuer(), idTokenOf(fresh).getIssuer());
    }
}
