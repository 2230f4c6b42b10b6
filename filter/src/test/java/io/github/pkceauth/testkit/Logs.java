package io.github.pkceauth.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What was logged while it is open, at every level, and kept off the console. The platform's
 * System.Logger writes to java.util.logging, where this listens. Thread-safe, but two that are open
 * at once hear each other's tests.
 */
public final class Logs implements AutoCloseable {
    private static final String OURS = "io.github.pkceauth";
    private static final SimpleFormatter FORMATTER = new SimpleFormatter();

    /** One log entry, its message with the parameters filled in. */
    public record Entry(Level level, String logger, String message, String stackTrace) {
        @Override
        public String toString() {
            return level + " " + logger + " " + message + (stackTrace.isEmpty() ? "" : "\n" + stackTrace);
        }
    }

    private record Before(Logger logger, Level level, boolean usesParents) {
        void restore() {
            logger.setLevel(level);
            logger.setUseParentHandlers(usesParents);
        }
    }

    private final Queue<Entry> entries = new ConcurrentLinkedQueue<>();
    private final List<Before> before = new ArrayList<>();
    private final Handler ear = new Ear();

    private Logs(List<Logger> loggers) {
        ear.setLevel(Level.ALL);
        for (Logger logger : loggers) {
            before.add(new Before(logger, logger.getLevel(), logger.getUseParentHandlers()));
            logger.setLevel(Level.ALL);
            logger.setUseParentHandlers(false);
            logger.addHandler(ear);
        }
    }

    /** Hears the filter, at every level. */
    public static Logs open() {
        return new Logs(List.of(Logger.getLogger(OURS)));
    }

    /** Hears everybody at every level: the filter, the containers, the libraries, the JDK. */
    public static Logs everything() {
        List<Logger> loggers = new ArrayList<>(ContainerLogs.LOGGERS);
        loggers.add(Logger.getLogger(OURS));
        loggers.add(Logger.getLogger(""));
        return new Logs(loggers);
    }

    /** The entries so far, in order. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The entries of this level or above. */
    public List<Entry> atLeast(Level level) {
        return entries.stream()
                .filter(e -> e.level().intValue() >= level.intValue())
                .toList();
    }

    /** The entries so far, one string each, stack traces included. */
    public List<String> lines() {
        return entries.stream().map(Entry::toString).toList();
    }

    /** All entries as one text, stack traces included. */
    public String text() {
        return String.join("\n", lines());
    }

    /** Forgets the entries so far. */
    public void clear() {
        entries.clear();
    }

    @Override
    public void close() {
        for (Before each : before) {
            each.logger().removeHandler(ear);
            each.restore();
        }
    }

    /** A record's message with the parameters filled in. */
    static String messageOf(LogRecord record) {
        return FORMATTER.formatMessage(record);
    }

    private final class Ear extends Handler {
        @Override
        public void publish(LogRecord record) {
            StringWriter trace = new StringWriter();
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(trace));
            }
            String logger = String.valueOf(record.getLoggerName());
            entries.add(new Entry(record.getLevel(), logger, messageOf(record), trace.toString()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
