package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated
class LogsTest {
    private static final System.Logger OURS = System.getLogger("io.github.pkceauth.web.Anything");
    private static final System.Logger THEIRS = System.getLogger("org.eclipse.jetty.Anything");

    @Test
    void filterIsHeardAtEveryLevel() {
        try (Logs logs = Logs.open()) {
            OURS.log(System.Logger.Level.TRACE, "first {0}", "thing");
            OURS.log(System.Logger.Level.ERROR, "second", new IllegalStateException("cause"));
            THEIRS.log(System.Logger.Level.INFO, "nobody asked");
            assertEquals(2, logs.lines().size());
            assertTrue(logs.lines().get(0).endsWith("first thing"));
            assertTrue(logs.text().contains("IllegalStateException: cause"));
            assertEquals(1, logs.atLeast(Level.WARNING).size());
        }
    }

    @Test
    void everythingIsHeardWhenAskedFor() {
        try (Logs logs = Logs.everything()) {
            THEIRS.log(System.Logger.Level.DEBUG, "a detail");
            OURS.log(System.Logger.Level.DEBUG, "our detail");
            assertTrue(logs.text().contains("a detail"));
            assertTrue(logs.text().contains("our detail"));
        }
    }

    @Test
    void nothingIsHeardAfterwards() {
        Logs closed;
        try (Logs logs = Logs.open()) {
            closed = logs;
            OURS.log(System.Logger.Level.DEBUG, "while open");
        }
        OURS.log(System.Logger.Level.DEBUG, "too late");
        assertEquals(1, closed.lines().size());
    }
}
