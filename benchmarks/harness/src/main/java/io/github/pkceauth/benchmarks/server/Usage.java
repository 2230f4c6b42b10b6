package io.github.pkceauth.benchmarks.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;

/**
 * What a process has used so far.
 *
 * @param cpuNanos of all its threads, the JVM's own included
 * @param allocatedBytes by its Java threads; before JDK 21 without those that have ended
 */
record Usage(long cpuNanos, long allocatedBytes) {

    static Usage ofThisProcess() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Usage(system.getProcessCpuTime(), allocated());
    }

    private static long allocated() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        try {
            // From JDK 21 on.
            Method total = ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
            return (long) total.invoke(threads);
        } catch (ReflectiveOperationException e) {
            long sum = 0;
            for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
                sum += Math.max(0, bytes);
            }
            return sum;
        }
    }

    static Usage of(Child child) {
        String[] parts = child.ask("usage").split(" ", -1);
        return new Usage(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    Usage since(Usage before) {
        return new Usage(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
    }
}
