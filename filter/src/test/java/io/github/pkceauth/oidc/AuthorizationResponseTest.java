package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseTest {

    @Test
    void aCodeComesWithTheAttemptItAnswers() throws Exception {
        LoginAttempt attempt = Samples.attempt(false);

        AuthorizationCode code = AuthorizationResponse.validate(
                        Samples.parameters("code", "abc"), attempt, Issuers.one(Samples.ISSUER))
                .code();

        assertEquals("abc", code.value());
        assertSame(attempt, code.attempt());
    }

    /** R21, RFC 6749 section 3.1. */
    @ParameterizedTest
    @ValueSource(strings = {"state", "code", "iss", "error", "error_description", "error_uri"})
    void aRepeatedParameterIsRefusedEvenIfBothAreEqual(String name) {
        Map<String, String[]> parameters = new HashMap<>(Samples.parameters("state", "s", "code", "c"));
        parameters.put(name, new String[] {"x", "x"});

        AuthFailure failure = assertThrows(AuthFailure.class, () -> AuthorizationResponse.stateOf(parameters));

        assertEquals(Reason.CALLBACK_INVALID, failure.reason());
        assertEquals("the callback has the parameter " + name + " more than once", failure.getMessage());
    }

    /** R30, RFC 6749 section 4.1.2. */
    @Test
    void unknownParametersAreIgnoredAlsoRepeatedOnes() throws Exception {
        Map<String, String[]> parameters = new HashMap<>(Samples.parameters("state", "s", "code", "c"));
        parameters.put("session_state", new String[] {"x", "y"});
        parameters.put("id_token", new String[] {"forged"});

        assertEquals("s", AuthorizationResponse.stateOf(parameters));
        assertEquals(
                "c",
                AuthorizationResponse.validate(parameters, Samples.attempt(false), Issuers.one(Samples.ISSUER))
                        .code()
                        .value());
    }

    /** R16. */
    @Test
    void aMissingOrEmptyStateIsNone() throws Exception {
        assertEquals("", AuthorizationResponse.stateOf(Map.of()));
        assertEquals("", AuthorizationResponse.stateOf(Samples.parameters("state", "")));
        assertEquals("", AuthorizationResponse.stateOf(Map.of("state", new String[0])));
    }

    /** R22, R24, R25: as plain strings, whether promised or not, on success and on error (R26). */
    @ParameterizedTest
    @CsvSource({
        "https://login.example.com/, true, code",
        "https://login.example.com/, false, code",
        "https://LOGIN.example.com, true, code",
        "https://login.example.com:443, true, code",
        "https://evil.example, true, code",
        "https://evil.example, false, code",
        "https://evil.example, true, error",
        "https://evil.example, false, error",
        "' https://login.example.com', true, code"
    })
    void anotherIssuersAnswerIsRefused(String iss, boolean promised, String kind) {
        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> AuthorizationResponse.validate(
                        Samples.parameters("iss", iss, kind, "x"),
                        Samples.attempt(promised),
                        Issuers.one(Samples.ISSUER)));

        assertEquals(Reason.ISSUER_MISMATCH, failure.reason());
        assertEquals(
                "the callback has iss '" + iss + "', but the login began at 'https://login.example.com'",
                failure.getMessage());
        assertNull(failure.providerMessage());
    }

    /** R23, R26. */
    @ParameterizedTest
    @ValueSource(strings = {"code", "error"})
    void aMissingIssuerIsRefusedWhereItWasPromised(String kind) throws Exception {
        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> AuthorizationResponse.validate(
                        Samples.parameters(kind, "x", "iss", ""), Samples.attempt(true), Issuers.one(Samples.ISSUER)));

        assertEquals(Reason.ISSUER_MISSING, failure.reason());
        AuthorizationResponse.validate(
                Samples.parameters(kind, "x"), Samples.attempt(false), Issuers.one(Samples.ISSUER));
        AuthorizationResponse.validate(
                Samples.parameters(kind, "x", "iss", Samples.ISSUER),
                Samples.attempt(true),
                Issuers.one(Samples.ISSUER));
    }

    /** R27. */
    @Test
    void codeAndErrorTogetherAreRefusedAndNeitherToo() {
        assertEquals(
                "the callback has both code and error",
                refused(Samples.parameters("code", "c", "error", "access_denied"))
                        .getMessage());
        assertEquals(
                "the callback has neither code nor error",
                refused(Samples.parameters("state", "s")).getMessage());
        assertEquals(
                "the callback has neither code nor error",
                refused(Samples.parameters("code", "", "error", "")).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, ACCESS_DENIED",
        "login_required, PROVIDER_ERROR",
        "server_error, PROVIDER_ERROR",
        "Access_Denied, PROVIDER_ERROR"
    })
    void anErrorIsTheProvidersAndInItsWords(String error, Reason reason) throws Exception {
        AuthorizationResponse response = AuthorizationResponse.validate(
                Samples.parameters("error", error, "error_description", "no\nway"),
                Samples.attempt(false),
                Issuers.one(Samples.ISSUER));

        AuthFailure failure = assertThrows(AuthFailure.class, response::code);

        assertEquals(reason, failure.reason());
        assertEquals(error + ": no\uFFFDway", failure.providerMessage());
        assertEquals(
                "the provider answered the authorization request with the error " + error + ": no\uFFFDway",
                failure.getMessage());
    }

    @Test
    void anErrorWithoutADescriptionIsTheErrorAlone() throws Exception {
        AuthorizationResponse response = AuthorizationResponse.validate(
                Samples.parameters("error", "server_error"), Samples.attempt(false), Issuers.one(Samples.ISSUER));

        assertEquals(
                "server_error", assertThrows(AuthFailure.class, response::code).providerMessage());
        assertFalse(response.toString().contains("server_error"));
    }

    private static AuthFailure refused(Map<String, String[]> parameters) {
        AuthFailure failure = assertThrows(
                AuthFailure.class,
                () -> AuthorizationResponse.validate(parameters, Samples.attempt(false), Issuers.one(Samples.ISSUER)));
        assertEquals(Reason.CALLBACK_INVALID, failure.reason());
        return failure;
    }
}
