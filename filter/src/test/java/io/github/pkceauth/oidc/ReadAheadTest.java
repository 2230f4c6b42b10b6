package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.Logs;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    @Test
    void itsThreadHoldsNoJvmUpAndEndsWithoutAWord() throws Exception {
        ThreadGroup here = Objects.requireNonNull(Thread.currentThread().getThreadGroup());
        try (Logs logs = Logs.open()) {
            ReadAhead.begin();

            Thread[] threads = new Thread[here.activeCount() + 10];
            here.enumerate(threads);
            for (Thread thread : Stream.of(threads).filter(Objects::nonNull).toList()) {
                if (thread.getName().equals("pkce-auth-start")) {
                    assertTrue(thread.isDaemon());
                    thread.join();
                }
            }
            assertEquals(List.of(), logs.lines());
        }
    }
}
