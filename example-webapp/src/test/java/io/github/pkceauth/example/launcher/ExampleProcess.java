package io.github.pkceauth.example.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The executable jar, run as a process of its own: {@code java -jar example-webapp.jar}. */
final class ExampleProcess implements AutoCloseable {

    private static final int LONGEST_LIFE_SECONDS = 300;
    private static final Pattern WHERE = Pattern.compile("runs at (http://\\S+/)");

    private final Process process;
    private final BufferedReader output;
    private final List<String> lines = new ArrayList<>();

    private ExampleProcess(Process process) {
        this.process = process;
        // Whoever reads the output of a process that hangs would wait with it.
        CompletableFuture.delayedExecutor(LONGEST_LIFE_SECONDS, TimeUnit.SECONDS)
                .execute(process::destroyForcibly);
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts the jar.
     *
     * @param temporary where it may put its files
     * @param environment added to the environment of the tests, less all that the example reads
     * @param arguments what stands behind the jar on the command line
     */
    static ExampleProcess start(Path temporary, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(System.getProperty("brief.jvm").split(" ", -1)));
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-jar", System.getProperty("example.jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PKCE_")
                        || name.startsWith("PROVIDER_")
                        || List.of("HOST", "PORT", "RESOURCE_URL").contains(name));
        builder.environment().putAll(environment);
        return new ExampleProcess(builder.start());
    }

    /** Waits until the process says that it is ready. */
    URI applicationUri() throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            Matcher where = WHERE.matcher(line);
            if (where.find()) {
                return URI.create(where.group(1));
            }
        }
        throw new AssertionError("It did not start: " + lines);
    }

    /** Waits for the first line, which is the filter's own and comes before the start is done. */
    void begun() throws IOException {
        lines.add(output.readLine());
    }

    /** Waits for the end, which the process comes to by itself. */
    int exitCode() {
        output.lines().forEach(lines::add);
        return process.onExit().join().exitValue();
    }

    /** Asks the process to end, as Ctrl-C does, and waits until it has. */
    void stop() {
        // Process.destroy would close the output, too.
        process.toHandle().destroy();
        exitCode();
    }

    /** All lines that were read: until it was ready, or until its end. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Sees to it that nothing is left running, whatever the test has come to. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
