package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.Tokens;
import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.AppBuilder;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.Gate;
import io.github.pkceauth.testkit.Page;
import io.github.pkceauth.testkit.RecordedRequest;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the tokens when a login ends (RFC 7009). */
class RevocationAtLogoutTest {

    private static final String SECRET = "a-secret-of-the-client-0123456789";

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();

    /** What the application holds in its hands, at the latest request. */
    private final BlockingQueue<Tokens> held = new LinkedBlockingQueue<>();

    @Test
    void aLogoutRevokesBothTokens() {
        App app = app();
        Browser browser = stage.signedIn(app);
        Tokens tokens = tokens(app, browser);

        browser.navigate(app.url("/logout"));

        awaitRevoked(tokens);
    }

    @Test
    void aPublicClientNamesItself() {
        App app = app();
        stage.signedIn(app).navigate(app.url("/logout"));

        for (RecordedRequest request : awaitCalls(2)) {
            assertEquals(provider.clientId(), request.form().get("client_id"));
            assertFalse(request.headers().has("Authorization"), request::text);
        }
    }

    @Test
    void aConfidentialClientProvesItself() {
        provider.withClientSecret(SECRET);
        App app = app();
        stage.signedIn(app).navigate(app.url("/logout"));

        String proof = Base64.getEncoder()
                .encodeToString((provider.clientId() + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
        for (RecordedRequest request : awaitCalls(2)) {
            assertEquals("Basic " + proof, request.header("Authorization"));
            assertFalse(request.form().has("client_secret"), request::text);
        }
    }

    @Test
    void aClientThatProvesItselfInTheFormDoesSoHere() {
        provider.withClientSecret(SECRET);
        App app = stage.start(described().filterParam("clientAuthentication", "client_secret_post"));
        stage.signedIn(app).navigate(app.url("/logout"));

        awaitCalls(2).forEach(request -> assertEquals(SECRET, request.form().get("client_secret")));
    }

    @Test
    void theKindOfEachTokenIsSaid() {
        App app = app();
        stage.signedIn(app).navigate(app.url("/logout"));

        assertEquals(
                List.of("access_token", "refresh_token"),
                awaitCalls(2).stream()
                        .map(request -> request.form().get("token_type_hint"))
                        .sorted()
                        .toList());
    }

    @Test
    void withoutARefreshTokenTheAccessTokenIsRevoked() {
        provider.withoutRefreshTokens();
        App app = app();
        Browser browser = stage.signedIn(app);
        Tokens tokens = tokens(app, browser);

        browser.navigate(app.url("/logout"));

        await(() -> provider.isRevoked(tokens.accessToken()));
        assertEquals(1, provider.calls(ScriptedProvider.REVOKE));
    }

    @ParameterizedTest
    @MethodSource
    void aLogoutIsNotStoppedByAnEndpointThatFails(Trouble trouble) {
        trouble.befalls(provider);
        App app = app();
        Browser browser = stage.signedIn(app);
        Tokens tokens = tokens(app, browser);

        Page page = browser.navigate(app.url("/logout"));

        assertTrue(page.isRedirect(), page::toString);
        assertEquals(0, app.sessions().count());
        await(() -> Notices.alarms(stage.logs()).size() == 2);
        for (String alarm : Notices.alarms(stage.logs())) {
            assertTrue(
                    alarm.matches(
                            "WARNING io.github.pkceauth the (access|refresh)_token of a login that has ended could"
                                    + " not be revoked: revocation endpoint http://\\S+ [^\\r\\n]+"),
                    alarm);
            assertFalse(alarm.contains(tokens.accessToken()), alarm);
            assertFalse(alarm.contains(String.valueOf(tokens.refreshToken())), alarm);
        }
    }

    /** RFC 7009 section 2.2.1: {@code unsupported_token_type}. */
    @Test
    void aProviderThatCannotRevokeAccessTokensIsNoAlarm() {
        provider.withoutRefreshTokens();
        provider.revocation().answers(400, "application/json", "{\"error\":\"unsupported_token_type\"}");
        App app = app();

        stage.signedIn(app).navigate(app.url("/logout"));

        await(() -> stage.logs().text().contains("the access_token of a login that has ended could not be revoked"));
        assertEquals(List.of(), Notices.alarms(stage.logs()));
    }

    /** Something that goes wrong at the revocation endpoint. */
    @FunctionalInterface
    interface Trouble {
        void befalls(ScriptedProvider provider);
    }

    static Stream<Named<Trouble>> aLogoutIsNotStoppedByAnEndpointThatFails() {
        return Stream.of(
                Named.of("status 500", provider -> provider.revocation().answers(500, "text/plain", "no")),
                Named.of("status 503", provider -> provider.revocation().answers(503, "text/plain", "later")),
                Named.of("status 404", provider -> provider.revocation().answers(404, "text/plain", "unknown")),
                Named.of("a redirect", provider -> provider.revocation().redirectsTo("https://evil.example/")),
                Named.of("a reset", provider -> provider.revocation().resets()),
                Named.of("a close", provider -> provider.revocation().closes()),
                Named.of("no HTTP", provider -> provider.revocation().sends("nonsense\r\n\r\n")));
    }

    @Test
    void aLogoutDoesNotWaitForTheEndpoint() {
        Gate gate = provider.revocation().waits();
        App app = app();
        Browser browser = stage.signedIn(app);
        Tokens tokens = tokens(app, browser);

        Page page = browser.navigate(app.url("/logout"));

        assertTrue(page.isRedirect(), page::toString);
        gate.awaitArrival();
        assertFalse(provider.isRevoked(tokens.accessToken()));
        gate.open();
        awaitRevoked(tokens);
    }

    @Test
    void anEndpointThatHangsIsGivenUpAfterTheTimeLimit() {
        provider.revocation().hangs();
        App app = stage.start(described().filterParam("httpTimeout", "PT0.5S"));
        stage.signedIn(app).navigate(app.url("/logout"));

        await(() -> Notices.alarms(stage.logs()).size() == 2);
        Notices.alarms(stage.logs())
                .forEach(alarm -> assertTrue(alarm.endsWith("gave no whole answer within PT0.5S"), alarm));
    }

    @Test
    void aProviderWithoutTheEndpointIsNotCalled() {
        provider.withoutRevocation();
        App app = app();

        stage.signedIn(app).navigateFully(app.url("/logout"));

        assertEquals(0, provider.calls(ScriptedProvider.REVOKE));
        assertEquals(List.of(), Notices.alarms(stage.logs()));
    }

    @Test
    void theDeploymentMayNameTheEndpoint() {
        provider.withoutRevocation();
        App app = stage.start(described().filterParam("revocationEndpoint", provider.address(ScriptedProvider.REVOKE)));
        Browser browser = stage.signedIn(app);
        Tokens tokens = tokens(app, browser);

        browser.navigate(app.url("/logout"));

        awaitRevoked(tokens);
    }

    @Test
    void aLogoutByTheApplicationRevokesToo() {
        App app = app();
        Browser browser = stage.signedIn(app);
        Tokens tokens = tokens(app, browser);

        browser.navigate(app.url("/home?do=logout"));

        awaitRevoked(tokens);
    }

    @Test
    void aLogoutInTheProvidersFrameRevokesToo() {
        App app = stage.start(described().filterParam("frontchannelLogoutPath", "/frame"));
        Browser browser = stage.signedIn(app);
        Tokens tokens = tokens(app, browser);

        browser.navigate(provider.frontChannelLogout(app.url("/frame")));

        awaitRevoked(tokens);
    }

    @Test
    void anotherUserInTheSameBrowserRevokesTheTokensOfTheFirst() {
        App app = app();
        Browser browser = stage.browser();
        Page firstTab = browser.navigate(app.url("/first"));
        Page secondTab = browser.navigate(app.url("/second"));
        browser.followFully(firstTab);
        Tokens first = tokens(app, browser);
        provider.signInAs("bob");

        Page page = browser.followFully(secondTab);

        assertEquals("bob", page.seen().remoteUser());
        awaitRevoked(first);
        Tokens second = tokens(app, browser);
        assertFalse(provider.isRevoked(second.accessToken()));
    }

    @Test
    void theSameUserAgainRevokesNothing() {
        App app = app();
        Browser browser = stage.browser();
        Page firstTab = browser.navigate(app.url("/first"));
        Page secondTab = browser.navigate(app.url("/second"));
        browser.followFully(firstTab);

        assertEquals("alice", browser.followFully(secondTab).seen().remoteUser());

        assertEquals(0, provider.calls(ScriptedProvider.REVOKE));
    }

    @Test
    void aNoticeOfTheProviderRevokesNothing() {
        App app = stage.start(described().filterParam("backchannelLogoutPath", "/notice"));
        Browser browser = stage.signedIn(app);
        provider.sendsLogoutToken(app.url("/notice"));
        Notices.assertEnded(app, browser);

        assertEquals(0, provider.calls(ScriptedProvider.REVOKE));
    }

    // Clear-Site-Data

    @Test
    void browsersDropNothingUnlessTheyAreAskedTo() {
        App app = app();

        Page page = stage.signedIn(app).navigate(app.url("/logout"));

        assertFalse(page.headers().has("Clear-Site-Data"), page::toString);
    }

    @Test
    void browsersDropWhatTheDeploymentSays() {
        App app = stage.start(described().filterParam("clearSiteData", "cache storage"));

        Page page = stage.signedIn(app).navigate(app.url("/logout"));

        assertEquals("\"cache\", \"storage\"", page.header("Clear-Site-Data"));
    }

    @Test
    void browsersDropNothingWhereNobodyWasSignedIn() {
        App app = stage.start(described().filterParam("clearSiteData", "cache cookies storage"));

        Page page = stage.browser().navigate(app.url("/logout"));

        assertFalse(page.headers().has("Clear-Site-Data"), page::toString);
    }

    @Test
    void anotherSiteHasBrowsersDropNothing() {
        App app = stage.start(described().filterParam("clearSiteData", "cache"));

        Page page = stage.signedIn(app).clickFrom("https://evil.example/", app.url("/logout"));

        assertFalse(page.headers().has("Clear-Site-Data"), page::toString);
    }

    private App app() {
        return stage.start(described());
    }

    private AppBuilder described() {
        return App.jetty().servlet("/tokens", Handmade.says(request -> {
            held.add(Tokens.of(request).orElseThrow());
            return "noted";
        }));
    }

    private Tokens tokens(App app, Browser browser) {
        Page page = browser.navigate(app.url("/tokens"));
        assertEquals("noted", page.body());
        try {
            Tokens tokens = held.poll(10, TimeUnit.SECONDS);
            if (tokens == null) {
                throw new AssertionError("no tokens: " + page);
            }
            return tokens;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void awaitRevoked(Tokens tokens) {
        await(() ->
                provider.isRevoked(tokens.accessToken()) && provider.isRevoked(String.valueOf(tokens.refreshToken())));
    }

    private List<RecordedRequest> awaitCalls(int calls) {
        await(() -> provider.calls(ScriptedProvider.REVOKE) >= calls);
        return provider.requests(ScriptedProvider.REVOKE);
    }

    /** Nobody waits for a revocation, so there is nothing to wait for but what it does. */
    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it does not come to pass");
            }
            Thread.onSpinWait();
        }
    }
}
