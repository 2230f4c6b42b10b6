package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenScriptTest {
    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private String idToken() throws IOException {
        return Json.string(client.logIn(), "id_token");
    }

    private Map<String, Object> part(int index) throws IOException {
        return Json.object(Wire.utf8(Base64.getUrlDecoder().decode(idToken().split("\\.", -1)[index])));
    }

    private static boolean isSignedBy(String token, JWSVerifier verifier) throws ParseException, JOSEException {
        return SignedJWT.parse(token).verify(verifier);
    }

    private static JWSVerifier rsa() throws ParseException, JOSEException {
        return new RSASSAVerifier(RSAKey.parse(TestKeys.rsa().publicJwk()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void rsaSignaturesHold(String algorithm) throws Exception {
        provider.idToken().withAlgorithm(JWSAlgorithm.parse(algorithm));
        assertEquals(algorithm, part(0).get("alg"));
        assertTrue(isSignedBy(idToken(), rsa()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES256", "ES384", "ES512"})
    void ellipticSignaturesHold(String algorithm) throws Exception {
        JWSAlgorithm wanted = JWSAlgorithm.parse(algorithm);
        provider.signingBy(wanted);
        Map<String, Object> jwk = provider.keys().signing(wanted).publicJwk();
        assertEquals(jwk.get("kid"), part(0).get("kid"));
        assertTrue(isSignedBy(idToken(), new ECDSAVerifier(ECKey.parse(jwk))));
    }

    @Test
    void edwardsSignaturesHold() throws IOException, GeneralSecurityException {
        provider.signingBy(JWSAlgorithm.EdDSA);
        String token = idToken();
        byte[] point =
                Base64.getUrlDecoder().decode(Json.string(TestKeys.ed25519().publicJwk(), "x"));
        byte[] prefix = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] encoded = Arrays.copyOf(prefix, prefix.length + point.length);
        System.arraycopy(point, 0, encoded, prefix.length, point.length);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        int dot = token.lastIndexOf('.');
        signature.update(Wire.utf8(token.substring(0, dot)));
        assertTrue(signature.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))));
    }

    @Test
    void clientSecretSignsByHmac() throws Exception {
        String secret = "0123456789abcdef0123456789abcdef";
        provider.withClientSecret(secret).signingBy(JWSAlgorithm.HS256);
        Parameters grant = client.grant(client.authorize(client.request()).get("code"));
        String body = client.redeem(grant.plus("client_secret", secret)).body();
        String token = Json.string(Json.object(body), "id_token");
        assertTrue(isSignedBy(token, new MACVerifier(secret)));
        assertFalse(SignedJWT.parse(token).getHeader().toJSONObject().containsKey("kid"));
    }

    @Test
    void claimsAreBent() throws IOException {
        provider.idToken().withAudience("someone-else").withClaim("exp", 1e300).withoutClaim("nonce");
        Map<String, Object> claims = part(1);
        assertEquals("someone-else", claims.get("aud"));
        assertEquals(1e300, claims.get("exp"));
        assertFalse(claims.containsKey("nonce"));

        provider.idToken().behaves().withAudience("a", "b").withClaim("sub", null);
        assertEquals(List.of("a", "b"), part(1).get("aud"));
        assertTrue(part(1).containsKey("sub") && part(1).get("sub") == null);
    }

    @Test
    void bentClaimsAreSigned() throws Exception {
        provider.idToken().withClaim("extra", true);
        assertTrue(isSignedBy(idToken(), rsa()));
    }

    @Test
    void signatureIsBroken() throws Exception {
        provider.idToken().withBrokenSignature();
        assertFalse(isSignedBy(idToken(), rsa()));
        provider.idToken().behaves().signedWith(TestKeys.attackerRsa());
        assertEquals("rsa-1", part(0).get("kid"));
        assertFalse(isSignedBy(idToken(), rsa()));
    }

    @Test
    void unsignedTokenEndsInDot() throws IOException {
        provider.idToken().unsigned();
        assertEquals("none", part(0).get("alg"));
        assertTrue(idToken().endsWith("."));
    }

    @Test
    void publicKeyIsTakenForSecret() throws Exception {
        provider.idToken().confusesPublicKeyWithSecret();
        assertEquals("HS256", part(0).get("alg"));
        byte[] secret = Wire.utf8(Pem.publicKey(TestKeys.rsa()));
        assertTrue(isSignedBy(idToken(), new MACVerifier(secret)));
    }

    @Test
    void attackersKeyRidesInTheHeader() throws Exception {
        provider.idToken().withEmbeddedKey();
        Map<String, Object> jwk = Json.object(part(0), "jwk");
        assertTrue(isSignedBy(idToken(), new RSASSAVerifier(RSAKey.parse(jwk))));
        provider.idToken().behaves().withKeyAddress("jku", "https://evil.example/jwks");
        assertEquals("https://evil.example/jwks", part(0).get("jku"));
    }

    @Test
    void payloadAndTokenCanBeAnything() throws IOException {
        provider.idToken().rawPayload("not json");
        String payload = idToken().split("\\.", -1)[1];
        assertEquals("not json", Wire.utf8(Base64.getUrlDecoder().decode(payload)));
        provider.idToken().rawToken("garbage");
        assertEquals("garbage", idToken());
        provider.token().without("id_token");
        assertFalse(client.logIn().containsKey("id_token"));
    }

    @Test
    void accessTokensCanBeSigned() throws Exception {
        provider.withJwtAccessTokens().accessToken().withClaim("roles", List.of("boss"));
        String token = Json.string(client.logIn(), "access_token");
        assertTrue(isSignedBy(token, rsa()));
        assertEquals(List.of("boss"), SignedJWT.parse(token).getJWTClaimsSet().getClaim("roles"));
    }
}
