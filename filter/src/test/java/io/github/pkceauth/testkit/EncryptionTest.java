package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ID tokens and userinfo that only the client can read, and userinfo that is signed. */
class EncryptionTest {
    private static final class Keys {
        static final RSAKey RSA;
        static final ECKey EC;

        static {
            try {
                RSA = new RSAKeyGenerator(2048).keyID("rsa-enc").generate();
                EC = new ECKeyGenerator(Curve.P_256).keyID("ec-enc").generate();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private static JWEObject decrypted(String text) throws ParseException, JOSEException {
        JWEObject message = JWEObject.parse(text);
        boolean rsa = "rsa-enc".equals(message.getHeader().getKeyID());
        message.decrypt(rsa ? new RSADecrypter(Keys.RSA) : new ECDHDecrypter(Keys.EC));
        return message;
    }

    private static SignedJWT nested(String text) throws ParseException, JOSEException {
        JWEObject message = decrypted(text);
        assertEquals("JWT", message.getHeader().getContentType());
        SignedJWT signed = SignedJWT.parse(message.getPayload().toString());
        assertTrue(signed.verify(new RSASSAVerifier(RSAKey.parse(TestKeys.rsa().publicJwk()))));
        return signed;
    }

    private static JWK publicKey(String algorithm) {
        return algorithm.startsWith("RSA") ? Keys.RSA.toPublicJWK() : Keys.EC.toPublicJWK();
    }

    private HttpResponse<String> userinfo() throws IOException {
        String token = Json.string(client.logIn(), "access_token");
        HttpResponse<String> response = client.get("/userinfo", "Authorization", "Bearer " + token);
        assertEquals(200, response.statusCode());
        return response;
    }

    private HttpResponse<String> userinfoAsJwt() throws IOException {
        HttpResponse<String> response = userinfo();
        assertEquals(
                "application/jwt", response.headers().firstValue("Content-Type").orElse(""));
        return response;
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW"})
    void idTokensAreSignedAndThenEncrypted(String algorithm) throws Exception {
        provider.encryptingIdTokensTo(publicKey(algorithm), JWEAlgorithm.parse(algorithm), EncryptionMethod.A256GCM);
        Map<String, Object> tokens = client.logIn();
        String idToken = Json.string(tokens, "id_token");
        JWEObject message = decrypted(idToken);
        assertEquals(algorithm, message.getHeader().getAlgorithm().getName());
        assertEquals(EncryptionMethod.A256GCM, message.getHeader().getEncryptionMethod());
        assertEquals("alice", nested(idToken).getJWTClaimsSet().getSubject());

        Map<String, Object> fresh =
                Json.object(client.refresh(Json.string(tokens, "refresh_token")).body());
        assertEquals(
                "alice",
                nested(Json.string(fresh, "id_token")).getJWTClaimsSet().getSubject());
    }

    @Test
    void whatIsWithinAnEncryptedIdTokenIsBentAndASecretInEitherForm() throws Exception {
        provider.encryptingIdTokensTo(publicKey("RSA"), JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM);
        provider.idToken().withSubject("mallory");
        String idToken = Json.string(client.logIn(), "id_token");
        SignedJWT within = nested(idToken);
        assertEquals("mallory", within.getJWTClaimsSet().getSubject());
        assertTrue(provider.secrets().containsAll(List.of(idToken, within.serialize())));
    }

    @Test
    void userinfoIsSigned() throws Exception {
        provider.withSignedUserinfo();
        SignedJWT signed = SignedJWT.parse(userinfoAsJwt().body());
        assertTrue(signed.verify(new RSASSAVerifier(RSAKey.parse(TestKeys.rsa().publicJwk()))));
        assertEquals(provider.issuer(), signed.getJWTClaimsSet().getIssuer());
        assertEquals(List.of("the-client"), signed.getJWTClaimsSet().getAudience());
        assertEquals("alice@example.com", signed.getJWTClaimsSet().getStringClaim("email"));
    }

    @Test
    void signedUserinfoIsBent() throws Exception {
        provider.withSignedUserinfo();
        provider.userinfo().with("email", "bent@example.com");
        provider.userinfoJwt().withAudience("another").withoutClaim("iss");
        SignedJWT signed = SignedJWT.parse(userinfoAsJwt().body());
        assertEquals("bent@example.com", signed.getJWTClaimsSet().getStringClaim("email"));
        assertEquals(List.of("another"), signed.getJWTClaimsSet().getAudience());
        assertNull(signed.getJWTClaimsSet().getIssuer());
        provider.behaves();
        assertEquals(
                provider.issuer(),
                SignedJWT.parse(userinfoAsJwt().body()).getJWTClaimsSet().getIssuer());
    }

    @Test
    void userinfoIsEncryptedWithOrWithoutASignature() throws Exception {
        provider.encryptingUserinfoTo(publicKey("EC"), JWEAlgorithm.ECDH_ES, EncryptionMethod.A128GCM);
        JWEObject plain = decrypted(userinfoAsJwt().body());
        assertNull(plain.getHeader().getContentType());
        assertEquals("alice", plain.getPayload().toJSONObject().get("sub"));

        provider.withSignedUserinfo();
        assertEquals("alice", nested(userinfoAsJwt().body()).getJWTClaimsSet().getSubject());
    }

    @Test
    void metadataSaysWhatIsSignedAndEncrypted() throws IOException {
        String plain = client.get("/.well-known/openid-configuration").body();
        assertFalse(plain.contains("encryption") || plain.contains("userinfo_signing"), plain);
        provider.encryptingIdTokensTo(publicKey("RSA"), JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128GCM)
                .encryptingUserinfoTo(publicKey("EC"), JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
                .withSignedUserinfo();
        Map<String, Object> metadata =
                Json.object(client.get("/.well-known/openid-configuration").body());
        assertEquals(List.of("RSA-OAEP-256"), metadata.get("id_token_encryption_alg_values_supported"));
        assertEquals(List.of("A128GCM"), metadata.get("id_token_encryption_enc_values_supported"));
        assertEquals(List.of("ECDH-ES"), metadata.get("userinfo_encryption_alg_values_supported"));
        assertEquals(List.of("A256GCM"), metadata.get("userinfo_encryption_enc_values_supported"));
        assertEquals(List.of("RS256"), metadata.get("userinfo_signing_alg_values_supported"));
    }
}
