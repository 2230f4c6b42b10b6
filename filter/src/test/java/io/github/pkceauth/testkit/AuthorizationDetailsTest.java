package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rich authorization requests, RFC 9396. */
class AuthorizationDetailsTest {
    private static final String DETAILS = "[{\"type\":\"payment\",\"amount\":\"12.50\"},{\"type\":\"account\"}]";
    private static final List<Map<String, String>> PARSED =
            List.of(Map.of("type", "payment", "amount", "12.50"), Map.of("type", "account"));

    private final ScriptedProvider provider = ScriptedProvider.start();
    private final PlainClient client = new PlainClient(provider);

    @AfterEach
    void close() {
        provider.close();
    }

    private Parameters request() {
        return client.request().plus("authorization_details", DETAILS);
    }

    private Map<String, Object> tokens(Parameters request) throws IOException {
        Parameters grant = client.grant(client.authorize(request).get("code"));
        return Json.object(client.redeem(grant).body());
    }

    @Test
    void whatIsGrantedComesWithTheTokensAndAgainWithARefresh() throws Exception {
        provider.withJwtAccessTokens();
        Map<String, Object> tokens = tokens(request());
        assertEquals(PARSED, tokens.get("authorization_details"));
        SignedJWT accessToken = SignedJWT.parse(Json.string(tokens, "access_token"));
        assertEquals(PARSED, accessToken.getJWTClaimsSet().getClaim("authorization_details"));
        HttpResponse<String> fresh = client.refresh(Json.string(tokens, "refresh_token"));
        assertEquals(PARSED, Json.object(fresh.body()).get("authorization_details"));
    }

    @Test
    void withoutDetailsThereAreNone() throws IOException {
        assertFalse(tokens(client.request()).containsKey("authorization_details"));
    }

    @Test
    void detailsMayBePushedAndSigned() throws IOException {
        provider.withPushedRequests().withRequestObjects(TestKeys.p256());
        assertEquals(PARSED, tokens(client.push(request())).get("authorization_details"));
        String object = ClientJwt.requestObject(provider, client.request())
                .with("authorization_details", PARSED)
                .signedBy(TestKeys.p256());
        Parameters signed = Parameters.none().plus("client_id", "the-client").plus("request", object);
        assertEquals(PARSED, tokens(signed).get("authorization_details"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment", "{\"type\":\"payment\"}", "[\"payment\"]", "[{\"amount\":\"12.50\"}]"})
    void otherJsonIsRefused(String details) {
        Parameters answer = client.authorize(client.request().plus("authorization_details", details));
        assertEquals("invalid_authorization_details", answer.get("error"));
    }

    @Test
    void theProviderMayGrantOtherDetails() throws IOException {
        provider.token().with("authorization_details", List.of());
        assertEquals(List.of(), tokens(request()).get("authorization_details"));
        provider.token().without("authorization_details");
        assertFalse(tokens(request()).containsKey("authorization_details"));
    }
}
