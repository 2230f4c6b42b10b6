package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Some threads, each with a connection of its own, that do the same over and over. */
final class Load {

    private Load() {}

    /** One of many. */
    interface Task {
        void run(int number, Wire wire) throws IOException;
    }

    /**
     * Does a task so many times.
     *
     * @throws IllegalStateException if one fails: the measure of something that fails is worth nothing
     */
    static void run(int threads, int port, int times, Task task) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(() -> {
                    try (Wire wire = new Wire(port)) {
                        int number = next.getAndIncrement();
                        while (number < times) {
                            task.run(number, wire);
                            number = next.getAndIncrement();
                        }
                        return number;
                    }
                });
            }
            for (Future<Integer> worker : pool.invokeAll(workers)) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
