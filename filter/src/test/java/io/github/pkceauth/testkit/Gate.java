package io.github.pkceauth.testkit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Holds requests at an endpoint until the test lets them through. Thread-safe. */
public final class Gate {
    private static final long PATIENCE_SECONDS = 30;

    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch opened = new CountDownLatch(1);

    Gate() {}

    /** Waits until one more request stands at the gate; fails the test when none comes. */
    public Gate awaitArrival() {
        try {
            if (!arrived.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("No request came to the gate");
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Lets all requests through, those that wait and those to come. */
    public void open() {
        opened.countDown();
    }

    void pass() {
        arrived.release();
        try {
            opened.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
