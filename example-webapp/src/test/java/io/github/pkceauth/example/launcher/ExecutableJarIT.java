package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.example.launcher.provider.DevelopmentProvider;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar example-webapp.jar}, with nothing around it. */
class ExecutableJarIT {

    private static final Map<String, String> ANY_PORTS = Map.of("PORT", "0", "PROVIDER_PORT", "0");

    @TempDir
    private Path temporary;

    @Test
    void saysWhereToGoAndHowToSignInAndLeavesNothingBehind() throws Exception {
        try (ExampleProcess example = ExampleProcess.start(temporary, ANY_PORTS)) {
            URI application = example.applicationUri();
            assertEquals(
                    "ok", new Browser().fetch(application.resolve("/health")).body());
            assertEquals(1, files().length, "directories of its own");

            example.stop();

            String output = String.join("\n", example.lines());
            assertTrue(
                    output.contains("Sign in as alice (password alice, role admin) or as bob (password bob)."), output);
            assertTrue(output.contains("The development provider is http://127.0.0.1:"), output);
            assertArrayEquals(new File[0], files());
        }
    }

    @Test
    void leavesNothingBehindWhenEndedInTheMiddleOfTheStart() throws Exception {
        try (ExampleProcess example = ExampleProcess.start(temporary, ANY_PORTS)) {
            example.begun();
            example.stop();
            assertArrayEquals(new File[0], files());
        }
    }

    private File[] files() {
        return temporary.toFile().listFiles();
    }

    @Test
    void aTakenPortIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    Map.of("PORT", "0", "PROVIDER_PORT", String.valueOf(taken.getLocalPort())),
                    "Port " + taken.getLocalPort()
                            + " on 127.0.0.1 is taken: set PROVIDER_PORT to another one, or to 0 for any free one");
            assertRefused(
                    Map.of("PORT", String.valueOf(taken.getLocalPort())),
                    "Port " + taken.getLocalPort()
                            + " on 127.0.0.1 is taken: set PORT to another one, or to 0 for any free one");
        }
        assertArrayEquals(new File[0], files());
    }

    @Test
    void aBadPortIsOneLineAndExitCode1() throws Exception {
        assertRefused(
                Map.of("PORT", "eighty"),
                "PORT is \"eighty\": give a port from 0 to 65535 (0 takes any free one), or unset it for 8080");
    }

    private void assertRefused(Map<String, String> environment, String line) throws Exception {
        try (ExampleProcess example = ExampleProcess.start(temporary, environment)) {
            assertEquals(1, example.exitCode());
            assertEquals(List.of(line), example.lines());
        }
    }

    @Test
    void aProviderOfYourOwnTakesThePlaceOfTheDevelopmentProvider() throws Exception {
        try (Listener listener = Listener.open("provider", "PROVIDER_PORT", "127.0.0.1", 0)) {
            // A provider leaves the port of a 127.0.0.1 redirect URI to the client (RFC 8252, section 7.3).
            URI issuer = listener.uri("localhost", "");
            DevelopmentProvider provider = DevelopmentProvider.forApplicationAt(1, issuer);
            listener.start(provider.handler());
            Map<String, String> client = provider.filterParameters();

            try (ExampleProcess example = ExampleProcess.start(
                    temporary,
                    Map.of(
                            "PORT",
                            "0",
                            "PKCE_ISSUER",
                            client.get("pkce.issuer"),
                            "PKCE_CLIENT_ID",
                            client.get("pkce.clientId"),
                            "PKCE_CLIENT_SECRET",
                            client.get("pkce.clientSecret")))) {
                Page me = Login.signIn(new Browser(), example.applicationUri().resolve("/api/me"), "bob");

                assertEquals(issuer.toString(), JSONObjectUtils.parse(me.body()).get("issuer"));
                assertTrue(
                        example.lines().stream().noneMatch(line -> line.contains("alice")),
                        example.lines().toString());
            }
        }
    }

    @Test
    void aConfigurationTheFilterRefusesIsSaidWithoutAStackTrace() throws Exception {
        try (ExampleProcess example =
                ExampleProcess.start(temporary, Map.of("PORT", "0", "PKCE_ISSUER", "https://provider.example"))) {
            assertEquals(1, example.exitCode());
            String output = String.join("\n", example.lines());
            assertTrue(output.contains("clientId"), output);
            assertTrue(!output.contains("\tat "), output);
        }
    }

    @Test
    void itsLogTellsWhoSignedInAndWhoSignedOutAndWhy() throws Exception {
        try (ExampleProcess example = ExampleProcess.start(temporary, ANY_PORTS)) {
            Browser browser = new Browser();
            URI page = example.applicationUri().resolve("/me");
            Page me = Login.signIn(browser, page, "alice");
            browser.submit(me.form("/sign-out-here"));
            browser.submit(browser.open(page).form("/logout"));
            example.stop();

            assertEquals(
                    List.of(
                            "INFO io.github.pkceauth.example: alice has signed in",
                            "INFO io.github.pkceauth.example: alice is signed out: APPLICATION",
                            "INFO io.github.pkceauth.example: alice has signed in",
                            "INFO io.github.pkceauth.example: alice is signed out: LOGOUT"),
                    example.lines().stream()
                            .filter(line -> line.contains("alice has") || line.contains("alice is"))
                            .map(line -> line.replaceFirst("^\\S+ ", ""))
                            .toList());
        }
    }

    @Test
    void callsTheApiNamedInTheEnvironmentWithTheUsersToken() throws Exception {
        try (HttpServerStub api = HttpServerStub.start();
                ExampleProcess example = ExampleProcess.start(
                        temporary,
                        Map.of(
                                "PORT",
                                "0",
                                "PROVIDER_PORT",
                                "0",
                                "RESOURCE_URL",
                                "http://127.0.0.1:" + api.port() + "/accounts"))) {
            Page answer = Login.signIn(new Browser(), example.applicationUri().resolve("/api/resource"), "alice");

            assertEquals(200, answer.status());
            assertEquals(HttpServerStub.ANSWER, answer.body());
            assertEquals(1, api.authorizations().size());
            assertTrue(api.authorizations().get(0).matches("Bearer [\\w-]+\\.[\\w-]+\\.[\\w-]+"));
        }
    }
}
