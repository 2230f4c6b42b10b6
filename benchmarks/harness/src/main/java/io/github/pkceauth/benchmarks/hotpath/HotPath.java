package io.github.pkceauth.benchmarks.hotpath;

import io.github.pkceauth.benchmarks.server.Arguments;
import io.github.pkceauth.benchmarks.server.Installed;
import io.github.pkceauth.benchmarks.server.ProviderProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the JMH benchmarks of all contestants, each on its own class path, and prints one Markdown table: nanoseconds and
 * bytes allocated for one operation.
 */
public final class HotPath {

    private static final List<String> QUICK = List.of(
            "-f",
            "1",
            "-wi",
            "1",
            "-i",
            "2",
            "-w",
            "300ms",
            "-r",
            "300ms",
            "-p",
            "sessions=1,100",
            "-p",
            "revoked=0,1000");

    private HotPath() {}

    /** {@code [-quick] [-contestants bare,pkce,…] [-benchmarks regular expression]}. */
    public static void main(String[] given) throws IOException, InterruptedException {
        Arguments arguments = new Arguments(given);
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        List<String> columns = new ArrayList<>();
        for (Installed contestant : Installed.of(arguments.get("-contestants", ""))) {
            if (contestant.label().equals("jetty-openid")) {
                continue; // login by the container: there is no filter to be measured alone
            }
            columns.add(contestant.label());
            Path results = Files.createTempFile("jmh", ".csv");
            try (ProviderProcess provider = ProviderProcess.start()) {
                run(contestant, arguments, provider.issuer(), results);
                read(results, contestant.label(), rows);
            } finally {
                Files.delete(results);
            }
        }
        print(columns, rows);
    }

    private static void run(Installed contestant, Arguments arguments, String issuer, Path results)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-cp",
                contestant.joined(),
                "org.openjdk.jmh.Main",
                arguments.get("-benchmarks", ".*"),
                "-prof",
                "gc",
                "-foe",
                "true",
                "-rf",
                "csv",
                "-rff",
                results.toString(),
                "-jvmArgsAppend",
                "-Xmx1g " + Installed.quiet() + " -D" + World.ISSUER + "=" + issuer));
        if (arguments.has("-quick")) {
            command.addAll(QUICK);
        }
        if (contestant.label().equals("bare")) {
            command.addAll(List.of("-e", "Verification|isUserInRole"));
        }
        if (!contestant.label().equals("pkce")) {
            command.addAll(List.of("-e", "signedInAmongRevoked|signedInAmongRules"));
        }
        int status = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (status != 0) {
            throw new IOException("JMH failed with " + contestant.label());
        }
    }

    /** Columns of JMH's CSV: benchmark, mode, threads, samples, score, error, unit, and the parameters. */
    private static void read(Path results, String column, Map<String, Map<String, String>> rows) throws IOException {
        Map<String, String> times = new LinkedHashMap<>();
        for (String line : Files.readAllLines(results).stream().skip(1).toList()) {
            String[] cells = line.replace("\"", "").split(",", -1);
            String[] name = cells[0].split("\\.", -1);
            String profiled = cells[0].contains(":") ? cells[0].substring(cells[0].indexOf(':')) : "";
            StringBuilder row =
                    new StringBuilder(cells[0].replaceAll(":.*", "").replaceAll(".*\\.(\\w+\\.\\w+)$", "$1"));
            for (int i = 7; i < cells.length; i++) {
                row.append(cells[i].isEmpty() ? "" : " " + cells[i]);
            }
            if (name.length > 0 && profiled.isEmpty()) {
                times.put(row.toString(), shown(cells[4]) + " ±" + shown(cells[5]) + " ns");
            } else if (profiled.endsWith("gc.alloc.rate.norm")) {
                rows.computeIfAbsent(row.toString(), any -> new LinkedHashMap<>())
                        .put(column, times.get(row.toString()) + ", " + shown(cells[4]) + " B");
            }
        }
    }

    private static String shown(String number) {
        double value = Double.parseDouble(number);
        return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static void print(List<String> columns, Map<String, Map<String, String>> rows) {
        System.out.println("\n| | " + String.join(" | ", columns) + " |");
        System.out.println("| --- |" + " --- |".repeat(columns.size()));
        rows.forEach((row, cells) -> {
            StringBuilder line = new StringBuilder("| ").append(row).append(" |");
            columns.forEach(column ->
                    line.append(' ').append(cells.getOrDefault(column, "–")).append(" |"));
            System.out.println(line);
        });
    }
}
