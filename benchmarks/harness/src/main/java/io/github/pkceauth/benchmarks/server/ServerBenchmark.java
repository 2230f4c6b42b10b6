package io.github.pkceauth.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Drives whole servers over loopback, each contestant in a process of its own, and prints one Markdown table. Rounds are
 * interleaved: each goes through all contestants, so that a slow minute of the machine hits them all.
 */
public final class ServerBenchmark {

    private static final double MIB = 1 << 20;

    private static final List<String> HEAP = List.of("-Xms1g", "-Xmx1g");

    /** Parameters of ours as system properties, which the others do not heed. */
    private static final List<String> COOKIES =
            List.of("-Dpkce.loginState=cookie", "-Dpkce.cookieKey=QmVuY2htYXJrcyBoYXZlIG5vdGhpbmcgdG8gaGlkZSE=");

    private ServerBenchmark() {}

    /** {@code [-quick] [-cookies] [-rounds n] [-contestants bare,pkce,…] [-workloads signed_in,login,…]}. */
    public static void main(String[] given) throws IOException, InterruptedException {
        Arguments arguments = new Arguments(given);
        Size size = arguments.has("-quick") ? Size.QUICK : Size.FULL;
        size = size.withRounds(arguments.number("-rounds", size.rounds()));
        String wanted = arguments.get("-workloads", "").toUpperCase(Locale.ROOT);
        List<Installed> contestants = Installed.of(arguments.get("-contestants", ""));
        List<String> options = new ArrayList<>(HEAP);
        if (arguments.has("-cookies")) {
            options.addAll(COOKIES);
        }
        Figures figures = new Figures();
        for (int round = 1; round <= size.rounds(); round++) {
            for (Workload workload : Workload.values()) {
                if (!wanted.isEmpty() && !List.of(wanted.split(",", -1)).contains(workload.name())) {
                    continue;
                }
                for (Installed contestant : contestants) {
                    System.err.println("round " + round + ", " + workload + ", " + contestant.label());
                    measure(contestant, options, workload, size, figures);
                }
            }
        }
        weigh(contestants, figures);
        System.out.println(figures.table());
    }

    /** One that fails leaves a gap in the table, and the others go on. */
    private static void measure(
            Installed contestant, List<String> options, Workload workload, Size size, Figures figures)
            throws InterruptedException {
        try (Site site = Site.start(contestant, "app", options)) {
            workload.measure(site, contestant.label(), size, figures);
        } catch (IOException | IllegalStateException e) {
            System.err.println(contestant.label() + " failed: " + e);
        }
    }

    private static void weigh(List<Installed> contestants, Figures figures) throws IOException {
        Installed bare = Installed.ofModule("harness");
        for (Installed contestant : contestants) {
            Set<Path> jars = contestant.jarsBeyond(bare);
            double bytes = 0;
            for (Path jar : jars) {
                bytes += Files.size(jar);
            }
            figures.add("jars added", contestant.label(), jars.size());
            figures.add("MiB added", contestant.label(), bytes / MIB);
        }
    }
}
