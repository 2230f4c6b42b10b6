package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.testkit.Logs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RemoteTest {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final long PATIENCE_SECONDS = 30;

    private final TestClock clock = new TestClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Logs logs = Logs.open();
    private volatile boolean down;

    @AfterEach
    void end() {
        pool.shutdownNow();
        logs.close();
    }

    @Test
    void nothingIsFetchedBeforeItIsNeeded() {
        remote();

        assertEquals(0, fetches.get());
    }

    @Test
    void manyThreadsThatArriveTogetherCauseOneFetch() throws Exception {
        int threads = 24;
        CyclicBarrier together = new CyclicBarrier(threads);
        AtomicInteger passed = new AtomicInteger();
        Queue<Thread> callers = new ConcurrentLinkedQueue<>();
        Remote<String> remote = remote(() -> {
            fetches.incrementAndGet();
            // Goes on when all others wait for this fetch, or when there is a second one.
            await(() -> fetches.get() > 1 || (passed.get() == threads && othersWait(callers)));
            return "value";
        });

        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            answers.add(pool.submit(() -> {
                callers.add(Thread.currentThread());
                together.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                passed.incrementAndGet();
                return remote.get();
            }));
        }

        Set<String> values = new HashSet<>();
        for (Future<String> answer : answers) {
            values.add(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        assertEquals(Set.of("value"), values);
        assertEquals(1, fetches.get());
    }

    @Test
    void aValueIsGoodForItsLifetime() throws Exception {
        Remote<String> remote = remote();
        assertEquals("value 1", remote.get());

        clock.set(LIFETIME.minusMillis(1));
        assertEquals("value 1", remote.get());

        clock.set(LIFETIME);
        assertEquals("value 2", remote.get());
        assertEquals("value 2", remote.get());
    }

    @Test
    void whileOneThreadFetchesAgainTheOthersUseWhatIsKnown() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Remote<String> remote = remote(() -> {
            String value = "value " + fetches.incrementAndGet();
            if (fetches.get() == 2) {
                fetching.countDown();
                pass(answered);
            }
            return value;
        });
        remote.get();
        clock.set(LIFETIME);
        Future<String> slow = pool.submit(remote::get);
        assertTrue(fetching.await(PATIENCE_SECONDS, TimeUnit.SECONDS));

        assertEquals("value 1", remote.get());

        answered.countDown();
        assertEquals("value 2", slow.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void whoHasFetchedAgainLetsTheNextThreadFetch() throws Exception {
        Remote<String> remote = remote();
        remote.get();
        clock.set(LIFETIME);
        remote.get();

        clock.set(LIFETIME.multipliedBy(2));

        assertEquals("value 3", pool.submit(remote::get).get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void thePauseGrowsFromFailureToFailureUpToAMinute() {
        down = true;
        Remote<String> remote = remote();
        List<Integer> triedAt = new ArrayList<>();
        for (int second = 0; second < 250; second++) {
            clock.set(Duration.ofSeconds(second));
            int before = fetches.get();
            assertThrows(AuthFailure.class, remote::get);
            if (fetches.get() > before) {
                triedAt.add(second);
            }
        }

        assertEquals(List.of(0, 1, 3, 7, 15, 31, 63, 123, 183, 243), triedAt);
    }

    @Test
    void whoComesWithinThePauseIsToldWhyAndUntilWhen() {
        down = true;
        Remote<String> remote = remote();
        AuthFailure first = assertThrows(AuthFailure.class, remote::get);

        AuthFailure second = assertThrows(AuthFailure.class, remote::get);

        assertEquals("it is down", first.getMessage());
        assertEquals("it is down (not tried again before 2026-01-01T00:00:01Z)", second.getMessage());
        assertEquals(Reason.PROVIDER_UNREACHABLE, second.reason());
        assertSame(first, second.getCause());
    }

    @Test
    void aSuccessEndsThePause() throws Exception {
        Remote<String> remote = remote();
        for (int second : new int[] {0, 1, 3}) {
            down = true;
            clock.set(Duration.ofSeconds(second));
            assertThrows(AuthFailure.class, remote::get);
        }
        down = false;
        clock.set(Duration.ofSeconds(7));
        assertEquals("value 4", remote.get());

        // The next outage begins with the shortest pause again.
        down = true;
        clock.set(LIFETIME.plusSeconds(7));
        assertEquals("value 4", remote.get());
        clock.set(LIFETIME.plusSeconds(8));
        assertEquals("value 4", remote.get());

        assertEquals(6, fetches.get());
    }

    /** R64. */
    @Test
    void anOutageKeepsWhatIsKnown() throws Exception {
        Remote<String> remote = remote();
        remote.get();
        down = true;

        clock.set(LIFETIME.multipliedBy(24));

        assertEquals("value 1", remote.get());
        assertEquals("value 1", remote.get());
        assertEquals(2, fetches.get(), "there is a pause after a failure");
        assertEquals(
                List.of("using what is known of the provider, because it could not be read again: it is down"),
                logs.atLeast(Level.WARNING).stream().map(Logs.Entry::message).toList());
    }

    /** R59. */
    @Test
    void howeverManyAskForSomethingNewerThereIsOneFetchAWindow() throws Exception {
        Remote<String> remote = remote();
        String first = remote.get();

        String second = remote.newerThan(first);
        for (int i = 0; i < 1000; i++) {
            assertSame(second, remote.newerThan(second));
        }
        clock.set(Duration.ofSeconds(10).minusNanos(1));
        assertSame(second, remote.newerThan(second));
        assertEquals(2, fetches.get());

        clock.set(Duration.ofSeconds(10));
        assertEquals("value 3", remote.newerThan(second));
        assertEquals(3, fetches.get());
    }

    @Test
    void whoAsksForNewerThanAnOldValueGetsTheOneThatIsKnown() throws Exception {
        Remote<String> remote = remote();
        String first = remote.get();
        String second = remote.newerThan(first);

        assertSame(second, remote.newerThan(first));
        assertEquals(2, fetches.get());
    }

    @Test
    void aForcedFetchThatFailsKeepsWhatIsKnownAndUsesUpItsWindow() throws Exception {
        Remote<String> remote = remote();
        String first = remote.get();
        down = true;

        assertSame(first, remote.newerThan(first));
        assertSame(first, remote.newerThan(first));

        assertEquals(2, fetches.get());
    }

    @Test
    void aForcedFetchThatHangsForLongerThanItsWindowIsNotBegunAgainByThoseWhoWaitedForIt() throws Exception {
        Remote<String> remote = remote(() -> {
            if (fetches.incrementAndGet() > 1) {
                clock.set(Duration.ofSeconds(15L * fetches.get()));
                throw new AuthFailure(Reason.PROVIDER_UNREACHABLE, "gave no answer");
            }
            return "value";
        });
        String first = remote.get();

        assertSame(first, remote.newerThan(first));
        assertSame(first, remote.newerThan(first));

        assertEquals(2, fetches.get());
    }

    @Test
    void nobodyWaitsForAnothersFetchForever() throws Exception {
        CountDownLatch fetching = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Remote<String> remote = new Remote<>(
                () -> {
                    fetching.countDown();
                    pass(over);
                    return "value";
                },
                LIFETIME,
                Duration.ofMillis(1),
                clock);
        Future<String> slow = pool.submit(remote::get);
        assertTrue(fetching.await(PATIENCE_SECONDS, TimeUnit.SECONDS));

        AuthFailure failure = assertThrows(AuthFailure.class, remote::get);

        assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
        assertEquals("the provider's answer to another request was not there within PT0.001S", failure.getMessage());
        over.countDown();
        assertEquals("value", slow.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void anInterruptedThreadStaysInterrupted() {
        Remote<String> remote = remote();
        Thread.currentThread().interrupt();

        assertThrows(AuthFailure.class, remote::get);

        assertTrue(Thread.interrupted());
        assertEquals(0, fetches.get());
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaiting() throws Exception {
        Remote<String> remote = remote();
        down = true;
        assertThrows(AuthFailure.class, remote::get);
        down = false;

        clock.set(Duration.ofDays(-1));

        remote.get();
    }

    private Remote<String> remote() {
        return remote(() -> {
            int number = fetches.incrementAndGet();
            if (down) {
                throw new AuthFailure(Reason.PROVIDER_UNREACHABLE, "it is down");
            }
            return "value " + number;
        });
    }

    private Remote<String> remote(Remote.Fetch<String> source) {
        return new Remote<>(source, LIFETIME, Duration.ofSeconds(PATIENCE_SECONDS), clock);
    }

    private static boolean othersWait(Collection<Thread> callers) {
        return callers.stream()
                .filter(caller -> caller != Thread.currentThread())
                .allMatch(caller -> caller.getState() == Thread.State.TIMED_WAITING
                        || caller.getState() == Thread.State.WAITING
                        || caller.getState() == Thread.State.BLOCKED);
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertTrue(gate.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                throw new AssertionError("waited in vain");
            }
            Thread.onSpinWait();
        }
    }
}
