package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushed authorization requests, and what the browser brings after them. */
class PushedRequestTest {
    private final ScriptedProvider provider = ScriptedProvider.start().withPushedRequests();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private HttpResponse<String> push(Parameters request) throws IOException {
        return client.post(ScriptedProvider.PAR, request);
    }

    private void assertRefused(String error, Parameters request) throws IOException {
        HttpResponse<String> response = push(request);
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(error, Json.object(response.body()).get("error"));
    }

    private void assertBrowserRefused(Parameters brought) {
        try (Browser browser = Browser.open()) {
            Page page = browser.navigate(client.address(brought));
            assertEquals(400, page.status(), page::text);
        }
    }

    @Test
    void aPushedRequestIsAnsweredAsIfTheBrowserHadBroughtIt() throws IOException {
        HttpResponse<String> response = push(client.request());
        assertEquals(201, response.statusCode());
        assertEquals("no-store", response.headers().firstValue("Cache-Control").orElse(""));
        Map<String, Object> members = Json.object(response.body());
        assertEquals(Set.of("request_uri", "expires_in"), members.keySet());
        assertEquals(60L, members.get("expires_in"));
        String uri = Json.string(members, "request_uri");
        assertTrue(uri.matches("urn:ietf:params:oauth:request_uri:.{20,}"), uri);

        Parameters brought = Parameters.none().plus("client_id", "the-client").plus("request_uri", uri);
        Parameters answer = client.authorize(brought);
        assertEquals("the-state", answer.get("state"));
        assertEquals(200, client.redeem(client.grant(answer.get("code"))).statusCode());
        assertEquals("the-state", provider.pushedRequest().get("state"));
        assertEquals(
                Set.of("client_id", "request_uri"),
                provider.lastAuthorizationRequest().names());
    }

    @Test
    void aPushedRequestIsFollowedOnce() throws IOException {
        Parameters brought = client.push(client.request());
        client.authorize(brought);
        assertBrowserRefused(brought);
    }

    @Test
    void aPushedRequestIsTheClientsThatPushedIt() throws IOException {
        assertBrowserRefused(client.push(client.request()).with("client_id", "somebody"));
        assertBrowserRefused(client.push(client.request()).without("client_id"));
    }

    @Test
    void aPushedRequestExpires() throws IOException {
        provider.withPushedRequestsFor(Duration.ZERO);
        assertBrowserRefused(client.push(client.request()));
    }

    @Test
    void inventedRequestUrisAreRefused() {
        assertBrowserRefused(Parameters.none()
                .plus("client_id", "the-client")
                .plus("request_uri", "urn:ietf:params:oauth:request_uri:x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "scope", "nonce", "redirect_uri", "request", "request_uri"})
    void nothingStandsBesideTheRequestUri(String name) throws IOException {
        assertBrowserRefused(client.push(client.request()).plus(name, "more"));
    }

    @Test
    void theLoginFormLeadsOnWithAPushedRequest() throws IOException {
        provider.withLoginForm();
        Parameters brought = client.push(client.request());
        try (Browser browser = Browser.open()) {
            Page form = browser.navigate(client.address(brought));
            assertEquals(200, form.status());
            assertTrue(browser.submit(form).redirectTarget().parameters().has("code"));
        }
        assertBrowserRefused(brought);
    }

    @Test
    void pushedRequestsAreCheckedAtOnce() throws IOException {
        assertRefused("invalid_request", client.request().without("code_challenge"));
        assertRefused("unsupported_response_type", client.request().with("response_type", "token"));
        assertRefused("invalid_request", client.request().plus("state", "again"));
        assertRefused("invalid_request", client.request().without("redirect_uri"));
        assertRefused("invalid_request", client.request().plus("request_uri", "urn:x"));
        provider.registers("https://app.example/callback");
        assertRefused("invalid_request", client.request());
        assertEquals(400, client.get("/par?" + client.request().encoded()).statusCode());
    }

    @Test
    void nothingOfAPushedRequestStandsInItsAddress() throws IOException {
        for (String ours : List.of("state=the-state", "nonce=the-nonce", "code_challenge=x", "client_assertion=x")) {
            HttpResponse<String> response = client.post("/par?" + ours, client.request());
            assertEquals(400, response.statusCode(), ours);
        }
        assertEquals(201, client.post("/par?own=query", client.request()).statusCode());
    }

    @Test
    void resourceMayBePushedTwice() throws IOException {
        Parameters request =
                client.request().plus("resource", "https://one.example").plus("resource", "https://two.example");
        assertEquals(201, push(request).statusCode());
    }

    @Test
    void pushingTakesTheClientsAuthentication() throws IOException {
        provider.withClientSecret("hush");
        assertEquals(401, push(client.request()).statusCode());
        assertEquals(401, push(client.request().plus("client_secret", "wrong")).statusCode());
        Parameters brought = client.push(client.request().plus("client_secret", "hush"));
        assertTrue(client.authorize(brought).has("code"));
        assertEquals(401, push(client.request().with("client_id", "somebody")).statusCode());
    }

    @Test
    void pushingTakesAnAssertionOnce() throws IOException {
        provider.withClientKey(TestKeys.p256());
        Parameters form = client.request()
                .plus("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .plus("client_assertion", ClientJwt.assertion(provider).signedBy(TestKeys.p256()));
        assertTrue(client.authorize(client.push(form)).has("code"));
        assertEquals(401, push(form).statusCode());
    }

    @Test
    void whereRequestsMustBePushedOthersAreRefused() throws IOException {
        assertTrue(client.authorize(client.request()).has("code"));
        provider.requiringPushedRequests();
        assertBrowserRefused(client.request());
        assertTrue(client.authorize(client.push(client.request())).has("code"));
    }

    @Test
    void metadataSaysWhetherRequestsArePushed() throws IOException {
        assertEquals(provider.address("/par"), metadata(client).get("pushed_authorization_request_endpoint"));
        assertFalse(metadata(client).containsKey("require_pushed_authorization_requests"));
        provider.requiringPushedRequests();
        assertEquals(true, metadata(client).get("require_pushed_authorization_requests"));
    }

    @Test
    void aProviderWithoutPushedRequestsHasNoSuchEndpoint() throws IOException {
        try (ScriptedProvider other = ScriptedProvider.start()) {
            PlainClient plain = new PlainClient(other);
            assertEquals(404, plain.post("/par", plain.request()).statusCode());
            assertFalse(metadata(plain).containsKey("pushed_authorization_request_endpoint"));
        }
    }

    private static Map<String, Object> metadata(PlainClient client) throws IOException {
        return Json.object(client.get("/.well-known/openid-configuration").body());
    }

    @Test
    void theAnswerIsBent() throws IOException {
        provider.pushed()
                .with("request_uri", "urn:else")
                .without("expires_in")
                .once()
                .resets();
        assertThrows(IOException.class, () -> push(client.request()));
        assertEquals(
                Map.of("request_uri", "urn:else"),
                Json.object(push(client.request()).body()));
        provider.behaves();
        assertTrue(push(client.request()).body().contains("expires_in"));
    }
}
