package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that authenticate by JWTs, and those that only try to. */
class ClientAssertionTest {
    private static final String SECRET = "a secret of more than thirty-two bytes";
    private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private final ScriptedProvider provider = ScriptedProvider.start().withClientKey(TestKeys.p256());
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private ClientJwt assertion() {
        return ClientJwt.assertion(provider);
    }

    private Parameters with(String assertion) {
        return client.grant(client.authorize(client.request()).get("code"))
                .without("client_id")
                .plus("client_assertion_type", TYPE)
                .plus("client_assertion", assertion);
    }

    private void assertTaken(String assertion) throws IOException {
        HttpResponse<String> response = client.redeem(with(assertion));
        assertEquals(200, response.statusCode(), response.body());
    }

    private void assertRefused(Parameters form, String... headers) throws IOException {
        HttpResponse<String> response = client.redeem(form, headers);
        assertEquals(401, response.statusCode(), response.body());
        assertEquals("invalid_client", Json.object(response.body()).get("error"));
    }

    private void assertRefused(ClientJwt assertion) throws IOException {
        assertRefused(with(assertion.signedBy(TestKeys.p256())));
    }

    static Stream<SigningKey> keysOfEveryKind() {
        SigningKey pss = SigningKey.generate("pss", JWSAlgorithm.PS256);
        return Stream.of(TestKeys.rsa(), pss, TestKeys.p256(), TestKeys.p384(), TestKeys.p521(), TestKeys.ed25519());
    }

    @ParameterizedTest
    @MethodSource("keysOfEveryKind")
    void assertionsOfRegisteredKeysOfEveryKindAreTaken(SigningKey key) throws IOException {
        provider.withClientKey(key);
        assertTaken(assertion().signedBy(key));
        assertRefused(with(assertion().signedBy(SigningKey.generate("other", key.algorithm()))));
    }

    @Test
    void assertionsOfAJoseLibraryAreTaken() throws Exception {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(provider.clientId())
                .subject(provider.clientId())
                .audience(provider.issuer())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
        SignedJWT elliptic = new SignedJWT(
                new JWSHeader(JWSAlgorithm.ES256), claims.jwtID("one").build());
        elliptic.sign(new ECDSASigner((ECPrivateKey) TestKeys.p256().privateKey()));
        assertTaken(elliptic.serialize());

        provider.withClientKey(TestKeys.rsa());
        SignedJWT pss = new SignedJWT(
                new JWSHeader(JWSAlgorithm.PS256), claims.jwtID("two").build());
        pss.sign(new RSASSASigner(TestKeys.rsa().privateKey()));
        assertTaken(pss.serialize());
    }

    @Test
    void eachOfTwoRegisteredKeysIsGood() throws IOException {
        SigningKey next = SigningKey.generate("next", JWSAlgorithm.ES256);
        provider.withClientKey(TestKeys.p256(), next);
        assertTaken(assertion().signedBy(TestKeys.p256()));
        assertTaken(assertion().signedBy(next));
        assertTaken(assertion().withHeader("kid", "next").signedBy(next));
        assertRefused(assertion().withHeader("kid", "next"));
    }

    @Test
    void anAssertionIsGoodOnce() throws IOException {
        String assertion = assertion().signedBy(TestKeys.p256());
        assertTaken(assertion);
        assertRefused(with(assertion));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud", "exp", "jti"})
    void noRequiredClaimMayBeMissing(String claim) throws IOException {
        assertRefused(assertion().without(claim));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "aud"})
    void claimsOfSomebodyElseAreRefused(String claim) throws IOException {
        assertRefused(assertion().with(claim, "somebody"));
    }

    @Test
    void theAudienceIsTheIssuerAsAPlainString() throws IOException {
        assertRefused(assertion().with("aud", List.of(provider.issuer())));
        assertRefused(assertion().with("aud", provider.address("/token")));
        assertRefused(assertion().with("aud", provider.issuer() + "/"));
    }

    @Test
    void anAssertionLivesShortly() throws IOException {
        long now = Instant.now().getEpochSecond();
        assertRefused(assertion().with("exp", now));
        assertRefused(assertion().with("exp", now + 360));
        assertRefused(assertion().with("exp", String.valueOf(now + 60)));
    }

    @Test
    void signaturesThatProveNothingAreRefused() throws IOException {
        provider.withClientSecret(SECRET);
        assertRefused(with(assertion().unsigned()));
        assertRefused(with(assertion().signedWith(SECRET)));
        assertRefused(with(assertion().signedBy(TestKeys.p384())));
        String good = assertion().signedBy(TestKeys.p256());
        assertRefused(with(good.substring(0, good.lastIndexOf('.') + 1)));
        assertRefused(with("no.jwt"));
    }

    @Test
    void aJwtOfAnotherTypeIsNoAssertion() throws IOException {
        assertRefused(assertion().withHeader("typ", "dpop+jwt"));
        assertTaken(assertion().withHeader("typ", "JWT").signedBy(TestKeys.p256()));
    }

    @Test
    void theAssertionIsTheOnlyWay() throws IOException {
        provider.withClientSecret(SECRET);
        String basic = PlainClient.basic(provider.clientId(), Parameters.encode(SECRET));
        Parameters good = with(assertion().signedBy(TestKeys.p256()));
        assertRefused(good, "Authorization", basic);
        assertRefused(good.plus("client_secret", SECRET));
        assertRefused(good.plus("client_id", "somebody"));
        assertRefused(good.without("client_assertion").without("client_assertion_type"), "Authorization", basic);
        assertRefused(good.without("client_assertion_type"));
        assertRefused(good.with("client_assertion_type", "jwt"));
        assertEquals(
                200, client.redeem(good.plus("client_id", provider.clientId())).statusCode());
    }

    @Test
    void assertionsAreNothingToAClientWithoutKeys() throws IOException {
        try (ScriptedProvider other = ScriptedProvider.start()) {
            PlainClient plain = new PlainClient(other);
            Parameters grant = plain.grant(plain.authorize(plain.request()).get("code"))
                    .plus("client_assertion_type", TYPE)
                    .plus("client_assertion", ClientJwt.assertion(other).signedBy(TestKeys.p256()));
            assertEquals(401, plain.redeem(grant).statusCode());
        }
    }

    @Test
    void aSharedSecretSignsByHs256() throws IOException {
        provider.withClientKey().withClientSecret(SECRET).withSecretJwt();
        assertTaken(assertion().signedWith(SECRET));
        assertRefused(with(assertion().signedWith(SECRET + "!")));
        assertRefused(assertion());
        assertRefused(with(assertion().unsigned()));
        assertRefused(client.grant("any").plus("client_secret", SECRET));
        assertEquals(List.of("client_secret_jwt"), metadata().get("token_endpoint_auth_methods_supported"));
        assertEquals(List.of("HS256"), metadata().get("token_endpoint_auth_signing_alg_values_supported"));
    }

    @Test
    void revocationAsksForAnAssertionAsWell() throws IOException {
        Parameters request = Parameters.none().plus("token", "unknown");
        assertEquals(401, client.post("/revoke", request).statusCode());
        Parameters good = request.plus("client_assertion_type", TYPE)
                .plus("client_assertion", assertion().signedBy(TestKeys.p256()));
        assertEquals(200, client.post("/revoke", good).statusCode());
        assertEquals(401, client.post("/revoke", good).statusCode());
    }

    @Test
    void metadataNamesTheMethodAndItsAlgorithms() throws IOException {
        for (String endpoint : List.of("token", "revocation")) {
            assertEquals(List.of("private_key_jwt"), metadata().get(endpoint + "_endpoint_auth_methods_supported"));
            assertTrue(Json.list(metadata(), endpoint + "_endpoint_auth_signing_alg_values_supported")
                    .contains("ES256"));
        }
        provider.withClientKey();
        assertFalse(metadata().containsKey("token_endpoint_auth_signing_alg_values_supported"));
    }

    private Map<String, Object> metadata() throws IOException {
        return Json.object(client.get("/.well-known/openid-configuration").body());
    }

    @Test
    void assertionsAreSecretsAndCanBeRead() throws IOException {
        String assertion = assertion().with("jti", "the-id").signedBy(TestKeys.p256());
        assertTaken(assertion);
        assertTrue(provider.secrets().contains(assertion));
        ReceivedJwt read = provider.clientAssertions("/token").get(0);
        assertEquals("the-id", read.claims().get("jti"));
        assertEquals("ES256", read.header().get("alg"));
    }
}
