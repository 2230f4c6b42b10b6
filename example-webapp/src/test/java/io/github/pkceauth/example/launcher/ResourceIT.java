package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.example.launcher.provider.DevelopmentProvider;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls to an API with the user's access token. Its address comes from the environment, so it takes a process. */
class ResourceIT {

    @TempDir
    private static Path temporary;

    private static HttpServerStub api;
    private static ExampleProcess example;
    private static URI application;

    private final Browser browser = new Browser();

    @BeforeAll
    static void start() throws Exception {
        api = HttpServerStub.start();
        String address = "http://127.0.0.1:" + api.port() + "/accounts";
        example = ExampleProcess.start(temporary, Map.of("PORT", "0", "PROVIDER_PORT", "0", "RESOURCE_URL", address));
        application = example.applicationUri();
    }

    @AfterAll
    static void stop() {
        example.stop();
        example.close();
        api.close();
    }

    @BeforeEach
    void forget() {
        api.answerWith(200);
        api.authorizations().clear();
    }

    @Test
    void itsAnswerIsPassedOn() throws Exception {
        Page page = Login.signIn(browser, application.resolve("/me"), "alice");
        assertTrue(page.has("<a class=\"button\" href=\"/api/resource\">Call the API</a>"), page.body());

        Page answer = browser.open(application.resolve("/api/resource"));

        assertEquals(200, answer.status());
        assertEquals(HttpServerStub.ANSWER, answer.body());
    }

    @Test
    void itsFailureIsABadGateway() throws Exception {
        api.answerWith(500);

        assertEquals(
                502,
                Login.signIn(browser, application.resolve("/api/resource"), "alice")
                        .status());
    }

    @Test
    void eachRefreshGivesAnotherTokenAndUsesUpTheOneBefore() throws Exception {
        Login.signIn(browser, application.resolve("/api/resource"), "alice");
        for (int refreshes = 1; refreshes <= 2; refreshes++) {
            // The provider takes each refresh token once: the second refresh succeeds with the first one's only.
            assertEquals(200, browser.fetch(application.resolve("/refresh")).statusCode());
            browser.fetch(application.resolve("/api/resource"));
        }

        assertEquals(3, new HashSet<>(api.authorizations()).size(), "different tokens");
    }

    @Test
    void theDevelopmentProvidersUserInfoIsOne() throws Exception {
        try (Listener listener = Listener.open("provider", "PROVIDER_PORT", "127.0.0.1", 0)) {
            // A provider leaves the port of a 127.0.0.1 redirect URI to the client (RFC 8252, section 7.3).
            URI issuer = listener.uri("localhost", "");
            DevelopmentProvider provider = DevelopmentProvider.forApplicationAt(1, issuer);
            listener.start(provider.handler());
            Map<String, String> client = provider.filterParameters();
            Map<String, String> environment = Map.of(
                    "PORT", "0",
                    "PKCE_ISSUER", client.get("pkce.issuer"),
                    "PKCE_CLIENT_ID", client.get("pkce.clientId"),
                    "PKCE_CLIENT_SECRET", client.get("pkce.clientSecret"),
                    "RESOURCE_URL", issuer + "/userinfo");
            try (ExampleProcess another = ExampleProcess.start(temporary, environment)) {
                URI resource = another.applicationUri().resolve("/api/resource");
                Login.signIn(browser, resource, "bob");

                HttpResponse<String> userInfo = browser.fetch(resource);

                assertEquals(200, userInfo.statusCode(), userInfo.body());
                assertEquals("bob", JSONObjectUtils.parse(userInfo.body()).get("sub"));
            }
        }
    }
}
