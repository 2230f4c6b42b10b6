package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {

    private static final String GOOD = "\"token_type\":\"Bearer\",\"access_token\":\"at\",\"id_token\":\"it\"";
    private static final Secret SECRET = new Secret("the-client-secret");
    private static final Client CONFIDENTIAL =
            Samples.client(new ClientAuthentication.Basic(SECRET), Optional.of(SECRET));

    private static final Http HTTP = new Http(Tls.ofJvm(), Duration.ofSeconds(30), false);

    private final ScriptedProvider provider = ScriptedProvider.start();

    @AfterEach
    void close() {
        provider.close();
    }

    /** R15, R32, R35: the one call has the very redirect URI and the verifier, in its body. */
    @Test
    void aCodeIsRedeemedInOneCall() throws Exception {
        provider.token().answersJson("{" + GOOD + "}");

        IssuedTokens tokens = redeem(Samples.client());

        assertEquals("at", tokens.accessToken());
        assertEquals("it", tokens.idToken());
        assertEquals(
                "grant_type=authorization_code&code=the-code&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback"
                        + "&code_verifier=a-verifier&client_id=the-client",
                provider.request(ScriptedProvider.TOKEN).body());
    }

    /** RFC 8707 section 2.2. */
    @Test
    void theResourcesAreNamedAgain() throws Exception {
        provider.token().answersJson("{" + GOOD + "}");

        redeem(new Client(
                Samples.CLIENT_ID,
                new ClientAuthentication.None(),
                Optional.empty(),
                "openid",
                Optional.empty(),
                List.of("https://a.example/", "urn:b"),
                Optional.empty(),
                ResponseMode.QUERY,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Assurance.USUAL));

        assertEquals(
                List.of("https://a.example/", "urn:b"),
                provider.request(ScriptedProvider.TOKEN).form().all("resource"));
    }

    @Test
    void aRefusalWithoutAnErrorDocumentSaysSo() {
        provider.token().answers(403, "text/html", "<html>no</html>");

        assertEquals(
                "token endpoint " + address() + " answered with status 403 and no error document",
                refused(CONFIDENTIAL).getMessage());
    }

    /** R42. */
    @Test
    void whatIsMissingIsTolerated() throws Exception {
        provider.token().answersJson("{" + GOOD + ",\"unknown\":{\"x\":[1]}}");

        IssuedTokens tokens = redeem(Samples.client());

        assertNull(tokens.accessTokenExpiresAt());
        assertNull(tokens.refreshToken());
        assertEquals("openid profile", tokens.scope());
    }

    @ParameterizedTest
    @CsvSource({
        "3600, 3600",
        "'\"3600\"', 3600",
        "0, 0",
        "3600.9, 3600",
        "-1, ",
        "1e300, ",
        "'\"soon\"', ",
        "'\"99999999999\"', ",
        "null, ",
        "true, ",
        "[3600], "
    })
    void aLifetimeIsANumberOfSeconds(String expiresIn, Long seconds) throws Exception {
        provider.token().answersJson("{" + GOOD + ",\"expires_in\":" + expiresIn + "}");

        Instant expected = seconds == null ? null : TestClock.START.plusSeconds(seconds);
        assertEquals(expected, redeem(Samples.client()).accessTokenExpiresAt());
    }

    /** R41. */
    @ParameterizedTest
    @ValueSource(strings = {"bearer", "BEARER", "Bearer"})
    void theTokenTypeIsComparedWithoutCase(String type) throws Exception {
        provider.token().answersJson("{\"token_type\":\"" + type + "\",\"access_token\":\"at\",\"id_token\":\"it\"}");

        redeem(Samples.client());
    }

    @ParameterizedTest
    @CsvSource({
        "DPoP, the token_type 'DPoP' instead of Bearer",
        "mac, the token_type 'mac' instead of Bearer",
        "'', the token_type '' instead of Bearer"
    })
    void anUnknownTokenTypeIsUnusable(String type, String what) {
        provider.token().answersJson("{\"token_type\":\"" + type + "\",\"access_token\":\"at\",\"id_token\":\"it\"}");

        AuthFailure failure = refused(Samples.client());

        assertEquals(Reason.TOKEN_RESPONSE_INVALID, failure.reason());
        assertEquals("token endpoint " + address() + " answered with " + what, failure.getMessage());
    }

    /** R43; and without openid, an ID token that comes all the same is not kept unverified. */
    @Test
    void anIdTokenIsNeededExactlyWhereItWasAskedFor() throws Exception {
        provider.token().answersJson("{\"token_type\":\"Bearer\",\"access_token\":\"at\"}");
        assertEquals(Reason.ID_TOKEN_MISSING, refused(Samples.client()).reason());

        Client plain = Samples.client(new ClientAuthentication.None(), Optional.empty(), "profile", Optional.empty());
        assertNull(redeem(plain).idToken());
        provider.token().answersJson("{" + GOOD + "}");
        assertNull(redeem(plain).idToken());
    }

    /** R40. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/html | {} | content type 'text/html'",
                "200 | application/json | {\"error\":\"x\"} | the error 'x' in an answer of status 200",
                "200 | application/json | {\"token_type\":\"Bearer\",\"id_token\":\"it\"} | no access_token",
                "200 | application/json | {\"token_type\":\"Bearer\",\"id_token\":\"it\",\"access_token\":\"\"} | no access_token"
            })
    void anAnswerThatIsNoneIsRefused(int status, String type, String body, String what) {
        provider.token().answers(status, type, body);

        AuthFailure failure = refused(Samples.client());

        assertEquals(Reason.TOKEN_RESPONSE_INVALID, failure.reason());
        assertEquals("token endpoint " + address() + " answered with " + what, failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "400, TOKEN_REQUEST_REFUSED",
        "401, TOKEN_REQUEST_REFUSED",
        "204, TOKEN_REQUEST_REFUSED",
        "500, PROVIDER_UNREACHABLE",
        "503, PROVIDER_UNREACHABLE",
        "307, TOKEN_RESPONSE_INVALID"
    })
    void aRefusalIsToldByItsStatus(int status, Reason reason) {
        provider.token().answers(status, "text/plain", "");

        assertEquals(reason, refused(Samples.client()).reason());
        assertEquals(1, provider.calls(ScriptedProvider.TOKEN));
    }

    @Test
    void aRefusedClientIsToldWhatToLookAt() {
        provider.token()
                .answers(401, "application/json", "{\"error\":\"invalid_client\",\"error_description\":\"no\\nway\"}");

        assertEquals(
                "token endpoint "
                        + address()
                        + " answered with status 401 and the error 'invalid_client: no\uFFFDway'; check clientId,"
                        + " clientSecret and clientAuthentication (used: client_secret_basic) against the client's"
                        + " registration",
                refused(CONFIDENTIAL).getMessage());
    }

    /** R77: providers like to quote what they were sent. */
    @ParameterizedTest
    @ValueSource(strings = {"error", "error_description"})
    void noMessageQuotesASecret(String member) {
        for (String secret : new String[] {"the-code", "a-verifier", "the-client-secret"}) {
            provider.token().answers(400, "application/json", "{\"" + member + "\":\"bad: " + secret + "!\"}");

            String message = refused(CONFIDENTIAL).getMessage();

            assertFalse(message.contains(secret), message);
            assertTrue(message.contains("bad: [hidden]!"), message);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s%3Acret%2B%C3%BC", "s%3acret%2b%c3%bc", "dGhlLWNsaWVudDpzJTNBY3JldCUyQiVDMyVCQw=="})
    void noMessageQuotesASecretAsItWasOnTheWire(String onTheWire) {
        Secret secret = new Secret("s:cret+ü");
        Client client = Samples.client(new ClientAuthentication.Basic(secret), Optional.of(secret));
        provider.token().answers(401, "application/json", "{\"error\":\"no: Basic " + onTheWire + "!\"}");

        String message = refused(client).getMessage();

        assertTrue(message.contains("'no: Basic [hidden]!'"), message);
    }

    @Test
    void noSecretIsQuotedThatCameBackAsTheTokenType() {
        provider.token().answersJson("{\"token_type\":\"the-code\",\"access_token\":\"at\",\"id_token\":\"it\"}");

        assertEquals(
                "token endpoint " + address() + " answered with the token_type '[hidden]' instead of Bearer",
                refused(CONFIDENTIAL).getMessage());
    }

    /** RFC 6749 appendix A.12: visible ASCII; anything else could not be sent in a header, or not as it is. */
    @ParameterizedTest
    @ValueSource(strings = {"s3cr3t-\\nvalue", "s3cr3t-\\u0000", "s3cr3t-€", "s3cr3t-\\u007f"})
    void anAccessTokenThatNoHeaderCanHoldIsRefusedAndNotTold(String token) {
        provider.token()
                .answersJson("{\"token_type\":\"Bearer\",\"access_token\":\"" + token + "\",\"id_token\":\"it\"}");

        AuthFailure failure = refused(Samples.client());

        assertEquals(Reason.TOKEN_RESPONSE_INVALID, failure.reason());
        assertFalse(failure.getMessage().contains("s3cr3t"), failure.getMessage());
    }

    private IssuedTokens redeem(Client client) throws AuthFailure {
        return Samples.tokenEndpoint(client, HTTP).redeem(Samples.code(), Samples.provider(URI.create(address())));
    }

    private AuthFailure refused(Client client) {
        return assertThrows(AuthFailure.class, () -> redeem(client));
    }

    private String address() {
        return provider.address(ScriptedProvider.TOKEN);
    }
}
