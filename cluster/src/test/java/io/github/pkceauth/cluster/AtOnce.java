package io.github.pkceauth.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The same thing many times, by threads that wait for each other before they begin. */
final class AtOnce {

    private static final int PATIENCE_SECONDS = 60;

    private AtOnce() {}

    static <T> List<T> times(int number, Callable<T> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        CountDownLatch ready = new CountDownLatch(number);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                running.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return action.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
