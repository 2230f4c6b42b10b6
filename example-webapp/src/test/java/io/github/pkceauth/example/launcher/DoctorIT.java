package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.pkceauth.example.launcher.provider.DevelopmentProvider;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar example-webapp.jar doctor}, with the environment of a deployment. */
class DoctorIT {

    @TempDir
    private Path temporary;

    @Test
    void aDeploymentThatIsWellIsExitCode0() throws Exception {
        examine(Map.of(), 0, List.of("doctor"), output -> {
            assertTrue(output.startsWith("PkceAuthFilter 'pkce': client example-webapp at http://localhost:"), output);
            assertTrue(output.contains("[ok]   client_accepted: "), output);
            assertTrue(output.contains("  redirect_uris                 http://localhost:1/callback"), output);
        });
    }

    @Test
    void theWarsOwnWebXmlIsRead() throws Exception {
        examine(
                Map.of(),
                0,
                List.of("doctor"),
                output -> assertTrue(
                        output.replaceAll("\\s+", " ").contains("rolesClaim from init-param rolesClaim"), output));
    }

    @Test
    void aSecretThatIsWrongIsExitCode1AndNotShown() throws Exception {
        examine(Map.of("PKCE_CLIENT_SECRET", "not-the-secret-at-all"), 1, List.of("doctor"), output -> {
            assertTrue(output.contains("[fail] client_refused: "), output);
            assertFalse(output.contains("not-the-secret-at-all"), output);
        });
    }

    @Test
    void machinesReadJson() throws Exception {
        examine(Map.of(), 0, List.of("doctor", "--json"), output -> {
            Map<String, Object> report = JSONObjectUtils.parse(output);
            assertEquals("pkce", report.get("filter"));
            assertEquals(0, ((Number) report.get("exit")).intValue());
        });
    }

    @Test
    void withoutAProviderThereIsNothingToExamine() throws Exception {
        try (ExampleProcess example = ExampleProcess.start(temporary, Map.of(), "doctor")) {
            assertEquals(2, example.exitCode());
            assertEquals(
                    List.of(
                            "There is nothing to examine: without PKCE_ISSUER the example brings a development provider of"
                                    + " its own. Set PKCE_ISSUER, PKCE_CLIENT_ID and PKCE_CLIENT_SECRET as for the example"
                                    + " itself, and run this again"),
                    example.lines());
        }
    }

    @Test
    void anotherCommandIsNone() throws Exception {
        try (ExampleProcess example = ExampleProcess.start(temporary, Map.of(), "heal")) {
            assertEquals(2, example.exitCode());
            assertEquals(
                    List.of("\"heal\" is no command: there is doctor, and without any the example starts"),
                    example.lines());
        }
    }

    private interface Look {
        void at(String output) throws Exception;
    }

    private void examine(Map<String, String> more, int exitCode, List<String> arguments, Look look) throws Exception {
        try (Listener listener = Listener.open("provider", "PROVIDER_PORT", "127.0.0.1", 0)) {
            URI issuer = listener.uri("localhost", "");
            DevelopmentProvider provider = DevelopmentProvider.forApplicationAt(1, issuer);
            listener.start(provider.handler());
            Map<String, String> client = provider.filterParameters();
            Map<String, String> environment = new HashMap<>(Map.of(
                    "PKCE_ISSUER", client.get("pkce.issuer"),
                    "PKCE_CLIENT_ID", client.get("pkce.clientId"),
                    "PKCE_CLIENT_SECRET", client.get("pkce.clientSecret"),
                    "PKCE_BASE_URL", "http://localhost:1"));
            environment.putAll(more);
            try (ExampleProcess example =
                    ExampleProcess.start(temporary, environment, arguments.toArray(String[]::new))) {
                int code = example.exitCode();
                String output = String.join("\n", example.lines());
                assertEquals(exitCode, code, output);
                assertFalse(output.contains(client.get("pkce.clientSecret")), output);
                look.at(output);
            }
        }
        assertArrayEquals(new File[0], temporary.toFile().listFiles(), "what is left behind");
    }
}
