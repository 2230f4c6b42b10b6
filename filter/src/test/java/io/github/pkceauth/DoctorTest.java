package io.github.pkceauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObject;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor as a process of its own, with the filter's classes and its one library, and nothing else. */
class DoctorTest {

    private static final long PATIENCE_SECONDS = 60;

    @AutoClose
    private final ScriptedProvider provider = ScriptedProvider.start().withClientSecret("correct-horse-battery-staple");

    @TempDir
    private Path folder;

    private record Run(int exit, String out, String err) {
        List<String> codes() {
            return Json.list(Json.object(out), "findings").stream()
                    .map(finding -> String.valueOf(((Map<?, ?>) finding).get("code")))
                    .toList();
        }
    }

    @Test
    void twoJarsAreEnough() throws Exception {
        String loaded = String.join(File.pathSeparator, classPath());
        assertFalse(loaded.contains("servlet"), loaded);

        Run run = run(environment(), List.of(), "--json");

        assertEquals(0, run.exit(), run.toString());
        assertEquals("", run.err());
        assertTrue(run.codes().contains("client_accepted"), run.out());
        assertFalse(run.out().contains(provider.clientSecret()));
    }

    @Test
    void theEnvironmentAndSystemPropertiesCountAsForTheFilter() throws Exception {
        Run run = run(
                environment(),
                List.of("-Dpkce.clientSecret=another-secret-of-that-length", "-Dpkce.issuer=" + provider.issuer()));

        assertEquals(1, run.exit(), run.toString());
        assertTrue(run.out().contains("[fail] client_refused: "), run.out());
        assertFalse(run.out().contains("another-secret"));
    }

    @Test
    void aConfigurationThatIsNoUseIsExitCode2() throws Exception {
        Run run = run(Map.of(), List.of());

        assertEquals(2, run.exit());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("PkceAuthFilter 'pkce' does not start, because of 2 problems"), run.err());
    }

    @Test
    void webXmlIsReadWithNothingButTheJdk() throws Exception {
        Path webXml = Files.writeString(folder.resolve("web.xml"), """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <filter>
                    <filter-name>login</filter-name>
                    <filter-class>io.github.pkceauth.PkceAuthFilter</filter-class>
                    <init-param><param-name>callbackPath</param-name><param-value>/done</param-value></init-param>
                  </filter>
                </web-app>
                """);

        Run run = run(environment(), List.of(), "--json", "--web-xml", webXml.toString());

        assertEquals(0, run.exit(), run.toString());
        assertEquals(
                List.of("https://<host><context path>/done"),
                Json.list(Json.object(Json.object(run.out()), "register"), "redirect_uris"));
    }

    /** The file takes the place of DNS, and has nobody in it. */
    @Test
    void aNameThatIsNotKnownIsToldApart() throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "");
        Map<String, String> environment = environment();
        environment.put("PKCE_ISSUER", "https://login.example.com");

        Run run = run(environment, List.of("-Djdk.net.hosts.file=" + hosts), "--json");

        assertEquals(1, run.exit(), run.toString());
        assertTrue(run.codes().contains("name_unknown"), run.out());
        assertTrue(run.out().contains("no address is known for the name of login.example.com"), run.out());
    }

    @Test
    void theJvmsProxyIsNamedWhereItStandsInTheWay() throws Exception {
        provider.everywhere().answers(407, "text/plain", "");
        Map<String, String> environment = environment();
        environment.put("PKCE_ISSUER", "http://login.example.com");
        environment.put("PKCE_ALLOW_INSECURE_HTTP", "true");
        int port = Integer.parseInt(provider.issuer().replaceFirst(".*:", ""));

        Run run = run(environment, List.of("-Dhttp.proxyHost=127.0.0.1", "-Dhttp.proxyPort=" + port), "--json");

        assertEquals(1, run.exit(), run.toString());
        assertTrue(run.codes().contains("proxy_refused"), run.out());
        assertTrue(run.out().contains("the JVM's proxy 127.0.0.1:" + port + " wants a password"), run.out());
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "PKCE_ISSUER", provider.issuer(),
                "PKCE_CLIENT_ID", provider.clientId(),
                "PKCE_CLIENT_SECRET", provider.clientSecret()));
    }

    private Run run(Map<String, String> environment, List<String> options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath()), Doctor.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PKCE_") || name.startsWith("JAVA_"));
        builder.environment().keySet().removeIf(name -> name.startsWith("JDK_JAVA"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "the doctor did not end");
            return new Run(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static List<String> classPath() throws URISyntaxException {
        return List.of(placeOf(Doctor.class), placeOf(JOSEObject.class));
    }

    private static String placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
