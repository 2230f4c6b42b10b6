package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The revocation endpoint, and what becomes of the tokens that are brought there. */
class RevocationTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private Parameters request(String token) {
        return Parameters.none().plus("token", token).plus("client_id", provider.clientId());
    }

    private HttpResponse<String> revoke(String token) throws IOException {
        return client.post(ScriptedProvider.REVOKE, request(token));
    }

    private void assertRevoked(String token) throws IOException {
        HttpResponse<String> response = revoke(token);
        assertEquals(200, response.statusCode(), response.body());
        assertEquals("", response.body());
        assertTrue(provider.isRevoked(token));
    }

    private int statusWith(String accessToken, String path) throws IOException {
        return client.get(path, "Authorization", "Bearer " + accessToken).statusCode();
    }

    @Test
    void aRevokedRefreshTokenIsAnInvalidGrant() throws IOException {
        String token = Json.string(client.logIn(), "refresh_token");
        assertFalse(provider.isRevoked(token));
        assertRevoked(token);
        HttpResponse<String> response = client.refresh(token);
        assertEquals(400, response.statusCode());
        assertEquals("invalid_grant", Json.object(response.body()).get("error"));
        assertEquals(0, provider.reuses());
    }

    @Test
    void aRevokedAccessTokenIsRefusedEverywhere() throws IOException {
        Map<String, Object> tokens = client.logIn();
        String token = Json.string(tokens, "access_token");
        assertRevoked(token);
        assertEquals(401, statusWith(token, "/resource"));
        assertEquals(401, statusWith(token, "/userinfo"));
        assertEquals(200, client.refresh(Json.string(tokens, "refresh_token")).statusCode());
    }

    @Test
    void accessTokensFallWithTheRefreshTokenThoughNobodyHasBroughtThem() throws IOException {
        Map<String, Object> tokens = client.logIn();
        String accessToken = Json.string(tokens, "access_token");
        String other = Json.string(client.logIn(), "access_token");
        assertRevoked(Json.string(tokens, "refresh_token"));
        assertEquals(401, statusWith(accessToken, "/resource"));
        assertFalse(provider.isRevoked(accessToken));
        assertEquals(200, statusWith(other, "/resource"));
    }

    @Test
    void aRefreshTokenThatIsUsedUpIsAnUnknownOne() throws IOException {
        String first = Json.string(client.logIn(), "refresh_token");
        String second = Json.string(Json.object(client.refresh(first).body()), "refresh_token");
        assertEquals(200, revoke(first).statusCode());
        assertFalse(provider.isRevoked(first));
        assertEquals(200, client.refresh(second).statusCode());
    }

    @Test
    void unknownTokensAreNoError() throws IOException {
        HttpResponse<String> response = revoke("unknown");
        assertEquals(200, response.statusCode());
        assertEquals("", response.body());
        assertFalse(provider.isRevoked("unknown"));
    }

    @Test
    void theHintMayBeWrong() throws IOException {
        Map<String, Object> tokens = client.logIn();
        String token = Json.string(tokens, "refresh_token");
        client.post(ScriptedProvider.REVOKE, request(token).plus("token_type_hint", "access_token"));
        assertTrue(provider.isRevoked(token));
        assertEquals(
                "access_token", provider.request(ScriptedProvider.REVOKE).form().get("token_type_hint"));
    }

    @Test
    void requestsAreCheckedLikeThoseForTokens() throws IOException {
        String secret = "the secret of the client";
        provider.withClientSecret(secret);
        Parameters good = request("unknown").plus("client_secret", secret);
        assertEquals(200, status(good));
        String basic = PlainClient.basic("the-client", Parameters.encode(secret));
        assertEquals(200, status(request("unknown"), "Authorization", basic));
        assertEquals(401, status(request("unknown")));
        assertEquals(401, status(good, "Authorization", basic));
        assertEquals(401, status(request("unknown").plus("client_secret", "wrong")));
        assertEquals(400, status(good.without("token")));
        assertEquals(400, status(good.plus("token", "again")));
        assertEquals(400, client.get("/revoke?token=unknown").statusCode());
    }

    private int status(Parameters form, String... headers) throws IOException {
        return client.post(ScriptedProvider.REVOKE, form, headers).statusCode();
    }

    @Test
    void whoeverIsNotTheClientRevokesNothing() throws IOException {
        String token = Json.string(client.logIn(), "refresh_token");
        assertEquals(401, status(request(token).with("client_id", "somebody")));
        assertFalse(provider.isRevoked(token));
    }

    @Test
    void theEndpointCanFail() throws IOException {
        String token = Json.string(client.logIn(), "refresh_token");
        provider.revocation().once().resets().once().answers(503, "text/plain", "later");
        assertThrows(IOException.class, () -> revoke(token));
        assertEquals(503, revoke(token).statusCode());
        assertFalse(provider.isRevoked(token));
        provider.revocation().hangs();
        provider.behaves();
        assertRevoked(token);
    }

    @Test
    void metadataNamesTheEndpointUnlessToldOtherwise() throws IOException {
        assertEquals(provider.address("/revoke"), metadata().get("revocation_endpoint"));
        provider.withoutRevocation();
        for (String name : List.of("revocation_endpoint", "revocation_endpoint_auth_methods_supported")) {
            assertFalse(metadata().containsKey(name), name);
        }
    }

    private Map<String, Object> metadata() throws IOException {
        return Json.object(client.get("/.well-known/openid-configuration").body());
    }
}
