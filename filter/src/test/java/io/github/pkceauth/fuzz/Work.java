package io.github.pkceauth.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * How much work something is, told by the memory it asks for: unlike time that is the same on every machine, and
 * whatever copies, collects or recurses too much asks for too much of it.
 */
public final class Work {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int SMALL = 1 << 14;
    private static final int STEPS = 3;

    private Work() {}

    /**
     * What comes of the task; fails if it asked for more than so many bytes and so many for each byte of the input. It runs
     * again before it fails: what is done once in a JVM, as loading classes, does not count.
     */
    public static <T> T bounded(byte[] input, long base, long perByte, Callable<T> task) throws Exception {
        long allowed = base + perByte * input.length;
        long before = allocated();
        T result = task.call();
        if (allocated() - before > allowed) {
            long spent = spent(task);
            if (spent > allowed) {
                throw new AssertionError(
                        input.length + " bytes of input made " + spent + " bytes of work, allowed are " + allowed);
            }
        }
        return result;
    }

    /**
     * Fails if the work grows faster than the input: from 16 to 128 KiB, which is deep enough for any stack to overflow
     * that grows with it, twice the input may be a little more than twice the work.
     */
    public static void linear(IntFunction<String> input, Consumer<String> task) throws Exception {
        spent(task, input.apply(SMALL)); // what is done once in a JVM does not count
        long previous = spent(task, input.apply(SMALL));
        for (int step = 1; step <= STEPS; step++) {
            int size = SMALL << step;
            long next = spent(task, input.apply(size));
            if (next > previous * 5 / 2 + (1 << 20)) {
                throw new AssertionError("twice the input, now " + size + " characters, made out of " + previous
                        + " bytes of work " + next);
            }
            previous = next;
        }
    }

    private static long spent(Consumer<String> task, String input) throws Exception {
        return spent(() -> {
            task.accept(input);
            return input;
        });
    }

    private static long spent(Callable<?> task) throws Exception {
        long before = allocated();
        task.call();
        return allocated() - before;
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
