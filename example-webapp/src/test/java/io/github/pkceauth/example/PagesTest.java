package io.github.pkceauth.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PagesTest {

    private static final TestTokens TOKENS = new TestTokens("token-1", Instant.parse("2026-03-01T08:05:00Z"));

    private static final TestUser ALICE_HERSELF =
            new TestUser("alice", Set.of("admin"), Map.of("email", "alice@example.com", "roles", List.of("admin")));

    private static final TestLogin ALICE = new TestLogin(ALICE_HERSELF, TOKENS);

    private static final TestLogin BOB = new TestLogin(new TestUser("bob", Set.of(), Map.of()), TOKENS);

    private static final TestLogin MALLORY = new TestLogin(
            new TestUser("<script>alert(1)</script>", Set.of(), Map.of("<i>", "\"><b onclick='x()'>&amp;")), TOKENS);

    @Test
    void homePageOffersSignInToAVisitor() throws Exception {
        try (Site site = Site.of("/", null)) {
            HttpResponse<String> response = site.get("/");

            assertEquals(200, response.statusCode());
            assertTrue(response.body().contains("href=\"/login\""), response.body());
            assertFalse(response.body().contains("Sign out"), response.body());
        }
    }

    @Test
    void homePageOffersSignOutToAUser() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            String page = site.get("/").body();

            assertTrue(page.contains("Signed in as <strong>alice</strong>"), page);
            assertTrue(page.contains("<form method=\"post\" action=\"/logout\">"), page);
            assertFalse(page.contains("\"/login\""), page);
        }
    }

    @Test
    void everyLinkStaysInTheContextPath() throws Exception {
        try (Site visitors = Site.of("/example", null);
                Site users = Site.of("/example", ALICE)) {
            for (String page : List.of(
                    visitors.get("/").body(),
                    users.get("/").body(),
                    users.get("/me").body())) {
                Html5.addresses(page).forEach(link -> assertTrue(link.startsWith("/example/"), link));
            }
        }
    }

    @Test
    void pagesAreNotKeptByBrowsersAndLoadNothingFromElsewhere() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            HttpResponse<String> page = site.get("/me");

            assertEquals("no-store", page.headers().firstValue("Cache-Control").orElseThrow());
            assertTrue(page.headers()
                    .firstValue("Content-Security-Policy")
                    .orElseThrow()
                    .startsWith("default-src 'none'"));
            Html5.addresses(page.body()).forEach(address -> assertTrue(address.startsWith("/"), address));
        }
    }

    @Test
    void mePageShowsTheUserAndTheClaims() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            String page = site.get("/me").body();

            assertTrue(page.contains("<h1>alice</h1>"), page);
            assertTrue(page.contains("<dd>https://provider.example</dd>"), page);
            assertTrue(page.contains("<dd>2026-03-01T08:00:00Z</dd>"), page);
            assertTrue(page.contains("<dt>email</dt><dd>alice@example.com</dd>"), page);
        }
    }

    @Test
    void mePageShowsHowLongTheTokensLast() throws Exception {
        Instant expiry = Instant.now().plus(Duration.ofMinutes(5));
        TestLogin login = new TestLogin(ALICE_HERSELF, new TestTokens("token-1", expiry, "refresh-1"));
        try (Site site = Site.of("/", login)) {
            String page = site.get("/me").body();

            String shown = "<dt>Access token expires</dt><dd>" + expiry.truncatedTo(ChronoUnit.SECONDS) + ", in 4 min ";
            assertTrue(page.contains(shown), page);
            assertTrue(page.contains("<dt>Refresh token</dt><dd>yes, kept on the server</dd>"), page);
            assertTrue(page.contains("<form method=\"post\" action=\"/refresh\">"), page);
            assertFalse(page.contains("token-1") || page.contains("refresh-1"), page);
        }
    }

    @Test
    void mePageOffersNoRefreshWithoutARefreshToken() throws Exception {
        try (Site site = Site.of("/", new TestLogin(ALICE_HERSELF, new TestTokens("token-1", null)))) {
            String page = site.get("/me").body();

            assertTrue(page.contains("<dt>Access token expires</dt><dd>not said</dd>"), page);
            assertTrue(page.contains("<dt>Refresh token</dt><dd>none</dd>"), page);
            assertFalse(page.contains("/refresh\""), page);
        }
    }

    @Test
    void mePageSaysHowToHaveAnApiToCall() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            String page = site.get("/me").body();

            assertTrue(page.contains("RESOURCE_URL=http://127.0.0.1:9000/userinfo"), page);
            assertFalse(page.contains("/api/resource"), page);
        }
    }

    @Test
    void mePageHasTwoWaysOut() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            String page = site.get("/me").body();

            assertTrue(
                    page.contains("<form method=\"post\" action=\"/sign-out-here\"><button>Sign out here</button>"),
                    page);
            assertTrue(
                    page.contains("<form method=\"post\" action=\"/logout\"><button>Sign out everywhere</button>"),
                    page);
        }
    }

    @Test
    void whatTheProviderSaysIsEscaped() throws Exception {
        try (Site site = Site.of("/", MALLORY)) {
            for (String path : List.of("/", "/me", "/admin")) {
                String page = site.get(path).body();

                assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), page);
                assertFalse(page.contains("<script"), page);
                assertFalse(page.contains("<b onclick"), page);
            }
        }
    }

    @Test
    void meApiHasExactlyTheMembersPromised() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            HttpResponse<String> response = site.get("/api/me");

            assertEquals(
                    "application/json",
                    response.headers().firstValue("Content-Type").orElseThrow());
            Map<String, Object> json = JSONObjectUtils.parse(response.body());
            assertEquals(
                    Set.of("name", "subject", "issuer", "roles", "sessionId", "accessTokenExpiresAt", "claims"),
                    json.keySet());
            assertEquals("alice", json.get("name"));
            assertEquals("alice", json.get("subject"));
            assertEquals("https://provider.example", json.get("issuer"));
            assertEquals(List.of("admin"), json.get("roles"));
            assertEquals("2026-03-01T08:05:00Z", json.get("accessTokenExpiresAt"));
            assertEquals(Map.of("email", "alice@example.com", "roles", List.of("admin")), json.get("claims"));
        }
    }

    @Test
    void meApiShowsAHashInPlaceOfTheSessionId() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            HttpResponse<String> response = site.get("/api/me");

            String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
            String sessionId = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf('.'));
            assertFalse(response.body().contains(sessionId), response.body());
            String shown = String.valueOf(JSONObjectUtils.parse(response.body()).get("sessionId"));
            assertTrue(shown.matches("[0-9a-f]{64}"), shown);
        }
    }

    @Test
    void adminPageIsForAdmins() throws Exception {
        try (Site site = Site.of("/", ALICE)) {
            assertEquals(200, site.get("/admin").statusCode());
        }
    }

    @Test
    void adminPageRefusesOthersWithAPage() throws Exception {
        try (Site site = Site.of("/", BOB)) {
            HttpResponse<String> response = site.get("/admin");

            assertEquals(403, response.statusCode());
            assertTrue(response.body().contains("<h1>Not for you</h1>"), response.body());
        }
    }

    @Test
    void healthCheckIsOk() throws Exception {
        try (Site site = Site.of("/", null)) {
            HttpResponse<String> response = site.get("/health");

            assertEquals("ok", response.body());
            assertTrue(
                    response.headers().firstValue("Content-Type").orElseThrow().startsWith("text/plain"));
            assertTrue(response.headers().firstValue("Set-Cookie").isEmpty());
        }
    }

    @Test
    void notesComeBackAsJson() throws Exception {
        try (Site site = Site.of("/", BOB)) {
            HttpResponse<String> response = site.post("/notes", "text=gr%C3%BC%C3%9Fe+%26+%3Cb%3E&tag=a&tag=b&empty=");

            assertEquals(200, response.statusCode());
            Map<String, Object> expected = Map.of("text", "grüße & <b>", "tag", List.of("a", "b"), "empty", "");
            assertEquals(expected, JSONObjectUtils.parse(response.body()));
        }
    }

    @Test
    void notesAreForPostingOnly() throws Exception {
        try (Site site = Site.of("/", BOB)) {
            assertEquals(405, site.get("/notes").statusCode());
        }
    }

    @Test
    void resourceIsNotThereWithoutAnAddress() throws Exception {
        try (Site site = Site.of("/", BOB)) {
            HttpResponse<String> response = site.get("/api/resource");

            assertEquals(404, response.statusCode());
            assertTrue(response.body().contains("RESOURCE_URL"), response.body());
        }
    }

    @Test
    void aProtectedPageWithoutTheFilterSaysWhatIsMissing() throws Exception {
        try (Site site = Site.of("/", null)) {
            for (String path : Arrays.asList("/me", "/api/me", "/admin")) {
                HttpResponse<String> response = site.get(path);

                assertEquals(500, response.statusCode());
                assertTrue(response.body().contains("map PkceAuthFilter to it"), response.body());
            }
        }
    }
}
