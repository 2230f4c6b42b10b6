package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key, the proofs that they take, and those that are none. */
class DpopTest {
    private static final SigningKey KEY = TestKeys.p256();
    private static final SigningKey OTHER = SigningKey.generate("other", JWSAlgorithm.ES256);

    private final ScriptedProvider provider = ScriptedProvider.start().requiringDpop();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private ClientJwt proof(String method, String path) {
        return ClientJwt.proof(KEY, method, provider.address(path));
    }

    private ClientJwt proof() {
        return proof("POST", "/token");
    }

    private Parameters grant() {
        return client.grant(client.authorize(client.request()).get("code"));
    }

    private static Parameters refresh(String token) {
        return Parameters.none()
                .plus("grant_type", "refresh_token")
                .plus("client_id", "the-client")
                .plus("refresh_token", token);
    }

    private HttpResponse<String> redeem(Parameters grant, String proof) throws IOException {
        return client.redeem(grant, "DPoP", proof);
    }

    private Map<String, Object> logIn() throws IOException {
        return Json.object(redeem(grant(), proof().signedBy(KEY)).body());
    }

    private ClientJwt proofFor(String token, String path) {
        return proof("GET", path).with("ath", Sha256.of(token));
    }

    private HttpResponse<String> get(String path, String token, String proof) throws IOException {
        return client.get(path, "Authorization", "DPoP " + token, "DPoP", proof);
    }

    private static String thumbprint(SigningKey key) {
        try {
            return JWK.parse(key.publicJwk()).computeThumbprint().toString();
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertError(String error, HttpResponse<String> response) {
        assertEquals(400, response.statusCode(), response.body());
        assertEquals(error, Json.object(response.body()).get("error"));
    }

    private void assertRefused(String proof) throws IOException {
        assertError("invalid_dpop_proof", redeem(grant(), proof));
    }

    private void assertRefused(ClientJwt proof) throws IOException {
        assertRefused(proof.signedBy(KEY));
    }

    private static void assertRefusedAtResource(String error, HttpResponse<String> response) {
        assertEquals(401, response.statusCode(), response.body());
        String challenge = response.headers().firstValue("WWW-Authenticate").orElse("");
        assertTrue(challenge.startsWith("DPoP error=\"" + error + "\""), challenge);
    }

    @Test
    void tokensOfAProvenKeyAreOfTheTypeDpop() throws IOException {
        assertEquals("DPoP", logIn().get("token_type"));
    }

    @Test
    void theProofOfAJoseLibraryIsTaken() throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(JWK.parse(KEY.publicJwk()))
                .build();
        SignedJWT proof = new SignedJWT(
                header,
                new JWTClaimsSet.Builder()
                        .claim("htm", "POST")
                        .claim("htu", provider.address("/token"))
                        .issueTime(Date.from(Instant.now()))
                        .jwtID("one")
                        .build());
        proof.sign(new ECDSASigner((ECPrivateKey) KEY.privateKey()));
        assertEquals(200, redeem(grant(), proof.serialize()).statusCode());
    }

    @Test
    void whoeverProvesNothingGetsNoTokens() throws IOException {
        assertError("invalid_dpop_proof", client.redeem(grant()));
        assertError(
                "invalid_dpop_proof",
                client.redeem(grant(), "DPoP", proof().signedBy(KEY), "DPoP", proof().signedBy(KEY)));
        assertRefused("no.jwt");
        assertRefused("not-in-base64.=.!");
    }

    @Test
    void aProofIsGoodOnce() throws IOException {
        String proof = proof().signedBy(KEY);
        assertEquals(200, redeem(grant(), proof).statusCode());
        assertRefused(proof);
    }

    @ParameterizedTest
    @ValueSource(strings = {"htm", "htu", "iat", "jti"})
    void noRequiredClaimMayBeMissing(String claim) throws IOException {
        assertRefused(proof().without(claim));
    }

    @Test
    void aProofIsOfItsMethodAndAddress() throws IOException {
        assertRefused(proof().with("htm", "GET"));
        assertRefused(proof().with("htm", "post"));
        assertRefused(proof("POST", "/par"));
        assertRefused(proof("POST", "/token?a=b"));
        assertRefused(proof("POST", "/token#"));
        assertRefused(proof("POST", "/token/"));
        assertRefused(proof().with("htu", "http://localhost:1/token"));
        assertEquals(
                200,
                client.post("/token?own=query", grant(), "DPoP", proof().signedBy(KEY))
                        .statusCode());
    }

    @Test
    void aProofIsFresh() throws IOException {
        long now = Instant.now().getEpochSecond();
        assertRefused(proof().with("iat", now - 70));
        assertRefused(proof().with("iat", now + 70));
        assertRefused(proof().with("iat", String.valueOf(now)));
        assertEquals(
                200,
                redeem(grant(), proof().with("iat", now - 30).signedBy(KEY)).statusCode());
    }

    @Test
    void aProofHasItsTypeAndItsPublicKeyAlone() throws IOException {
        assertRefused(proof().withHeader("typ", "JWT"));
        assertRefused(proof().withHeader("jwk", "a key"));
        assertRefused(proof().withHeader("jwk", Map.of("kty", "EC")));
        Map<String, Object> withPrivatePart = new LinkedHashMap<>(KEY.publicJwk());
        withPrivatePart.put("d", withPrivatePart.get("x"));
        assertRefused(proof().withHeader("jwk", withPrivatePart));
        assertRefused(proof().withHeader("jwk", Map.of("kty", "oct", "k", "c2VjcmV0")));
    }

    @Test
    void aProofIsSignedWithItsKey() throws IOException {
        assertRefused(proof().signedBy(OTHER));
        assertRefused(proof().signedBy(TestKeys.rsa()));
        assertRefused(proof().signedWith("secret"));
        assertRefused(proof().unsigned());
    }

    @Test
    void aProofForATokenIsNoneForAnEndpointWithoutTokens() throws IOException {
        assertRefused(proof().with("ath", Sha256.of("anything")));
    }

    @Test
    void aBoundTokenIsTakenWithAProofOfItsKeyInAnyCaseOfTheScheme() throws IOException {
        String token = Json.string(logIn(), "access_token");
        for (String path : List.of("/userinfo", "/resource")) {
            for (String scheme : List.of("DPoP ", "dpop ", "DPOP ")) {
                String proof = proofFor(token, path).signedBy(KEY);
                assertEquals(
                        200,
                        client.get(path, "Authorization", scheme + token, "DPoP", proof)
                                .statusCode());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/userinfo", "/resource"})
    void aBoundTokenIsNothingToOthers(String path) throws IOException {
        String token = Json.string(logIn(), "access_token");
        String good = proofFor(token, path).signedBy(KEY);
        HttpResponse<String> byBearer = client.get(path, "Authorization", "Bearer " + token, "DPoP", good);
        assertEquals(401, byBearer.statusCode());
        ClientJwt ofOther =
                ClientJwt.proof(OTHER, "GET", provider.address(path)).with("ath", Sha256.of(token));
        assertRefusedAtResource("invalid_token", get(path, token, ofOther.signedBy(OTHER)));
        assertRefusedAtResource("invalid_token", get(path, "unknown", good));
        for (UnaryOperator<ClientJwt> bend : List.<UnaryOperator<ClientJwt>>of(
                proof -> proof.without("ath"),
                proof -> proof.with("ath", Sha256.of("another")),
                proof -> proof.with("htm", "POST"),
                proof -> proof.with("htu", provider.address("/token")))) {
            String bad = bend.apply(proofFor(token, path)).signedBy(KEY);
            assertRefusedAtResource("invalid_dpop_proof", get(path, token, bad));
        }
        assertRefusedAtResource("invalid_dpop_proof", client.get(path, "Authorization", "DPoP " + token));
        assertEquals(200, get(path, token, good).statusCode());
        assertRefusedAtResource("invalid_dpop_proof", get(path, token, good));
    }

    @Test
    void aBearerTokenIsNotTakenByDpop() throws IOException {
        try (ScriptedProvider other = ScriptedProvider.start()) {
            PlainClient plain = new PlainClient(other);
            String token = Json.string(plain.logIn(), "access_token");
            ClientJwt proof = ClientJwt.proof(KEY, "GET", other.address("/resource"));
            String signed = proof.with("ath", Sha256.of(token)).signedBy(KEY);
            assertRefusedAtResource(
                    "invalid_token", plain.get("/resource", "Authorization", "DPoP " + token, "DPoP", signed));
        }
    }

    @Test
    void accessTokensThatAreJwtsNameTheirKey() throws Exception {
        provider.withJwtAccessTokens();
        SignedJWT token = SignedJWT.parse(Json.string(logIn(), "access_token"));
        assertEquals(Map.of("jkt", thumbprint(KEY)), token.getJWTClaimsSet().getJSONObjectClaim("cnf"));
    }

    @Test
    void aPublicClientRefreshesWithItsKey() throws IOException {
        String token = Json.string(logIn(), "refresh_token");
        assertError("invalid_dpop_proof", client.refresh(token));
        String ofOther =
                ClientJwt.proof(OTHER, "POST", provider.address("/token")).signedBy(OTHER);
        assertError("invalid_grant", redeem(refresh(token), ofOther));
        HttpResponse<String> fresh = redeem(refresh(token), proof().signedBy(KEY));
        assertEquals(200, fresh.statusCode(), fresh.body());
        assertEquals("DPoP", Json.object(fresh.body()).get("token_type"));
        String next = Json.string(Json.object(fresh.body()), "refresh_token");
        assertEquals(200, redeem(refresh(next), proof().signedBy(KEY)).statusCode());
    }

    @Test
    void aConfidentialClientMayRefreshWithANewKey() throws IOException {
        provider.withClientSecret("hush");
        HttpResponse<String> first = redeem(grant().plus("client_secret", "hush"), proof().signedBy(KEY));
        String token = Json.string(Json.object(first.body()), "refresh_token");
        String ofOther =
                ClientJwt.proof(OTHER, "POST", provider.address("/token")).signedBy(OTHER);
        HttpResponse<String> fresh = redeem(refresh(token).plus("client_secret", "hush"), ofOther);
        String access = Json.string(Json.object(fresh.body()), "access_token");
        ClientJwt use = ClientJwt.proof(OTHER, "GET", provider.address("/resource"));
        assertEquals(
                200,
                get("/resource", access, use.with("ath", Sha256.of(access)).signedBy(OTHER))
                        .statusCode());
    }

    @Test
    void theAuthorizationRequestBindsTheCode() throws IOException {
        Parameters request = client.request().plus("dpop_jkt", thumbprint(OTHER));
        Parameters grant = client.grant(client.authorize(request).get("code"));
        assertError("invalid_grant", redeem(grant, proof().signedBy(KEY)));
        grant = client.grant(
                client.authorize(request.with("dpop_jkt", thumbprint(KEY))).get("code"));
        assertEquals(200, redeem(grant, proof().signedBy(KEY)).statusCode());
    }

    @Test
    void theProofOfAPushedRequestBindsTheCode() throws IOException {
        provider.withPushedRequests();
        String ofOther =
                ClientJwt.proof(OTHER, "POST", provider.address("/par")).signedBy(OTHER);
        Parameters brought = client.push(client.request(), "DPoP", ofOther);
        Parameters grant = client.grant(client.authorize(brought).get("code"));
        assertError("invalid_grant", redeem(grant, proof().signedBy(KEY)));

        Parameters contradiction = client.request().plus("dpop_jkt", thumbprint(OTHER));
        assertError(
                "invalid_dpop_proof",
                client.post("/par", contradiction, "DPoP", proof("POST", "/par").signedBy(KEY)));
        assertError("invalid_dpop_proof", client.post("/par", client.request(), "DPoP", proof().signedBy(KEY)));
    }

    @Test
    void metadataNamesTheAlgorithms() throws IOException {
        String metadata = client.get("/.well-known/openid-configuration").body();
        assertTrue(Json.list(Json.object(metadata), "dpop_signing_alg_values_supported")
                .contains("ES256"));
        try (ScriptedProvider other = ScriptedProvider.start()) {
            String plain = new PlainClient(other)
                    .get("/.well-known/openid-configuration")
                    .body();
            assertFalse(plain.contains("dpop"));
        }
    }

    @Test
    void proofsCanBeReadAndTheTypeBent() throws IOException {
        provider.token().with("token_type", "dPoP");
        assertEquals("dPoP", logIn().get("token_type"));
        ReceivedJwt proof = provider.dpopProofs("/token").get(0);
        assertEquals("dpop+jwt", proof.header().get("typ"));
        assertEquals("POST", proof.claims().get("htm"));
        assertEquals(List.of(), provider.dpopProofs("/userinfo"));
    }

    private static String nonce(HttpResponse<String> response) {
        return response.headers().firstValue("DPoP-Nonce").orElseThrow();
    }

    private static String refusedForNonce(HttpResponse<String> response) {
        assertError("use_dpop_nonce", response);
        return nonce(response);
    }

    @Test
    void withoutNoncesNoneAreGivenOut() throws IOException {
        HttpResponse<String> response = redeem(grant(), proof().signedBy(KEY));
        assertTrue(response.headers().firstValue("DPoP-Nonce").isEmpty());
    }

    @Test
    void theTokenEndpointAsksForItsNonceAndUsesNothingUp() throws IOException {
        provider.withDpopNonces();
        Parameters grant = grant();
        String first = refusedForNonce(redeem(grant, proof().signedBy(KEY)));
        assertEquals(
                first,
                refusedForNonce(redeem(grant, proof().with("nonce", "invented").signedBy(KEY))));
        HttpResponse<String> tokens = redeem(grant, proof().with("nonce", first).signedBy(KEY));
        assertEquals(200, tokens.statusCode(), tokens.body());
        assertNotEquals(first, nonce(tokens));

        Parameters refresh = refresh(Json.string(Json.object(tokens.body()), "refresh_token"));
        refusedForNonce(redeem(refresh, proof().signedBy(KEY)));
        assertEquals(
                200,
                redeem(refresh, proof().with("nonce", nonce(tokens)).signedBy(KEY))
                        .statusCode());
    }

    @Test
    void theLastNonceAndTheOneBeforeAreGood() throws IOException {
        provider.withDpopNonces();
        String first = refusedForNonce(redeem(grant(), proof().signedBy(KEY)));
        for (int use = 0; use < 2; use++) {
            assertEquals(
                    200,
                    redeem(grant(), proof().with("nonce", first).signedBy(KEY)).statusCode());
        }
        refusedForNonce(redeem(grant(), proof().with("nonce", first).signedBy(KEY)));
    }

    @Test
    void pushedRequestsTakeTheNonceOfTheTokenEndpoint() throws IOException {
        provider.withDpopNonces().withPushedRequests();
        ClientJwt without = proof("POST", "/par");
        String nonce = refusedForNonce(client.post("/par", client.request(), "DPoP", without.signedBy(KEY)));
        String with = proof("POST", "/par").with("nonce", nonce).signedBy(KEY);
        HttpResponse<String> pushed = client.post("/par", client.request(), "DPoP", with);
        assertEquals(201, pushed.statusCode(), pushed.body());
        assertEquals(
                200,
                redeem(grant(), proof().with("nonce", nonce(pushed)).signedBy(KEY))
                        .statusCode());
    }

    @Test
    void resourcesAskForNoncesOfTheirOwn() throws IOException {
        String token = Json.string(logIn(), "access_token");
        provider.withDpopNonces();
        String ofToken = refusedForNonce(redeem(grant(), proof().signedBy(KEY)));
        String there = proofFor(token, "/userinfo").with("nonce", ofToken).signedBy(KEY);
        HttpResponse<String> refused = get("/userinfo", token, there);
        assertRefusedAtResource("use_dpop_nonce", refused);
        String with = proofFor(token, "/userinfo").with("nonce", nonce(refused)).signedBy(KEY);
        HttpResponse<String> taken = get("/userinfo", token, with);
        assertEquals(200, taken.statusCode());
        String next = proofFor(token, "/resource").with("nonce", nonce(taken)).signedBy(KEY);
        assertEquals(200, get("/resource", token, next).statusCode());
    }

    @Test
    void renewedNoncesAreAskedForAgain() throws IOException {
        provider.withDpopNonces();
        String first = refusedForNonce(redeem(grant(), proof().signedBy(KEY)));
        provider.renewsDpopNonces();
        String second =
                refusedForNonce(redeem(grant(), proof().with("nonce", first).signedBy(KEY)));
        assertEquals(
                200,
                redeem(grant(), proof().with("nonce", second).signedBy(KEY)).statusCode());
    }
}
