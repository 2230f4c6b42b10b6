package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protected resource, and userinfo where it is one like it. */
class ResourceTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private String accessToken() throws IOException {
        return Json.string(client.logIn(), "access_token");
    }

    private HttpResponse<String> get(String path, String token) throws IOException {
        return client.get(path, "Authorization", "Bearer " + token);
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertEquals(401, response.statusCode(), response.body());
        assertEquals(
                "Bearer error=\"invalid_token\"",
                response.headers().firstValue("WWW-Authenticate").orElse(""));
    }

    @Test
    void resourceGreetsTheUserOfTheToken() throws IOException {
        provider.signInAs("bob");
        String token = accessToken();
        provider.signInAs("alice");
        HttpResponse<String> response = get("/resource", token);
        assertEquals(200, response.statusCode());
        assertEquals(Map.of("hello", "bob"), Json.object(response.body()));
    }

    @Test
    void resourceTakesTokensThatAreJwts() throws IOException {
        provider.withJwtAccessTokens();
        assertEquals(200, get("/resource", accessToken()).statusCode());
    }

    @Test
    void resourceTakesTheTokenOfARefresh() throws IOException {
        String refreshToken = Json.string(client.logIn(), "refresh_token");
        Map<String, Object> fresh = Json.object(client.refresh(refreshToken).body());
        assertEquals(200, get("/resource", Json.string(fresh, "access_token")).statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/resource", "/userinfo"})
    void whoeverHasNoGoodTokenIsRefused(String path) throws IOException {
        String token = accessToken();
        assertEquals(200, get(path, token).statusCode());
        assertRefused(client.get(path));
        assertRefused(get(path, "unknown"));
        assertRefused(client.get(path, "Authorization", "Basic " + token));
        assertRefused(client.get(path, "Authorization", "Bearer " + token, "Authorization", "Bearer " + token));
        assertRefused(client.get(path + "?access_token=" + token));
        assertRefused(get(path + "?access_token=" + token, token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/resource", "/userinfo"})
    void expiredTokensAreRefused(String path) throws IOException {
        provider.withAccessTokensFor(Duration.ZERO);
        assertRefused(get(path, accessToken()));
    }

    @Test
    void tokensOutliveAnEndOfTheGrants() throws IOException {
        String token = accessToken();
        provider.endsGrants();
        assertEquals(200, get("/resource", token).statusCode());
    }

    @Test
    void resourceIsBent() throws IOException {
        String token = accessToken();
        provider.resource().with("hello", "world").once().answers(401, "text/plain", "");
        assertEquals(401, get("/resource", token).statusCode());
        assertEquals("world", Json.object(get("/resource", token).body()).get("hello"));
        provider.behaves();
        assertEquals("alice", Json.object(get("/resource", token).body()).get("hello"));
    }
}
