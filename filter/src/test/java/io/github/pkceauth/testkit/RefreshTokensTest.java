package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a refresh token is good, and what comes of one that is used twice. */
class RefreshTokensTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private String refreshToken() throws IOException {
        return Json.string(client.logIn(), "refresh_token");
    }

    private String successorOf(String token) throws IOException {
        HttpResponse<String> response = client.refresh(token);
        assertEquals(200, response.statusCode(), response.body());
        return Json.string(Json.object(response.body()), "refresh_token");
    }

    private void assertInvalidGrant(String token) throws IOException {
        HttpResponse<String> response = client.refresh(token);
        assertEquals(400, response.statusCode(), response.body());
        assertEquals("invalid_grant", Json.object(response.body()).get("error"));
    }

    @Test
    void aTokenThatComesTwiceEndsItsWholeFamily() throws IOException {
        String first = refreshToken();
        String newest = successorOf(successorOf(first));
        assertEquals(0, provider.reuses());
        assertInvalidGrant(first);
        assertInvalidGrant(newest);
        assertEquals(1, provider.reuses());
    }

    @Test
    void anotherLoginOfTheSameUserIsAnotherFamily() throws IOException {
        String first = refreshToken();
        String other = refreshToken();
        successorOf(first);
        assertInvalidGrant(first);
        successorOf(other);
    }

    @Test
    void everyTokenThatComesAgainIsCounted() throws IOException {
        String first = refreshToken();
        successorOf(first);
        assertInvalidGrant(first);
        assertInvalidGrant(first);
        assertEquals(2, provider.reuses());
    }

    @Test
    void anUnknownTokenIsNoReuse() throws IOException {
        assertInvalidGrant("unknown");
        assertEquals(0, provider.reuses());
    }

    @Test
    void withoutRotationNothingIsReused() throws IOException {
        provider.withoutRotation();
        String token = refreshToken();
        client.refresh(token);
        assertEquals(200, client.refresh(token).statusCode());
        assertEquals(0, provider.reuses());
    }

    @Test
    void withoutDetectionTheFamilyOutlivesAReuse() throws IOException {
        provider.withoutReuseDetection();
        String first = refreshToken();
        String second = successorOf(first);
        assertInvalidGrant(first);
        successorOf(second);
        assertEquals(1, provider.reuses());
    }

    @Test
    void endedGrantsRefreshNoMoreAndNewOnesDo() throws IOException {
        String rotated = successorOf(refreshToken());
        String fresh = refreshToken();
        provider.endsGrants();
        assertInvalidGrant(rotated);
        assertInvalidGrant(fresh);
        assertEquals(0, provider.reuses());
        successorOf(refreshToken());
    }
}
