package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedProviderTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void honestFlowEndsInTokensForTheSignedInUser() throws IOException, ParseException {
        provider.signInAs("bob", Map.of("department", "sales"));
        Parameters answer = client.authorize(client.request());
        assertEquals("the-state", answer.get("state"));
        assertEquals(provider.issuer(), answer.get("iss"));
        assertEquals("this", answer.get("keep"));

        HttpResponse<String> response = client.redeem(client.grant(answer.get("code")));
        assertEquals(200, response.statusCode(), response.body());
        Map<String, Object> tokens = Json.object(response.body());
        SignedJWT idToken = SignedJWT.parse(Json.string(tokens, "id_token"));
        assertEquals("bob", idToken.getJWTClaimsSet().getSubject());
        assertEquals("the-nonce", idToken.getJWTClaimsSet().getStringClaim("nonce"));
        assertEquals(List.of("the-client"), idToken.getJWTClaimsSet().getAudience());
        assertEquals(provider.issuer(), idToken.getJWTClaimsSet().getIssuer());
        assertEquals(List.of("user"), idToken.getJWTClaimsSet().getStringListClaim("roles"));
        assertEquals("sales", idToken.getJWTClaimsSet().getStringClaim("department"));

        String bearer = "Bearer " + Json.string(tokens, "access_token");
        Map<String, Object> user =
                Json.object(client.get("/userinfo", "Authorization", bearer).body());
        assertEquals("bob", user.get("sub"));
        assertEquals("bob@example.com", user.get("email"));
    }

    @Test
    void endpointsAnswerAtTheFurtherPathsThatTheyAreGiven() throws IOException {
        provider.withPath(ScriptedProvider.JWKS, "/realms/demo/certs");

        assertEquals(
                client.get(ScriptedProvider.JWKS).body(),
                client.get("/realms/demo/certs").body());
    }

    @Test
    void codeIsGoodForOneRedemption() throws IOException {
        Parameters grant = client.grant(client.authorize(client.request()).get("code"));
        assertEquals(200, client.redeem(grant).statusCode());
        assertEquals(400, client.redeem(grant).statusCode());
        assertEquals(2, provider.calls("/token"));
    }

    @Test
    void verifierAndRedirectUriMustBeThoseOfTheRequest() throws IOException {
        Parameters good = client.grant(client.authorize(client.request()).get("code"));
        assertEquals(
                400, client.redeem(good.with("code_verifier", "x".repeat(43))).statusCode());
        Parameters next = client.grant(client.authorize(client.request()).get("code"));
        assertEquals(
                400,
                client.redeem(next.with("redirect_uri", "http://localhost:1/")).statusCode());
    }

    @Test
    void authorizationRequestIsChecked() {
        assertError("invalid_request", client.request().without("code_challenge"));
        assertError("invalid_request", client.request().with("code_challenge_method", "plain"));
        assertError("unsupported_response_type", client.request().with("response_type", "token"));
        assertError("invalid_request", client.request().plus("scope", "again"));
        try (Browser browser = Browser.open()) {
            String unknown = client.address(client.request().with("client_id", "somebody"));
            assertEquals(400, browser.navigate(unknown).status());
            provider.registers("https://app.example/callback");
            assertEquals(400, browser.navigate(client.address(client.request())).status());
        }
    }

    private void assertError(String error, Parameters request) {
        Parameters answer = client.authorize(request);
        assertEquals(error, answer.get("error"));
        assertEquals("the-state", answer.get("state"));
        assertFalse(answer.has("code"));
    }

    @Test
    void confidentialClientAuthenticatesByExactlyOneMethod() throws IOException {
        String secret = "a:b%+\u00fc";
        provider.withClientSecret(secret);
        String encoded = PlainClient.basic("the-client", Parameters.encode(secret));
        assertEquals(200, client.redeem(grant(), "Authorization", encoded).statusCode());
        assertEquals(200, client.redeem(grant().plus("client_secret", secret)).statusCode());
        assertEquals(401, client.redeem(grant()).statusCode());
        assertEquals(401, client.redeem(grant().plus("client_secret", "wrong")).statusCode());
        String raw = PlainClient.basic("the-client", secret);
        assertEquals(401, client.redeem(grant(), "Authorization", raw).statusCode());
        Parameters both = grant().plus("client_secret", secret);
        assertEquals(401, client.redeem(both, "Authorization", encoded).statusCode());
    }

    private Parameters grant() {
        return client.grant(client.authorize(client.request()).get("code"));
    }

    @Test
    void refreshTokensRotate() throws IOException {
        String first = Json.string(client.logIn(), "refresh_token");
        Map<String, Object> fresh = Json.object(client.refresh(first).body());
        assertNotEquals(first, Json.string(fresh, "refresh_token"));
        assertEquals(200, client.refresh(Json.string(fresh, "refresh_token")).statusCode());
        assertEquals(400, client.refresh(first).statusCode());
    }

    @Test
    void formPostPageSubmitsItself() {
        try (Browser browser = Browser.open()) {
            Page page = browser.navigate(client.address(client.request().plus("response_mode", "form_post")));
            assertTrue(page.submitsItself());
            assertEquals("POST", page.form().method());
            assertEquals(PlainClient.REDIRECT_URI, page.form().action());
            assertEquals("the-state", page.form().fields().get("state"));
        }
    }

    @Test
    void loginFormLeadsOnlyByItsOwnPage() {
        provider.withLoginForm();
        try (Browser browser = Browser.open()) {
            Page form = browser.navigate(client.address(client.request()));
            assertEquals(200, form.status());
            Page back = browser.submit(form);
            assertTrue(back.redirectTarget().parameters().has("code"));
        }
    }

    @Test
    void authorizationResponseIsBentByParameter() {
        provider.authorization().withParameter("iss", "evil").without("state").repeated("code");
        Parameters answer = client.authorize(client.request());
        assertEquals("evil", answer.get("iss"));
        assertFalse(answer.has("state"));
        assertEquals(2, answer.all("code").size());

        provider.authorization().behaves().answersError("access_denied", "No <b>way</b>");
        Parameters denied = client.authorize(client.request());
        assertEquals("access_denied", denied.get("error"));
        assertEquals("No <b>way</b>", denied.get("error_description"));
        assertFalse(denied.has("code"));
        assertTrue(denied.has("state"));
    }

    @Test
    void metadataStandsAtBothLocationsAndIsBentAtBoth() throws IOException {
        provider.withIssuerPath("/realms/demo");
        provider.metadata().with("issuer", "https://else.example").without("jwks_uri");
        for (String path : List.of(
                "/realms/demo/.well-known/openid-configuration",
                "/.well-known/oauth-authorization-server/realms/demo")) {
            Map<String, Object> metadata = Json.object(client.get(path).body());
            assertEquals("https://else.example", metadata.get("issuer"));
            assertFalse(metadata.containsKey("jwks_uri"));
            assertEquals(provider.address("/token"), metadata.get("token_endpoint"));
        }
        provider.openidMetadata().answers(404, "text/plain", "");
        assertEquals(
                404, client.get("/realms/demo/.well-known/openid-configuration").statusCode());
        assertEquals(3, provider.metadataCalls());
    }

    @Test
    void issParameterCanBeLeftOut() throws IOException {
        provider.withoutIssParameter();
        assertFalse(client.authorize(client.request()).has("iss"));
        String metadata = client.get("/.well-known/openid-configuration").body();
        assertFalse(metadata.contains("authorization_response_iss_parameter_supported"));
    }

    @Test
    void rotationPublishesTheNewKeyAlone() throws IOException {
        String before = client.get("/jwks").body();
        provider.rotateKeys();
        String after = client.get("/jwks").body();
        assertTrue(before.contains("\"rsa-1\"") && !before.contains("\"rsa-2\""));
        assertTrue(after.contains("\"rsa-2\"") && !after.contains("\"rsa-1\""));
    }

    @Test
    void logoutTakesAnIdTokenAndHandsTheStateBack() throws IOException {
        Parameters logout = Parameters.none()
                .plus("id_token_hint", Json.string(client.logIn(), "id_token"))
                .plus("client_id", "the-client")
                .plus("post_logout_redirect_uri", "https://app.example/")
                .plus("state", "bye");
        try (Browser browser = Browser.open()) {
            String place = provider.address("/logout");
            assertEquals(
                    "https://app.example/?state=bye",
                    browser.navigate(logout.appendTo(place)).location());
            provider.logout().withParameter("state", "other");
            assertEquals(
                    "https://app.example/?state=other",
                    browser.navigate(logout.appendTo(place)).location());
            assertEquals(
                    400,
                    browser.navigate(logout.with("id_token_hint", "x").appendTo(place))
                            .status());
        }
    }

    @Test
    void requestsAreRecordedWithRepeats() throws IOException {
        client.redeem(Parameters.parse("a=1&a=2&b=%2B"), "X-Test", "one", "X-Test", "two");
        RecordedRequest request = provider.request("/token");
        assertEquals("POST", request.method());
        assertEquals("a=1&a=2&b=%2B", request.body());
        assertEquals(List.of("1", "2"), request.form().all("a"));
        assertEquals("+", request.form().get("b"));
        assertEquals(List.of("one", "two"), request.headers().all("x-test"));
    }

    @Test
    void everySecretIsKnown() throws IOException {
        provider.withClientSecret("hush");
        Map<String, Object> tokens =
                Json.object(client.redeem(grant().plus("client_secret", "hush")).body());
        assertTrue(provider.secrets().contains("hush"));
        for (String name : List.of("access_token", "refresh_token", "id_token")) {
            assertTrue(provider.secrets().contains(Json.string(tokens, name)), name);
        }
        assertTrue(provider.secrets().stream().anyMatch(secret -> secret.startsWith("code-")));
    }
}
