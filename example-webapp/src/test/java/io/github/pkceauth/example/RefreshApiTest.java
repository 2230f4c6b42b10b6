package io.github.pkceauth.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefreshApiTest {

    private static final TestUser ALICE = new TestUser("alice", Set.of(), Map.of());
    private static final TestTokens BEFORE = new TestTokens("token-1", Instant.parse("2026-03-01T08:05:00Z"));
    private static final TestTokens AFTER = new TestTokens("token-2", Instant.parse("2026-03-01T08:09:00Z"));

    @Test
    void answersLikeMeApiWithTheNewTokens() throws Exception {
        try (Site site = Site.of("/", new TestLogin(ALICE, BEFORE, () -> AFTER))) {
            HttpResponse<String> response = site.get("/refresh");

            assertEquals(200, response.statusCode());
            assertEquals(
                    "application/json",
                    response.headers().firstValue("Content-Type").orElseThrow());
            Map<String, Object> json = JSONObjectUtils.parse(response.body());
            assertEquals(JSONObjectUtils.parse(site.get("/api/me").body()).keySet(), json.keySet());
            assertEquals("2026-03-01T08:09:00Z", json.get("accessTokenExpiresAt"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGIN_REQUIRED", "LOGIN_ENDED", "REFRESH_IMPOSSIBLE", "PROVIDER_UNREACHABLE"})
    void whatStandsInTheWayIsSaidAsTheFilterSaysIt(Reason reason) throws Exception {
        try (Site site = Site.of("/", failing(reason))) {
            HttpResponse<String> response = site.get("/refresh");

            assertEquals(reason.status(), response.statusCode());
            assertEquals(
                    "application/problem+json",
                    response.headers().firstValue("Content-Type").orElseThrow());
            assertEquals(
                    Map.of("title", reason.explanation(), "status", (long) reason.status(), "code", reason.code()),
                    JSONObjectUtils.parse(response.body()));
        }
    }

    @Test
    void theButtonLeadsBackToThePage() throws Exception {
        try (Site site = Site.of("/example", new TestLogin(ALICE, BEFORE, () -> AFTER))) {
            HttpResponse<String> response = site.post("/refresh", "");

            assertEquals(302, response.statusCode());
            assertEquals(
                    site.uri("/me"),
                    site.uri("/refresh")
                            .resolve(response.headers().firstValue("Location").orElseThrow()));
        }
    }

    @Test
    void theButtonsFailureIsAPage() throws Exception {
        try (Site site = Site.of("/", failing(Reason.LOGIN_ENDED))) {
            HttpResponse<String> response = site.post("/refresh", "");

            assertEquals(401, response.statusCode());
            assertTrue(response.body().contains("Your sign-in has ended; please sign in again."), response.body());
            assertFalse(response.body().contains("a detail for the log"), response.body());
        }
    }

    private static TestLogin failing(Reason reason) {
        return new TestLogin(ALICE, BEFORE, () -> {
            throw new AuthFailure(reason, "a detail for the log");
        });
    }
}
