package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Counts how often virtual threads held on to their carriers, as JDK Flight Recorder sees it. */
final class PinnedThreads {

    private static final String EVENT = "jdk.VirtualThreadPinned";

    private @Nullable Recording running;

    /** Begins to count, or begins anew. */
    void start() {
        Recording before = running;
        Recording recording = new Recording();
        recording.enable(EVENT).withThreshold(Duration.ZERO).withStackTrace();
        recording.start();
        running = recording;
        if (before != null) {
            before.close();
        }
    }

    /** How often since the start; the first stack goes to the errors, so that whoever asks can find the cause. */
    int count() throws IOException {
        Recording recording = Objects.requireNonNull(running, "nothing has been recorded");
        Path file = Files.createTempFile("pinned", ".jfr");
        try {
            recording.dump(file);
            List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EVENT))
                    .toList();
            if (!events.isEmpty()) {
                System.err.println(events.get(0));
            }
            return events.size();
        } finally {
            Files.delete(file);
        }
    }
}
