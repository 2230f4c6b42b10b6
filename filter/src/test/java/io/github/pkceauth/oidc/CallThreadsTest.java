package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallThreadsTest {

    private final CallThreads threads = new CallThreads();
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void close() {
        end.countDown();
        threads.close(Duration.ZERO);
    }

    @Test
    void aCallIsBegunOnAThreadOfItsOwn() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();

        threads.begin(() -> name.complete(Thread.currentThread().getName()));

        assertEquals("pkce-auth-http", name.get());
    }

    @Test
    void aStepOfFewCallsIsDoneWhereItIs() {
        threads.enter();

        assertSame(Thread.currentThread(), threadOf(threads::step));
    }

    @Test
    void aStepOfManyCallsIsDoneOnAThreadOfItsOwnUntilTheyAreOver() throws Exception {
        CallThreads.Call[] calls = new CallThreads.Call[9];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = threads.enter();
        }
        CompletableFuture<Thread> ofMany = new CompletableFuture<>();

        threads.step(() -> ofMany.complete(Thread.currentThread()));

        assertNotEquals(Thread.currentThread(), ofMany.get());
        threads.leave(calls[0]);
        assertSame(Thread.currentThread(), threadOf(threads::step));
    }

    /** As when addresses cannot be looked up: the memory must not fill with threads, and no step may be lost. */
    @Test
    void whereThereAreAsManyThreadsAsMayBeTheWorkIsDoneByWhoHasIt() {
        for (int i = 0; i < 256; i++) {
            threads.begin(this::awaitEnd);
        }

        assertSame(Thread.currentThread(), threadOf(threads::begin));
        assertSame(Thread.currentThread(), threadOf(threads::apart));
    }

    @Test
    void afterTheEndNoCallIsBegunAndEveryStepIsDone() {
        threads.close(Duration.ofSeconds(30));

        assertThrows(RejectedExecutionException.class, () -> threads.begin(() -> {}));
        assertSame(Thread.currentThread(), threadOf(threads::apart));
    }

    /** How something is done that is to be done. */
    private interface Way {
        void goes(Runnable work);
    }

    private static Thread threadOf(Way way) {
        AtomicReference<Thread> thread = new AtomicReference<>();
        way.goes(() -> thread.set(Thread.currentThread()));
        return thread.get();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
