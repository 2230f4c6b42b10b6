package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signed authorization requests, in the address and pushed. */
class RequestObjectTest {
    private static final SigningKey KEY = TestKeys.p256();

    private final ScriptedProvider provider = ScriptedProvider.start().withRequestObjects(KEY);
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private ClientJwt object() {
        return ClientJwt.requestObject(provider, client.request());
    }

    private static Parameters with(String object) {
        return Parameters.none().plus("client_id", "the-client").plus("request", object);
    }

    private void assertTaken(Parameters request) {
        Parameters answer = client.authorize(request);
        assertEquals("the-state", answer.get("state"));
        assertTrue(answer.has("code"));
    }

    private void assertRefused(String error, Parameters request) {
        try (Browser browser = Browser.open()) {
            Page page = browser.navigate(client.address(request));
            assertEquals(400, page.status(), page::text);
            assertTrue(page.body().contains(error + ":"), page::body);
        }
    }

    private void assertRefused(Parameters request) {
        assertRefused("invalid_request_object", request);
    }

    private void assertRefused(ClientJwt object) {
        assertRefused(with(object.signedBy(KEY)));
    }

    @Test
    void aSignedRequestIsAnsweredLikeAPlainOne() throws IOException {
        Parameters answer = client.authorize(with(object().signedBy(KEY)));
        assertEquals("the-state", answer.get("state"));
        assertEquals(200, client.redeem(client.grant(answer.get("code"))).statusCode());
        assertEquals("the-nonce", provider.requestObject().get("nonce"));
    }

    @Test
    void theRequestOfAJoseLibraryIsTaken() throws Exception {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("the-client")
                .audience(List.of(provider.issuer(), "https://another.example"))
                .notBeforeTime(Date.from(Instant.now()))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        client.request().entries().forEach(entry -> claims.claim(entry.getKey(), entry.getValue()));
        SignedJWT object = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(new JOSEObjectType("oauth-authz-req+jwt"))
                        .build(),
                claims.build());
        object.sign(new ECDSASigner((ECPrivateKey) KEY.privateKey()));
        assertTaken(with(object.serialize()));
    }

    @Test
    void whatStandsBesideTheObjectCountsForNothing() {
        Parameters request = with(object().signedBy(KEY))
                .plus("state", "outside")
                .plus("scope", "openid")
                .plus("response_type", "code");
        assertTaken(request);
        assertRefused(
                "invalid_request",
                with(object().without("redirect_uri").signedBy(KEY)).plus("redirect_uri", PlainClient.REDIRECT_URI));
    }

    @Test
    void insideAndOutsideAreOfOneClientAndOneResponseType() {
        String good = object().signedBy(KEY);
        assertRefused(with(good).with("client_id", "somebody"));
        assertRefused(with(good).without("client_id"));
        assertRefused(with(good).plus("response_type", "token"));
        assertRefused(with(good).plus("request", good));
        assertRefused(object().with("client_id", "somebody"));
        assertRefused(object().without("client_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "exp", "nbf"})
    void noRequiredClaimMayBeMissing(String claim) {
        assertRefused(object().without(claim));
    }

    @Test
    void claimsAreOfTheClientForThisProviderAndOfNow() {
        long now = Instant.now().getEpochSecond();
        assertRefused(object().with("iss", "somebody"));
        assertRefused(object().with("aud", "https://another.example"));
        assertRefused(object().with("exp", now));
        assertRefused(object().with("exp", now + 3700));
        assertRefused(object().with("nbf", now - 3700).with("exp", now + 60));
        assertRefused(object().with("nbf", now + 60));
        assertTaken(with(object().with("nbf", now - 60).signedBy(KEY)));
    }

    @Test
    void theObjectHasItsTypeAndARegisteredKeysSignature() {
        assertRefused(object().withHeader("typ", "JWT"));
        assertRefused(with(object().unsigned()));
        assertRefused(with(object().signedBy(TestKeys.rsa())));
        assertRefused(with(object().signedWith("secret")));
        assertRefused(with("no.jwt"));
    }

    @Test
    void noRequestStandsWithinARequest() {
        assertRefused(object().with("request_uri", "urn:x"));
        assertRefused(object().with("request", "x"));
    }

    @Test
    void keysOfTheClientsAuthenticationSignRequestsToo() {
        provider.withClientKey(TestKeys.ed25519()).withRequestObjects();
        assertTaken(with(object().signedBy(TestKeys.ed25519())));
        assertRefused(object());
    }

    @Test
    void claimsOfOtherTypesBecomeParameters() {
        provider.ignoringMaxAge();
        ClientJwt object = object().with("max_age", 5)
                .with("resource", List.of("https://one.example", "https://two.example"))
                .with("claims", Map.of("id_token", Map.of()));
        assertTaken(with(object.signedBy(KEY)));
    }

    @Test
    void aSignedRequestMayBePushed() throws IOException {
        provider.withPushedRequests();
        assertTaken(client.push(with(object().signedBy(KEY))));
        assertTaken(
                client.push(with(object().signedBy(KEY)).without("client_id").plus("client_id", "the-client")));
        HttpResponse<String> refused = client.post("/par", with(object().unsigned()));
        assertEquals(400, refused.statusCode());
        assertEquals("invalid_request_object", Json.object(refused.body()).get("error"));
        assertEquals("the-state", provider.requestObject().get("state"));
    }

    @Test
    void aClientThatAuthenticatesNeedsNotNameItselfBesideAPushedObject() throws IOException {
        provider.withClientSecret("hush").withPushedRequests();
        Parameters form = with(object().signedBy(KEY)).without("client_id");
        String basic = PlainClient.basic("the-client", "hush");
        assertTaken(client.push(form, "Authorization", basic));
    }

    @Test
    void theLoginFormLeadsOnWithASignedRequest() {
        provider.withLoginForm();
        try (Browser browser = Browser.open()) {
            Page form = browser.navigate(client.address(with(object().signedBy(KEY))));
            assertTrue(browser.submit(form).redirectTarget().parameters().has("code"));
        }
    }

    @Test
    void whereRequestsMustBeSignedOthersAreRefused() throws IOException {
        assertTaken(client.request());
        provider.requiringRequestObjects(KEY).withPushedRequests();
        assertRefused("invalid_request", client.request());
        assertEquals(400, client.post("/par", client.request()).statusCode());
        assertTaken(with(object().signedBy(KEY)));
        assertTaken(client.push(with(object().signedBy(KEY))));
    }

    @Test
    void metadataSaysWhetherRequestsAreSigned() throws IOException {
        assertEquals(true, metadata(client).get("request_parameter_supported"));
        assertTrue(Json.list(metadata(client), "request_object_signing_alg_values_supported")
                .contains("PS256"));
        assertFalse(metadata(client).containsKey("require_signed_request_object"));
        provider.requiringRequestObjects();
        assertEquals(true, metadata(client).get("require_signed_request_object"));
    }

    @Test
    void aProviderThatTakesNoSignedRequestsSaysSo() throws IOException {
        try (ScriptedProvider other = ScriptedProvider.start();
                Browser browser = Browser.open()) {
            PlainClient plain = new PlainClient(other);
            Page page = browser.navigate(plain.address(plain.request().plus("request", object().signedBy(KEY))));
            assertEquals(400, page.status());
            assertTrue(page.body().contains("request_not_supported"), page::body);
            assertFalse(metadata(plain).containsKey("request_parameter_supported"));
        }
    }

    private static Map<String, Object> metadata(PlainClient client) throws IOException {
        return Json.object(client.get("/.well-known/openid-configuration").body());
    }
}
