package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Ten thousand users who come back from the provider at once, when its token endpoint answers after a second: on virtual
 * threads, in a bounded heap, and none of them pinned. Needs JDK 21 or later.
 */
public final class VirtualThreads {

    private static final int DELAY_MILLIS = 1000;
    private static final int WARM_UP = 1000;

    private VirtualThreads() {}

    /** {@code [-logins n] [-heap m]}; ends with 1 if a login failed, or a thread was pinned. */
    public static void main(String[] given) throws IOException, InterruptedException {
        Arguments arguments = new Arguments(given);
        int logins = arguments.number("-logins", 10_000);
        int heap = arguments.number("-heap", 2048);
        Installed contestant = Installed.ofModule(arguments.get("-contestant", "pkce"));
        List<String> options = List.of(
                "-Xmx" + heap + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-D" + ContestantMain.VIRTUAL + "=true",
                // Ten thousand at once on few cores take their time; what is to be seen is the threads, not a time
                // limit.
                "-Dpkce.httpTimeout=PT60S");
        boolean good;
        try (Site site = Site.start(contestant, "app-es256", options)) {
            good = run(site, logins, heap);
        }
        if (!good) {
            System.exit(1);
        }
    }

    private static boolean run(Site site, int logins, int heap) throws InterruptedException {
        ExecutorService threads = virtualThreads();
        // Classes are loaded and initialised once, and whoever waits for that is pinned; the recorder brings some
        // along.
        site.server().ask("record");
        Load.run(4, site.port(), WARM_UP, (number, wire) -> site.visitor().login(wire));
        site.server().ask("record");
        List<Arrival> arrivals = new ArrayList<>();
        for (Future<Arrival> arrival : all(threads, logins, () -> arrive(site))) {
            arrivals.add(result(arrival));
        }
        site.provider().ask("behave " + DELAY_MILLIS + " 0");
        long startedAt = System.nanoTime();
        List<Future<Boolean>> returns = new ArrayList<>();
        arrivals.forEach(arrival -> returns.add(threads.submit(arrival::complete)));
        int complete = 0;
        for (Future<Boolean> back : returns) {
            complete += result(back) ? 1 : 0;
        }
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        threads.shutdown();
        int pinned = Integer.parseInt(site.server().ask("pinned"));
        System.out.printf(
                "| logins at once | complete | seconds | waiting at the provider at once | pinned | heap bound [MiB]"
                        + " | heap after GC [MiB] |%n| --- | --- | --- | --- | --- | --- | --- |%n"
                        + "| %d | %d | %.1f | %d | %d | %d | %d |%n",
                logins,
                complete,
                seconds,
                site.calls(3),
                pinned,
                heap,
                Long.parseLong(site.server().ask("heap")) >> 20);
        return complete == logins && pinned == 0;
    }

    /** A user who was sent to the provider, with the connection that is kept. */
    private record Arrival(Visitor visitor, Wire wire, String authorizationRequest) {

        boolean complete() {
            try (Wire open = wire) {
                return visitor.fromProvider(open, authorizationRequest).status() == 200;
            } catch (IOException e) {
                System.err.println(e);
                return false;
            }
        }
    }

    private static Arrival arrive(Site site) throws IOException {
        Visitor visitor = site.visitor();
        Wire wire = new Wire(site.port());
        return new Arrival(visitor, wire, visitor.toProvider(wire, ContestantMain.PAGE));
    }

    private static <T> List<Future<T>> all(ExecutorService threads, int times, Callable<T> task) {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            futures.add(threads.submit(task));
        }
        return futures;
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("virtual threads need JDK 21 or later", e);
        }
    }
}
