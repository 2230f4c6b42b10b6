package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Authorization responses that are JWTs. */
class SignedResponseTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private Parameters request(String mode) {
        return client.request().plus("response_mode", mode);
    }

    private SignedJWT response() throws Exception {
        return SignedJWT.parse(client.authorize(request("jwt")).get("response"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt", "query.jwt"})
    void theQueryHoldsOneSignedResponse(String mode) throws Exception {
        Parameters answer = client.authorize(request(mode));
        assertEquals(Set.of("keep", "response"), answer.names());
        SignedJWT response = SignedJWT.parse(answer.get("response"));
        assertTrue(
                response.verify(new RSASSAVerifier(RSAKey.parse(TestKeys.rsa().publicJwk()))));
        JWTClaimsSet claims = response.getJWTClaimsSet();
        assertEquals(provider.issuer(), claims.getIssuer());
        assertEquals(List.of("the-client"), claims.getAudience());
        long left = claims.getExpirationTime().toInstant().getEpochSecond()
                - Instant.now().getEpochSecond();
        assertTrue(left > 500 && left <= 600, () -> left + " seconds left");
        assertEquals("the-state", claims.getStringClaim("state"));
        assertEquals(
                200, client.redeem(client.grant(claims.getStringClaim("code"))).statusCode());
    }

    @Test
    void aFormMayHoldTheSignedResponse() throws Exception {
        try (Browser browser = Browser.open()) {
            Page page = browser.navigate(client.address(request("form_post.jwt")));
            assertTrue(page.submitsItself());
            assertEquals(Set.of("response"), page.form().fields().names());
            SignedJWT response = SignedJWT.parse(page.form().fields().get("response"));
            assertEquals("the-state", response.getJWTClaimsSet().getStringClaim("state"));
        }
    }

    @Test
    void errorsAreSignedAsWell() throws Exception {
        Parameters answer = client.authorize(request("jwt").with("response_type", "token"));
        JWTClaimsSet claims = SignedJWT.parse(answer.get("response")).getJWTClaimsSet();
        assertEquals("unsupported_response_type", claims.getStringClaim("error"));
        assertEquals("the-state", claims.getStringClaim("state"));
        assertFalse(claims.getClaims().containsKey("code"));
    }

    @Test
    void theResponseIsSignedByTheProvidersAlgorithm() throws Exception {
        provider.signingBy(JWSAlgorithm.ES256);
        assertTrue(
                response().verify(new ECDSAVerifier(ECKey.parse(TestKeys.p256().publicJwk()))));
    }

    @Test
    void theResponseAndItsParameterAreBent() throws Exception {
        provider.authorizationJwt().withIssuer("evil").withoutClaim("exp");
        JWTClaimsSet claims = response().getJWTClaimsSet();
        assertEquals("evil", claims.getIssuer());
        assertFalse(claims.getClaims().containsKey("exp"));
        provider.authorization().withParameter("code", "outside");
        assertEquals("outside", client.authorize(request("jwt")).get("code"));
        provider.behaves();
        assertEquals(provider.issuer(), response().getJWTClaimsSet().getIssuer());
        assertFalse(client.authorize(request("jwt")).has("code"));
    }

    @Test
    void theResponseIsASecret() throws Exception {
        String response = response().serialize();
        assertTrue(provider.secrets().contains(response));
    }

    @Test
    void metadataNamesTheModesAndTheAlgorithm() throws IOException {
        provider.signingBy(JWSAlgorithm.PS256);
        Map<String, Object> metadata =
                Json.object(client.get("/.well-known/openid-configuration").body());
        assertTrue(Json.list(metadata, "response_modes_supported")
                .containsAll(List.of("query", "form_post", "jwt", "query.jwt", "form_post.jwt")));
        assertEquals(List.of("PS256"), metadata.get("authorization_signing_alg_values_supported"));
    }
}
