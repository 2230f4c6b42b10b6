package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.JsonEndpoint;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How products word the refusals of their token endpoints, at a login and at a refresh, and what becomes of them. */
class ProviderTokenDifferencesTest {

    private static final String JSON = "application/json";

    // At a login

    /** A refusal, and what the log says of it. */
    private static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "403 with a reason",
                        answer -> answer.answers(
                                403, JSON, "{\"error\":\"invalid_grant\",\"error_description\":\"Wrong code\"}"),
                        "status 403 and the error 'invalid_grant: Wrong code'; the code was late or used before"),
                refusal(
                        "401 with a reason",
                        answer -> answer.answers(401, JSON, "{\"error\":\"invalid_client\"}"),
                        "status 401 and the error 'invalid_client'; check clientId, clientSecret"),
                refusal(
                        "403 of a gateway",
                        answer -> answer.answers(403, JSON, "{\"message\":\"Forbidden\"}"),
                        "status 403 and no error in its document"),
                refusal(
                        "an error of another type",
                        answer -> answer.answers(400, JSON, "{\"error\":{\"code\":17}}"),
                        "status 400 and no error in its document"),
                refusal(
                        "401 with HTML",
                        answer -> answer.answers(401, "text/html", "<h1>no</h1>"),
                        "status 401 and no error document"),
                refusal(
                        "401 without a word",
                        answer -> answer.answers(401, "", ""),
                        "status 401 and no error document"),
                refusal(
                        "JSON by another name",
                        answer -> answer.answers(400, "text/javascript", "{\"error\":\"invalid_request\"}"),
                        "status 400 and the error 'invalid_request'"));
    }

    private static Arguments refusal(String name, Consumer<JsonEndpoint> script, String told) {
        return Arguments.of(Named.of(name, script), told);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalIsToldAsFarAsItHasWords(Consumer<JsonEndpoint> script, String told) {
        try (Scene scene = Scene.open()) {
            script.accept(scene.provider.token());
            scene.assertLoginRefused(502, "token_request_refused", 1);
            assertTrue(scene.logs.text().contains(told), scene.logs::text);
        }
    }

    /** As GitHub does it. */
    @Test
    void anErrorInASuccessIsToldInTheProvidersWords() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .token()
                    .answersJson("{\"error\":\"bad_verification_code\","
                            + "\"error_description\":\"The code passed is incorrect or expired.\"}");
            scene.assertLoginRefused(502, "token_response_invalid", 1);
            assertTrue(
                    scene.logs
                            .text()
                            .contains(
                                    "the error 'bad_verification_code: The code passed is incorrect or expired.' in an"
                                            + " answer of status 200"),
                    scene.logs::text);
        }
    }

    @Test
    void anErrorInASuccessDoesNotSpreadWhatWasSent() {
        try (Scene scene = Scene.open()) {
            scene.provider
                    .token()
                    .changing(reply -> reply.withBody("{\"error\":\"no: "
                            + scene.provider
                                    .request(ScriptedProvider.TOKEN)
                                    .form()
                                    .get("code")
                            + "\"}"));
            scene.assertLoginRefused(502, "token_response_invalid", 1);
            assertTrue(scene.logs.text().contains("the error 'no: [hidden]' in"), scene.logs::text);
        }
    }

    // At a refresh

    /** Auth0 refuses by 403, and others by 401 where RFC 6749 section 5.2 has 400. */
    @ParameterizedTest
    @CsvSource({"400", "401", "403"})
    void invalidGrantEndsTheLoginByWhateverStatusOfARefusal(int status) {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider
                    .refresh()
                    .answers(status, JSON, "{\"error\":\"invalid_grant\",\"error_description\":\"Unknown token\"}");

            Page page = scene.browser().navigate(scene.url("/page"));

            scene.assertSentToProvider(page);
            Refreshes.assertNoLoginIsKept(scene);
            assertTrue(scene.logs.text().contains("'invalid_grant: Unknown token'"), scene.logs::text);
        }
    }

    /** Whatever does not say that the refresh token is at fault. */
    private static Stream<Arguments> refusalsOfNoLogin() {
        return Stream.of(
                refusal(
                        "403 of a gateway",
                        answer -> answer.answers(403, JSON, "{\"message\":\"Forbidden\"}"),
                        "status 403 and no error in its document"),
                refusal(
                        "403 with HTML",
                        answer -> answer.answers(403, "text/html", "<h1>blocked</h1>"),
                        "status 403 and no error document"),
                refusal(
                        "401 without a word",
                        answer -> answer.answers(401, "", ""),
                        "status 401 and no error document"),
                refusal(
                        "400 with another error",
                        answer -> answer.answers(400, JSON, "{\"error\":\"invalid_scope\"}"),
                        "status 400 and the error 'invalid_scope'"),
                refusal(
                        "an error in a success",
                        answer -> answer.answersJson("{\"error\":\"bad_refresh_token\"}"),
                        "the error 'bad_refresh_token' in an answer of status 200"));
    }

    @ParameterizedTest
    @MethodSource("refusalsOfNoLogin")
    void aRefusalThatDoesNotNameTheTokenIsAnOutage(Consumer<JsonEndpoint> script, String told) {
        try (Scene scene = Refreshes.scene()) {
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            script.accept(scene.provider.refresh());

            Refreshes.assertGoesOn(scene, 1);

            assertTrue(scene.logs.text().contains(told), scene.logs::text);
            scene.provider.behaves();
            scene.pass(Refreshes.FIRST_PAUSE);
            Refreshes.assertGoesOn(scene, 2);
        }
    }

    /** Both at once, as from providers that do no more than RFC 6749 section 6 asks. */
    @Test
    void aRefreshMayBringAnAccessTokenAndNothingElse() {
        try (Scene scene = Refreshes.scene()) {
            scene.provider.withoutRotation().withoutIdTokenAtRefresh();
            Refreshes.signedInSince(scene, Refreshes.EXPIRED);
            scene.provider.refresh().without("scope").with("token_type", "bearer");

            Refreshes.assertGoesOn(scene, 1);
            scene.pass(Refreshes.EXPIRED);
            Refreshes.assertGoesOn(scene, 2);
            assertFalse(scene.logs.text().contains("could not be refreshed"), scene.logs::text);
        }
    }

    // Sizes

    @Test
    void tokensMayBeVeryLong() {
        try (Scene scene = Scene.open()) {
            String roles = "role-with-a-long-name-".repeat(4_000);
            scene.provider.idToken().withClaim("groups", roles).withoutClaim("at_hash");
            scene.provider.token().with("access_token", "a".repeat(200_000)).with("refresh_token", "r".repeat(50_000));
            scene.assertSignedIn(scene.logIn("/page"));
            Page out = scene.browser().post(scene.url("/logout"), Map.of());
            assertEquals(303, out.status(), out::toString);
            assertTrue(out.location().length() < 8_000, "an address that no server takes");
        }
    }
}
