package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be done with a login, and how it ends, at the development provider. */
class LifeOfALoginIT {

    private final Browser browser = new Browser();
    private ShakyExample example;
    private URI me;
    private URI refresh;

    @BeforeEach
    void start() throws Exception {
        example = ShakyExample.start();
        me = example.uri("/me");
        refresh = example.uri("/refresh");
    }

    @AfterEach
    void stop() throws IOException {
        example.close();
    }

    @Test
    void aRefreshAnswersLikeMeApi() throws Exception {
        Login.signIn(browser, me, "alice");

        HttpResponse<String> refreshed = browser.fetch(refresh);

        assertEquals(200, refreshed.statusCode(), refreshed.body());
        Map<String, Object> login =
                JSONObjectUtils.parse(browser.fetch(example.uri("/api/me")).body());
        assertEquals(withoutTimes(login), withoutTimes(JSONObjectUtils.parse(refreshed.body())));
    }

    /** The claims of the ID token, less those that a refresh renews: only the provider's clock moves them. */
    private static Map<String, Object> withoutTimes(Map<String, Object> login) throws Exception {
        Map<String, Object> claims = new HashMap<>(JSONObjectUtils.getJSONObject(login, "claims"));
        claims.keySet().removeIf(name -> name.equals("exp") || name.equals("iat") || name.equals("jti"));
        Map<String, Object> rest = new HashMap<>(login);
        rest.remove("accessTokenExpiresAt");
        rest.put("claims", claims);
        return rest;
    }

    @Test
    void theButtonRefreshesAndComesBack() throws Exception {
        Page page = Login.signIn(browser, me, "alice");
        assertTrue(page.has("<dt>Refresh token</dt><dd>yes, kept on the server</dd>"), page.body());

        Page again = browser.submit(page.form("/refresh"));

        assertEquals(me, again.uri());
        assertTrue(again.has(", in 4 min 5"), again.body());
    }

    @Test
    void aLoginThatTheProviderHasEndedIsOver() throws Exception {
        Login.signIn(browser, me, "alice");
        example.providerForgets();

        HttpResponse<String> refused = browser.fetch(refresh);

        assertProblem(401, "login_ended", refused);
        assertEquals(401, browser.fetch(example.uri("/api/me")).statusCode());
        assertEquals(me, Login.signIn(browser, me, "alice").uri());
    }

    @Test
    void aProviderThatIsAwayEndsNoLogin() throws Exception {
        Login.signIn(browser, me, "alice");
        example.providerStops();

        assertProblem(503, "provider_unreachable", browser.fetch(refresh));
        assertEquals(200, browser.fetch(example.uri("/api/me")).statusCode());
    }

    @Test
    void withoutAnAddressThereIsNoResource() throws Exception {
        Page page = Login.signIn(browser, me, "alice");

        assertTrue(page.has("RESOURCE_URL="), page.body());
        assertEquals(404, browser.fetch(example.uri("/api/resource")).statusCode());
    }

    @Test
    void signOutHereLeavesTheProvidersSession() throws Exception {
        Page page = Login.signIn(browser, me, "alice");

        Page signedOut = browser.submit(page.form("/sign-out-here"));

        assertEquals(example.uri("/"), signedOut.uri());
        assertTrue(signedOut.has("Nobody is signed in"), signedOut.body());
        assertEquals(401, browser.fetch(example.uri("/api/me")).statusCode());
        Page again = browser.open(me);
        assertEquals(me, again.uri());
        assertTrue(again.has("<h1>alice</h1>"), again.body());
    }

    @Test
    void signOutEverywhereEndsTheProvidersSession() throws Exception {
        Page page = Login.signIn(browser, me, "alice");

        Page signedOut = browser.submit(page.form("/logout"));

        assertEquals(example.uri("/"), signedOut.uri());
        Page next = browser.open(me);
        assertTrue(next.has("name=\"password\""), next.body());
        assertFalse(next.has("alice</h1>"), next.body());
    }

    private static void assertProblem(int status, String code, HttpResponse<String> response) throws Exception {
        assertEquals(status, response.statusCode(), response.body());
        Map<String, Object> problem = JSONObjectUtils.parse(response.body());
        assertEquals(code, problem.get("code"));
        assertFalse(String.valueOf(problem.get("title")).isBlank(), response.body());
    }
}
