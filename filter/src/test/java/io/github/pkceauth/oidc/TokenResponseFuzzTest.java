package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import io.github.pkceauth.testkit.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the token endpoint answers, only bearer tokens that can be sent come out, and no secret is quoted. */
class TokenResponseFuzzTest {

    private static final Secret SECRET = new Secret("s3cr3t-of-the-client");
    private static final AuthorizationCode CODE = new AuthorizationCode("s3cr3t-code", Samples.attempt(false));
    private static final Client OPENID = client("openid profile");
    private static final Client OAUTH = client("profile");
    private static final URI ENDPOINT = URI.create("https://login.example.com/token");

    private static final Set<Reason> REFUSALS =
            Set.of(Reason.TOKEN_RESPONSE_INVALID, Reason.TOKEN_REQUEST_REFUSED, Reason.ID_TOKEN_MISSING);

    private final Offline offline = new Offline();

    @Fuzz
    void onlyBearerTokensThatCanBeSentComeOut(byte[] input) throws Exception {
        String body = new String(input, UTF_8);
        for (Client client : List.of(OPENID, OAUTH)) {
            Optional<IssuedTokens> tokens = Work.bounded(input, 500_000, 4_000, () -> redeem(client, 200, body));
            if (tokens.isPresent()) {
                assertSound(tokens.get(), client, Json.object(body));
            }
            Work.bounded(input, 500_000, 4_000, () -> redeem(client, 400, body));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "s3cr3t-code", "a-verifier", "9", "\\u0000"})
    void longAnswersCostNoMoreThanTheirLength(String part) throws Exception {
        Work.linear(
                size -> "{\"error\":\"x\",\"error_description\":\"" + part.repeat(size / part.length()) + "\"}",
                body -> redeem(OPENID, 400, body));
        Work.linear(
                size -> "{\"token_type\":\"" + part.repeat(size / part.length()) + "\"}",
                body -> redeem(OPENID, 200, body));
        Work.linear(
                size -> "{\"token_type\":\"Bearer\",\"expires_in\":" + part.repeat(size / part.length()) + "}",
                body -> redeem(OPENID, 200, body));
    }

    private Optional<IssuedTokens> redeem(Client client, int status, String body) {
        offline.answers(status, body);
        try {
            IssuedTokens tokens =
                    Samples.tokenEndpoint(client, offline.http()).redeem(CODE, Samples.provider(ENDPOINT));
            assertEquals(200, status);
            return Optional.of(tokens);
        } catch (AuthFailure failure) {
            assertTrue(REFUSALS.contains(failure.reason()), () -> "reason " + failure.reason());
            Wording.check(
                    failure.getMessage(),
                    SECRET.reveal(),
                    CODE.value(),
                    CODE.attempt().codeVerifier());
            return Optional.empty();
        }
    }

    private static void assertSound(IssuedTokens tokens, Client client, Map<String, Object> members) {
        assertTrue("bearer".equalsIgnoreCase(Json.string(members, "token_type")));
        assertEquals(members.get("access_token"), tokens.accessToken());
        assertEquals(false, members.containsKey("error"));
        // Fails where the token holds what no header may.
        HttpRequest.newBuilder(ENDPOINT)
                .header("Authorization", "Bearer " + tokens.accessToken())
                .build();
        assertEquals(client.usesOpenId() ? members.get("id_token") : null, tokens.idToken());
        Instant expiry = tokens.accessTokenExpiresAt();
        assertTrue(expiry == null || !expiry.isBefore(TestClock.START), () -> "expired at " + expiry);
        assertEquals("Tokens[hidden, access token expires at " + expiry + "]", tokens.toString());
    }

    private static Client client(String scope) {
        return Samples.client(new ClientAuthentication.Basic(SECRET), Optional.of(SECRET), scope, Optional.empty());
    }
}
