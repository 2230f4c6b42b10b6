package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R77: whatever may hold something secret does not print it. */
class SecretTest {

    private static final String SECRET = "s3cr3t-value";

    static Stream<Object> holders() throws Exception {
        LoginAttempt attempt = new LoginAttempt(
                SECRET,
                SECRET,
                SECRET,
                Samples.ISSUER,
                true,
                "https://app.example/callback",
                "/page?token=" + SECRET,
                TestClock.START,
                TestClock.START,
                SentForm.kept("/page", "password=" + SECRET, TestClock.START),
                AuthenticationRequirements.NONE,
                null);
        IssuedTokens tokens =
                new IssuedTokens(SECRET, TestClock.START, "openid", SECRET, SECRET, TestClock.START, null, null);
        Claims claims = new Claims(Map.of("email", SECRET, "nonce", SECRET, "inner", Map.of("a", SECRET)));
        VerifiedUser user =
                new VerifiedUser("alice", SECRET, Samples.ISSUER, SECRET, Set.of(), claims.values(), TestClock.START);
        Secret secret = new Secret(SECRET);
        AuthorizationResponse response = AuthorizationResponse.validate(
                Samples.parameters("code", SECRET, "state", SECRET),
                Samples.attempt(false),
                Issuers.one(Samples.ISSUER));
        return Stream.of(
                secret,
                attempt.form(),
                Optional.of(secret),
                List.of(secret),
                new ClientAuthentication.Basic(secret),
                new ClientAuthentication.Post(secret),
                Samples.client(new ClientAuthentication.Basic(secret), Optional.of(secret)),
                attempt,
                new AuthorizationCode(SECRET, attempt),
                response,
                response.code(),
                new HttpAnswer(
                        "token endpoint",
                        200,
                        "application/json",
                        HttpAnswer.IDENTITY,
                        "",
                        "",
                        "{\"access_token\":\"" + SECRET + "\"}"),
                tokens,
                claims,
                new IdToken(Samples.ISSUER, SECRET, claims),
                user,
                Login.first(
                        Samples.CLIENT_ID,
                        user,
                        tokens,
                        new IdToken(Samples.ISSUER, SECRET, claims),
                        AuthenticationRequirements.NONE),
                new Parameters().add("client_secret", SECRET));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void nothingSecretIsPrinted(Object holder) {
        assertFalse(holder.toString().contains(SECRET), () -> holder.getClass() + ": " + holder);
        assertFalse(holder.toString().isBlank(), () -> holder.getClass() + " says nothing of itself");
    }

    @Test
    void aSecretIsToldToWhoSendsIt() {
        assertEquals(SECRET, new Secret(SECRET).reveal());
        assertEquals("[hidden]", new Secret(SECRET).toString());
    }

    @Test
    void whatIsPrintedStillTellsWhichThingItIs() {
        assertEquals(
                "LoginAttempt[https://login.example.com, started 2026-01-01T00:00:00Z]",
                Samples.attempt(true).toString());
        assertEquals(
                "Tokens[hidden, access token expires at 2026-01-01T00:00:00Z]",
                new IssuedTokens(SECRET, TestClock.START, "openid", null, null, TestClock.START, null, null)
                        .toString());
        assertEquals(
                "HttpAnswer[token endpoint, status 400]",
                new HttpAnswer("token endpoint", 400, "text/plain", HttpAnswer.IDENTITY, "", "", SECRET).toString());
    }
}
