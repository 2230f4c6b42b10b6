package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.X509CertUtils;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that authenticate by a certificate, and tokens that are bound to it. */
class MutualTlsTest {
    private final ScriptedProvider provider = ScriptedProvider.overMutualTls(TestTls.TRUSTED);
    private final PlainClient client = with(TestTls.CLIENT);

    /** The ordinary port never asks, whatever the client could show. */
    private final PlainClient ordinary = PlainClient.overTls(provider, TestTls.CLIENT.clientContext());

    @AfterEach
    void close() {
        provider.close();
    }

    private PlainClient with(TestTls certificate) {
        return PlainClient.withCertificate(provider, certificate.clientContext());
    }

    private Parameters grant() {
        return client.grant(client.authorize(client.request()).get("code"));
    }

    private static void assertRefused(HttpResponse<String> response) {
        assertEquals(401, response.statusCode(), response.body());
        assertEquals("invalid_client", Json.object(response.body()).get("error"));
    }

    private static int status(PlainClient with, String path, Map<String, Object> tokens) throws IOException {
        String bearer = "Bearer " + Json.string(tokens, "access_token");
        return with.get(path, "Authorization", bearer).statusCode();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLIENT", "SELF_SIGNED_CLIENT"})
    void theRegisteredCertificateAuthenticates(TestTls certificate) throws IOException {
        provider.withClientCertificate(certificate);
        assertEquals(200, with(certificate).redeem(grant()).statusCode());
        assertRefused(with(TestTls.OTHER_CLIENT).redeem(grant()));
        assertRefused(ordinary.redeem(grant()));
    }

    @Test
    void theCertificateIsTheOnlyWay() throws IOException {
        provider.withClientSecret("hush").withClientCertificate(TestTls.CLIENT);
        assertRefused(client.redeem(grant().without("client_id")));
        assertRefused(client.redeem(grant().with("client_id", "somebody")));
        assertRefused(client.redeem(grant().plus("client_secret", "hush")));
        assertRefused(client.redeem(grant(), "Authorization", PlainClient.basic("the-client", "hush")));
        assertRefused(client.redeem(grant().plus("client_assertion", "x")));
        assertEquals(200, client.redeem(grant()).statusCode());
    }

    @Test
    void pushingAndRevokingTakeTheCertificateToo() throws IOException {
        provider.withPushedRequests().withClientCertificate(TestTls.CLIENT);
        assertTrue(client.authorize(client.push(client.request())).has("code"));
        assertRefused(ordinary.post("/par", client.request()));
        Parameters revocation =
                Parameters.none().plus("client_id", "the-client").plus("token", "unknown");
        assertEquals(200, client.post("/revoke", revocation).statusCode());
        assertRefused(with(TestTls.OTHER_CLIENT).post("/revoke", revocation));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/userinfo", "/resource"})
    void tokensAreBoundToTheCertificate(String path) throws IOException {
        Map<String, Object> tokens = client.logIn();
        assertEquals("Bearer", tokens.get("token_type"));
        assertEquals(200, status(client, path, tokens));
        assertEquals(401, status(with(TestTls.OTHER_CLIENT), path, tokens));
        assertEquals(401, status(ordinary, path, tokens));
        assertEquals(200, status(ordinary, path, ordinary.logIn()));
    }

    @Test
    void aPublicClientRefreshesWithItsCertificate() throws IOException {
        String token = Json.string(client.logIn(), "refresh_token");
        assertEquals(400, with(TestTls.OTHER_CLIENT).refresh(token).statusCode());
        assertEquals(400, ordinary.refresh(token).statusCode());
        assertEquals(200, client.refresh(token).statusCode());
    }

    @Test
    void accessTokensThatAreJwtsNameTheirCertificate() throws Exception {
        provider.withJwtAccessTokens();
        SignedJWT token = SignedJWT.parse(Json.string(client.logIn(), "access_token"));
        String thumbprint = X509CertUtils.computeSHA256Thumbprint(TestTls.CLIENT.certificate())
                .toString();
        assertEquals(Map.of("x5t#S256", thumbprint), token.getJWTClaimsSet().getJSONObjectClaim("cnf"));
    }

    @Test
    void tokensMayBeForClientsWithACertificateAlone() throws IOException {
        provider.requiringCertificates();
        assertEquals(400, ordinary.redeem(grant()).statusCode());
        assertEquals(200, client.redeem(grant()).statusCode());
    }

    @Test
    void proofsAreOfTheAddressThatWasCalled() throws IOException {
        provider.requiringDpop();
        SigningKey key = TestKeys.p256();
        String ofOrdinary =
                ClientJwt.proof(key, "POST", provider.address("/token")).signedBy(key);
        assertEquals(400, client.redeem(grant(), "DPoP", ofOrdinary).statusCode());
        String good =
                ClientJwt.proof(key, "POST", provider.mtlsAddress("/token")).signedBy(key);
        HttpResponse<String> tokens = client.redeem(grant(), "DPoP", good);
        assertEquals("DPoP", Json.object(tokens.body()).get("token_type"));
    }

    @Test
    void requestsTellTheirPortAndTheirCertificate() throws IOException {
        client.get("/jwks");
        ordinary.get("/jwks");
        List<RecordedRequest> requests = provider.requests("/jwks");
        assertEquals(TestTls.CLIENT.certificate(), requests.get(0).certificate());
        assertNull(requests.get(1).certificate());
        assertEquals(
                Url.parse(provider.mtlsAddress("/")).port(), requests.get(0).port());
        assertEquals(Url.parse(provider.address("/")).port(), requests.get(1).port());
    }

    @Test
    void metadataLeadsToThePortForCertificates() throws IOException {
        provider.withClientCertificate(TestTls.CLIENT);
        Map<String, Object> metadata = metadata();
        assertEquals(provider.address("/token"), metadata.get("token_endpoint"));
        assertEquals(List.of("tls_client_auth"), metadata.get("token_endpoint_auth_methods_supported"));
        assertEquals(true, metadata.get("tls_client_certificate_bound_access_tokens"));
        Map<String, Object> aliases = Json.object(metadata, "mtls_endpoint_aliases");
        assertEquals(Set.of("token_endpoint", "userinfo_endpoint", "revocation_endpoint"), aliases.keySet());
        assertEquals(provider.mtlsAddress("/token"), aliases.get("token_endpoint"));

        provider.withClientCertificate(TestTls.SELF_SIGNED_CLIENT)
                .withoutRevocation()
                .withPushedRequests();
        assertEquals(List.of("self_signed_tls_client_auth"), metadata().get("token_endpoint_auth_methods_supported"));
        assertEquals(
                Set.of("token_endpoint", "userinfo_endpoint", "pushed_authorization_request_endpoint"),
                Json.object(metadata(), "mtls_endpoint_aliases").keySet());
    }

    private Map<String, Object> metadata() throws IOException {
        return Json.object(ordinary.get("/.well-known/openid-configuration").body());
    }

    @Test
    void otherProvidersHaveNoSuchPort() {
        try (ScriptedProvider other = ScriptedProvider.overTls(TestTls.TRUSTED)) {
            assertThrows(AssertionError.class, () -> other.mtlsAddress("/token"));
            assertFalse(other.hasMutualTls());
        }
    }
}
