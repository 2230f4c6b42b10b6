package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * People sign in to the example through the filter, at the development provider, with a browser. {@code localhost} and
 * {@code 127.0.0.1} are two sites to a browser, so what SameSite does shows only where application and provider stand on
 * different ones; every way round is tried.
 */
class LoginEndToEndIT {

    private static final Map<String, ExampleServer> EXAMPLES = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        for (String providerHost : List.of("127.0.0.1", "localhost")) {
            EXAMPLES.put(
                    providerHost,
                    ExampleServer.start(Map.of("PORT", "0", "PROVIDER_PORT", "0", "PROVIDER_HOST", providerHost)));
        }
    }

    @AfterAll
    static void stop() throws IOException {
        for (ExampleServer example : EXAMPLES.values()) {
            example.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "localhost,127.0.0.1", "127.0.0.1,localhost", "localhost,localhost"})
    void aliceSignsInAndTheApplicationKnowsHer(String applicationHost, String providerHost) throws Exception {
        URI api = application(applicationHost, providerHost, "/api/me");

        Page me = Login.signIn(new Browser(), api, "alice");

        assertEquals(api, me.uri());
        Map<String, Object> json = JSONObjectUtils.parse(me.body());
        assertEquals(
                Set.of("name", "subject", "issuer", "roles", "sessionId", "accessTokenExpiresAt", "claims"),
                json.keySet());
        assertEquals("alice", json.get("name"));
        assertEquals("alice", json.get("subject"));
        assertEquals(String.valueOf(example(providerHost).providerUri()), json.get("issuer"));
        assertEquals(List.of("admin"), json.get("roles"));
        assertTrue(String.valueOf(json.get("sessionId")).matches("[0-9a-f]{64}"));
        assertTrue(
                Instant.parse(String.valueOf(json.get("accessTokenExpiresAt"))).isAfter(Instant.now()));
        Map<String, Object> claims = JSONObjectUtils.getJSONObject(json, "claims");
        assertEquals("alice", claims.get("sub"));
        assertEquals("Alice Adams", claims.get("name"));
        assertEquals("alice", claims.get("preferred_username"));
        assertEquals("alice@example.com", claims.get("email"));
        assertEquals(List.of("admin"), claims.get("roles"));
    }

    @Test
    void bobSignsInAndHasNoRoles() throws Exception {
        Page me = Login.signIn(new Browser(), application("localhost", "127.0.0.1", "/api/me"), "bob");

        Map<String, Object> json = JSONObjectUtils.parse(me.body());
        assertEquals("bob", json.get("name"));
        assertEquals(List.of(), json.get("roles"));
        assertEquals(
                "bob@example.com", JSONObjectUtils.getJSONObject(json, "claims").get("email"));
    }

    @Test
    void theAdminPageIsForAliceAndNotForBob() throws Exception {
        URI admin = application("127.0.0.1", "127.0.0.1", "/admin");

        assertEquals(200, Login.signIn(new Browser(), admin, "alice").status());
        Page forBob = Login.signIn(new Browser(), admin, "bob");
        assertEquals(403, forBob.status());
        assertEquals(admin, forBob.uri());
    }

    @Test
    void theSignInLinkLeadsBackToTheHomePage() throws Exception {
        Browser browser = new Browser();
        Page home = browser.open(application("127.0.0.1", "127.0.0.1", "/"));
        assertTrue(home.has("href=\"/login\""), home.body());

        Page after = Login.signIn(browser, home.uri().resolve("/login"), "alice");

        assertEquals(home.uri(), after.uri());
        assertTrue(after.has("Signed in as <strong>alice</strong>"), after.body());
    }

    @Test
    void theQueryIsStillThereAfterTheLogin() throws Exception {
        URI page = application("127.0.0.1", "localhost", "/me?tab=1&q=a%20b%2Fc+%C3%A9&empty=&q=");

        assertEquals(page, Login.signIn(new Browser(), page, "alice").uri());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "localhost,127.0.0.1"})
    void twoTabsLogInAndEachLandsOnItsOwnPage(String applicationHost, String providerHost) throws Exception {
        Browser browser = new Browser();
        URI first = application(applicationHost, providerHost, "/me?tab=first");
        URI second = application(applicationHost, providerHost, "/me?tab=second");
        Page firstTab = browser.open(first);
        Page secondTab = browser.open(second);

        Page secondDone = browser.submit(Login.filledIn(secondTab, "alice"));
        Page firstDone = browser.submit(Login.filledIn(firstTab, "alice"));

        assertEquals(second, secondDone.uri());
        assertEquals(first, firstDone.uri());
        assertEquals(200, secondDone.status());
        assertEquals(200, firstDone.status());
    }

    @Test
    void aWrongPasswordIsNoLogin() throws Exception {
        Browser browser = new Browser();
        URI page = application("127.0.0.1", "127.0.0.1", "/me");

        Page refused =
                browser.submit(Login.filledIn(browser.open(page), "alice").with("password", "bob"));
        assertTrue(refused.has("User name or password is wrong."), refused.body());
        assertEquals(401, browser.fetch(page.resolve("/api/me")).statusCode());

        assertEquals(page, browser.submit(Login.filledIn(refused, "alice")).uri());
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,127.0.0.1", "localhost,127.0.0.1", "127.0.0.1,localhost", "localhost,localhost"})
    void signOutEndsTheSessionAtTheProviderToo(String applicationHost, String providerHost) throws Exception {
        Browser browser = new Browser();
        URI me = application(applicationHost, providerHost, "/me");
        Page signedIn = Login.signIn(browser, me, "alice");

        Page signedOut = browser.submit(signedIn.form("/logout"));

        assertEquals(me.resolve("/"), signedOut.uri());
        assertTrue(signedOut.has("Nobody is signed in"), signedOut.body());
        assertEquals(401, browser.fetch(me.resolve("/api/me")).statusCode());
        // The provider asks again, and somebody else may answer.
        Page next = browser.submit(Login.filledIn(browser.open(me), "bob"));
        assertTrue(next.has("<h1>bob</h1>"), next.body());
    }

    @Test
    void theProvidersSessionSignsInASecondTime() throws Exception {
        Browser browser = new Browser();
        URI api = application("127.0.0.1", "127.0.0.1", "/api/me");
        Page first = Login.signIn(browser, api, "alice");

        // The same person under the application's other name: another cookie jar, the same provider.
        Page second = browser.open(application("localhost", "127.0.0.1", "/api/me"));

        assertEquals("alice", JSONObjectUtils.parse(second.body()).get("name"));
        assertNotEquals(
                JSONObjectUtils.parse(first.body()).get("sessionId"),
                JSONObjectUtils.parse(second.body()).get("sessionId"));
    }

    @Test
    void postedNotesReachTheApplication() throws Exception {
        Browser browser = new Browser();
        Page me = Login.signIn(browser, application("127.0.0.1", "127.0.0.1", "/me"), "bob");

        Page notes = browser.submit(me.form("/notes").with("text", "grüße & <b>"));

        assertEquals(Map.of("text", "grüße & <b>"), JSONObjectUtils.parse(notes.body()));
    }

    @Test
    void aScriptWithoutALoginGetsA401AndNoCookie() throws Exception {
        Browser browser = new Browser();

        HttpResponse<String> response = browser.fetch(application("127.0.0.1", "127.0.0.1", "/api/me"));

        assertEquals(401, response.statusCode());
        assertEquals(List.of(), browser.cookies());
    }

    @Test
    void applicationAndProviderShareAHostAndNoCookie() throws Exception {
        Browser browser = new Browser();
        Login.signIn(browser, application("127.0.0.1", "127.0.0.1", "/me"), "alice");

        assertEquals(
                Set.of("EXAMPLE_SESSION", "PROVIDER_SESSION"),
                browser.cookies().stream().map(Cookie::name).collect(Collectors.toSet()));
        assertTrue(browser.cookies().stream().allMatch(Cookie::httpOnly));
        assertTrue(
                browser.cookies().stream().allMatch(cookie -> cookie.sameSite().equals("lax")));
    }

    private static ExampleServer example(String providerHost) {
        return EXAMPLES.get(providerHost);
    }

    private static URI application(String host, String providerHost, String path) {
        int port = example(providerHost).applicationUri().getPort();
        return URI.create("http://" + host + ":" + port + path);
    }
}
