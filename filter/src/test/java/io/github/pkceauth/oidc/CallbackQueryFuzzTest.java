package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import io.github.pkceauth.testkit.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes to the callback, only one answer to the one attempt yields a code. */
class CallbackQueryFuzzTest {

    private static final Set<Reason> REFUSALS = Set.of(
            Reason.CALLBACK_INVALID,
            Reason.ISSUER_MISSING,
            Reason.ISSUER_MISMATCH,
            Reason.ACCESS_DENIED,
            Reason.PROVIDER_ERROR);
    private static final String HIDDEN_CODE = "s3cr3t-c0de";

    @Fuzz
    void onlyOneAnswerToTheAttemptYieldsACode(byte[] input) throws Exception {
        Map<String, String[]> parameters;
        try {
            parameters = decoded(new String(input, UTF_8));
        } catch (IllegalArgumentException e) {
            return; // no container lets bad escapes through
        }
        for (boolean issuerExpected : List.of(true, false)) {
            LoginAttempt attempt = Samples.attempt(issuerExpected);
            Optional<String> code = Work.bounded(input, 500_000, 100, () -> answer(parameters, attempt));
            code.ifPresent(accepted -> assertIsTheOneAnswer(parameters, issuerExpected, accepted));
            assertNoMessageHoldsTheCode(parameters, attempt);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"code=a&", "error_description=%00%E2%80%AE", "iss=https://login.example.com/", "a=b&"})
    void longQueriesCostNoMoreThanTheirLength(String part) throws Exception {
        LoginAttempt attempt = Samples.attempt(true);
        Work.linear(
                size -> "state=the-state&error=x&" + part
                        + part.repeat(size / part.length()).replace('&', ';'),
                query -> answer(decoded(query), attempt));
    }

    /** The code, or none, because the state names another attempt or by a failure that fits. */
    private static Optional<String> answer(Map<String, String[]> parameters, LoginAttempt attempt) {
        try {
            if (!AuthorizationResponse.stateOf(parameters).equals(attempt.state())) {
                return Optional.empty();
            }
            return Optional.of(AuthorizationResponse.validate(parameters, attempt, Issuers.one(Samples.ISSUER))
                    .code()
                    .value());
        } catch (AuthFailure failure) {
            assertTrue(REFUSALS.contains(failure.reason()), () -> "reason " + failure.reason());
            Wording.check(failure.getMessage(), secretsThatOnlyTheServerKnows(parameters, attempt));
            if (failure.providerMessage() != null) {
                Wording.check(failure.providerMessage());
            }
            return Optional.empty();
        }
    }

    /** What the answer quotes is no secret: it would have to be known to whoever wrote it. */
    private static String[] secretsThatOnlyTheServerKnows(Map<String, String[]> parameters, LoginAttempt attempt) {
        return Stream.of(attempt.codeVerifier(), attempt.nonce())
                .filter(secret -> parameters.values().stream().noneMatch(values -> holds(values, secret)))
                .toArray(String[]::new);
    }

    private static void assertIsTheOneAnswer(Map<String, String[]> parameters, boolean issuerExpected, String code) {
        assertEquals(List.of("the-state"), values(parameters, "state"));
        assertEquals(List.of(code), values(parameters, "code"));
        assertEquals(false, code.isEmpty());
        Set<List<String>> none = Set.of(List.of(), List.of(""));
        assertTrue(none.contains(values(parameters, "error")), "an error besides the code");
        List<String> issuer = values(parameters, "iss");
        assertTrue(
                issuer.equals(List.of(Samples.ISSUER)) || (!issuerExpected && none.contains(issuer)),
                () -> "the issuer is " + issuer);
    }

    /** The same answer with a code that cannot be mistaken for anything else. */
    private static void assertNoMessageHoldsTheCode(Map<String, String[]> parameters, LoginAttempt attempt) {
        Map<String, String[]> marked = new LinkedHashMap<>(parameters);
        if (marked.remove("code") == null || marked.values().stream().anyMatch(values -> holds(values, HIDDEN_CODE))) {
            return;
        }
        marked.put("code", new String[] {HIDDEN_CODE});
        try {
            AuthorizationResponse.stateOf(marked);
            AuthorizationResponse response =
                    AuthorizationResponse.validate(marked, attempt, Issuers.one(Samples.ISSUER));
            Wording.check(response.toString(), HIDDEN_CODE);
            Wording.check(response.code().toString(), HIDDEN_CODE);
        } catch (AuthFailure failure) {
            Wording.check(failure.getMessage(), HIDDEN_CODE);
        }
    }

    private static boolean holds(String[] values, String text) {
        return Stream.of(values).anyMatch(value -> value.contains(text));
    }

    private static List<String> values(Map<String, String[]> parameters, String name) {
        return List.of(parameters.getOrDefault(name, new String[0]));
    }

    private static Map<String, String[]> decoded(String query) {
        Parameters parsed = Parameters.parse(query);
        Map<String, String[]> parameters = new LinkedHashMap<>();
        parsed.names().forEach(name -> parameters.put(name, parsed.all(name).toArray(String[]::new)));
        return parameters;
    }
}
