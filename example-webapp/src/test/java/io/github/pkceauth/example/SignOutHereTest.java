package io.github.pkceauth.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignOutHereTest {

    private final TestLogin alice =
            new TestLogin(new TestUser("alice", Set.of(), Map.of()), new TestTokens("token-1", null));

    @Test
    void aButtonOfOurOwnSignsOutAndLeadsToTheFrontPage() throws Exception {
        try (Site site = Site.of("/example", alice)) {
            HttpResponse<String> response =
                    site.post("/sign-out-here", "", Map.of("Sec-Fetch-Site", "same-origin", "Origin", origin(site)));

            assertEquals(302, response.statusCode());
            assertEquals(
                    site.uri("/"),
                    site.uri("/sign-out-here")
                            .resolve(response.headers().firstValue("Location").orElseThrow()));
            assertEquals(1, alice.logouts());
        }
    }

    @Test
    void anOlderBrowserMayDoSo() throws Exception {
        try (Site site = Site.of("/", alice)) {
            assertEquals(
                    302,
                    site.post("/sign-out-here", "", Map.of("Origin", origin(site)))
                            .statusCode());
            assertEquals(1, alice.logouts());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site",
        "Sec-Fetch-Site,none",
        "Origin,https://evil.example",
        "Origin,null",
        "Origin,''"
    })
    void noOtherSiteCanDoSo(String header, String value) throws Exception {
        try (Site site = Site.of("/", alice)) {
            HttpResponse<String> response = site.post("/sign-out-here", "", Map.of(header, value));

            assertEquals(403, response.statusCode());
            assertTrue(response.body().contains("<h1>Still signed in</h1>"), response.body());
            assertEquals(0, alice.logouts());
        }
    }

    @Test
    void neitherCanANeighbourWhoseAddressBeginsAlike() throws Exception {
        try (Site site = Site.of("/", alice)) {
            String origin = origin(site);

            for (String other : List.of(origin + "0", origin.substring(0, origin.length() - 1))) {
                assertEquals(
                        403,
                        site.post("/sign-out-here", "", Map.of("Origin", other)).statusCode());
            }
            assertEquals(0, alice.logouts());
        }
    }

    @Test
    void aLinkDoesNothing() throws Exception {
        try (Site site = Site.of("/", alice)) {
            assertEquals(405, site.get("/sign-out-here").statusCode());
            assertEquals(0, alice.logouts());
        }
    }

    private static String origin(Site site) {
        URI uri = site.uri("/");
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
