package io.github.pkceauth.functional;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.App;
import io.github.pkceauth.testkit.Browser;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recording of JDK Flight Recorder shows, which is passed around and must not say who it was. */
class FlightRecordingTest {

    private static final String OURS = "io.github.pkceauth.";

    @TempDir
    private Path folder;

    @AutoClose
    private final Stage stage = new Stage();

    private final ScriptedProvider provider = stage.provider();

    @Test
    void loginAndLogoutAreRecorded() throws IOException {
        App app = stage.app();

        List<RecordedEvent> events = recorded(() -> stage.signedIn(app).navigate(app.url("/logout")));

        assertEquals(1, of("SignedIn", events).size());
        List<RecordedEvent> ends = of("SignedOut", events);
        assertEquals(1, ends.size());
        assertEquals("LOGOUT", ends.get(0).getString("cause"));
    }

    @Test
    void aFailureIsRecordedWithItsReasonAndReference() throws IOException {
        provider.authorization().answersError("access_denied", "no");
        App app = stage.app();

        List<RecordedEvent> events = recorded(() -> stage.browser().navigateFully(app.url("/home")));

        List<RecordedEvent> failures = of("Failed", events);
        assertEquals(1, failures.size());
        assertEquals("access_denied", failures.get(0).getString("reason"));
        assertTrue(stage.logs().text().contains("[" + failures.get(0).getString("reference") + "]"));
    }

    @Test
    void callsOfTheProviderAreRecordedWithTheirDuration() throws IOException {
        App app = stage.app();

        List<RecordedEvent> events = recorded(() -> stage.signedIn(app));

        List<RecordedEvent> calls = of("ProviderCall", events);
        assertEquals(
                new TreeSet<>(List.of("jwks_uri", "metadata", "token endpoint")),
                new TreeSet<>(
                        calls.stream().map(call -> call.getString("endpoint")).toList()));
        for (RecordedEvent call : calls) {
            assertEquals("127.0.0.1", call.getString("host"));
            assertEquals(200, call.getInt("status"));
            assertTrue(call.getDuration().compareTo(Duration.ZERO) > 0, call::toString);
        }
    }

    @Test
    void aCallThatComesToNothingIsRecordedWithoutAStatus() throws IOException {
        App app = stage.app();
        provider.token().resets();

        List<RecordedEvent> events = recorded(() -> stage.browser().navigateFully(app.url("/home")));

        List<Integer> statuses = of("ProviderCall", events).stream()
                .filter(call -> call.getString("endpoint").equals("token endpoint"))
                .map(call -> call.getInt("status"))
                .toList();
        assertEquals(List.of(0), statuses);
    }

    @Test
    void nothingSecretOrPersonalIsRecorded() throws IOException {
        provider.signInAs("alice", Map.of("email", "alice@example.com", "name", "Alice Liddell"));
        App app = stage.start(Notices.jetty());

        List<RecordedEvent> events = recorded(() -> {
            Browser browser = stage.signedIn(app);
            provider.sendsLogoutToken(Notices.address(app));
            browser.navigate(app.url("/home"));
        });

        String text =
                String.join("\n", events.stream().map(RecordedEvent::toString).toList());
        assertFalse(text.isEmpty());
        Stream.concat(
                        provider.secrets().stream().filter(secret -> secret.length() >= 8),
                        Stream.of("alice", "Liddell", provider.sid()))
                .forEach(each -> assertFalse(text.contains(each), () -> each + " is in " + text));
        assertEquals(
                List.of("BACKCHANNEL_LOGOUT"),
                of("SignedOut", events).stream()
                        .map(event -> event.getString("cause"))
                        .toList());
    }

    private static List<RecordedEvent> of(String kind, List<RecordedEvent> events) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals(OURS + kind))
                .toList();
    }

    /** Our events while something happens. */
    private List<RecordedEvent> recorded(Runnable deed) throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            for (String kind : List.of("SignedIn", "SignedOut", "Refreshed", "Failed", "ProviderCall")) {
                recording.enable(OURS + kind).withoutThreshold();
            }
            recording.start();
            deed.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith(OURS))
                .toList();
    }
}
