package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Hours of users in minutes: pages, access tokens that expire and are refreshed, logouts here, notices of the provider,
 * logins that reach their greatest age, and a provider that fails now and then. Ends with 1 if the heap after GC or the
 * number of threads grew, or a request failed that should have worked.
 */
public final class Soak {

    private static final String CLIENT = "app-es256-expires5-refresh";
    private static final String NOTICES = "/backchannel-logout";
    private static final int USERS = 400;
    private static final int WORKERS = 8;
    private static final int PERMILLE = 1000;
    private static final double MOST_GROWTH = 1.1;
    private static final long NOISE = 4 << 20;
    private static final int MOST_THREADS_MORE = 5;

    private final Site site;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean faulty = new AtomicBoolean();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong logins = new AtomicLong();
    private final AtomicLong excused = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final List<Long> heaps = new ArrayList<>();
    private final List<Integer> threads = new ArrayList<>();

    private Soak(Site site) {
        this.site = site;
    }

    /** {@code [-minutes n]}, 30 if nothing is said. */
    public static void main(String[] given) throws IOException, InterruptedException {
        int minutes = new Arguments(given).number("-minutes", 30);
        List<String> options = List.of(
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dpkce.backchannelLogoutPath=" + NOTICES,
                // Notices are remembered for so long, and those who never come back; both come to rest within minutes.
                "-Dpkce.maxSessionAge=PT2M",
                "-D" + ContestantMain.SESSION_SECONDS + "=60");
        boolean good;
        try (Site site = Site.start(Installed.ofModule("pkce"), CLIENT, options)) {
            good = new Soak(site).run(minutes);
        }
        if (!good) {
            System.exit(1);
        }
    }

    private boolean run(int minutes) throws InterruptedException {
        System.out.println(
                "| minute | requests | logins | failed during faults | failed | heap after GC [KiB] | threads |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Thread worker = new Thread(this::work);
            worker.start();
            workers.add(worker);
        }
        for (int minute = 1; minute <= minutes; minute++) {
            minute();
            heaps.add(Long.parseLong(site.server().ask("heap")));
            threads.add(Integer.parseInt(site.server().ask("threads")));
            System.out.printf(
                    "| %d | %d | %d | %d | %d | %d | %d |%n",
                    minute,
                    requests.get(),
                    logins.get(),
                    excused.get(),
                    failures.get(),
                    heaps.get(heaps.size() - 1) >> 10,
                    threads.get(threads.size() - 1));
        }
        over.set(true);
        for (Thread worker : workers) {
            worker.join();
        }
        return judge();
    }

    /** Two outages, one of errors and one of slowness; the rest of the minute all is well. */
    private void minute() throws InterruptedException {
        TimeUnit.SECONDS.sleep(20);
        faulty.set(true);
        site.provider().ask("behave 0 100");
        TimeUnit.SECONDS.sleep(4);
        site.provider().ask("behave 0 0");
        // Whoever was refused waits before the next try.
        TimeUnit.SECONDS.sleep(6);
        faulty.set(false);
        TimeUnit.SECONDS.sleep(15);
        site.provider().ask("behave 500 0");
        TimeUnit.SECONDS.sleep(5);
        site.provider().ask("behave 0 0");
        TimeUnit.SECONDS.sleep(10);
    }

    private void work() {
        List<Visitor> users = new ArrayList<>();
        for (int i = 0; i < USERS / WORKERS; i++) {
            users.add(site.visitor());
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        while (!over.get()) {
            try (Wire wire = new Wire(site.port())) {
                while (!over.get()) {
                    int user = random.nextInt(users.size());
                    step(users, user, wire, random.nextInt(PERMILLE));
                    requests.incrementAndGet();
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(5));
                }
            } catch (IOException e) {
                count(String.valueOf(e));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void step(List<Visitor> users, int user, Wire wire, int dice) throws IOException {
        Visitor visitor = users.get(user);
        if (dice < 5) {
            expect(visitor.post(wire, "/logout", ""), 302, 200, 303);
        } else if (dice < 10) {
            // A user of the past, or one who is here: either way nothing fails. Whoever is signing in would be refused.
            long complete = Math.max(1, logins.get() - USERS);
            String name = "user-" + (1 + ThreadLocalRandom.current().nextLong(complete));
            String token = site.provider().ask("notice " + CLIENT + " " + name);
            expect(site.visitor().post(wire, NOTICES, "logout_token=" + encode(token)), 200);
        } else if (dice < 15) {
            users.set(user, site.visitor()); // never comes back
        } else {
            page(visitor, wire);
        }
    }

    private void page(Visitor visitor, Wire wire) throws IOException {
        Wire.Answer answer = visitor.get(wire, ContestantMain.PAGE);
        if (answer.status() == 302) {
            logins.incrementAndGet();
            answer = visitor.fromProvider(wire, answer.location());
        }
        expect(answer, 200);
    }

    private void expect(Wire.Answer answer, int... good) {
        for (int status : good) {
            if (answer.status() == status) {
                return;
            }
        }
        count(answer.status() + " " + answer.body());
    }

    private void count(String failure) {
        if (faulty.get()) {
            excused.incrementAndGet();
        } else {
            failures.incrementAndGet();
            System.err.println(failure);
        }
    }

    /** The first third is for everything to come to rest. */
    private boolean judge() {
        if (heaps.size() < 6) {
            return failures.get() == 0;
        }
        int third = heaps.size() / 3;
        double before = median(heaps.subList(third, 2 * third).stream().map(Long::doubleValue));
        double after = median(heaps.subList(2 * third, heaps.size()).stream().map(Long::doubleValue));
        int threadsBefore = threads.get(third);
        int threadsAfter = threads.get(threads.size() - 1);
        boolean grows = after > before * MOST_GROWTH + NOISE || threadsAfter > threadsBefore + MOST_THREADS_MORE;
        System.out.printf(
                "heap after GC, median of the second third %.0f KiB, of the last %.0f KiB; threads %d, %d; %d failed%n",
                before / 1024, after / 1024, threadsBefore, threadsAfter, failures.get());
        return !grows && failures.get() == 0;
    }

    private static double median(Stream<Double> values) {
        return Figures.median(values.toList());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
