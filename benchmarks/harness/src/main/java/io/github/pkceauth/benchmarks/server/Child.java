package io.github.pkceauth.benchmarks.server;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that is measured, or that others are measured with. Its errors go to this program's. */
final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final long startedAt;
    private final String where;

    private Child(Process process, long startedAt) throws IOException {
        this.process = process;
        this.startedAt = startedAt;
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (line == null || !line.startsWith(Commands.READY)) {
            process.destroyForcibly();
            throw new IOException("a process did not start: " + line);
        }
        where = line.substring(Commands.READY.length());
    }

    /**
     * Starts a process and waits until it is ready.
     *
     * @param classPath its class path
     * @param options of its JVM
     * @param main its class
     */
    static Child start(String classPath, List<String> options, Class<?> main) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main.getName()));
        long startedAt = System.nanoTime();
        return new Child(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start(),
                startedAt);
    }

    /** What it said of where it is. */
    String where() {
        return where;
    }

    /** When its process was started, as {@link System#nanoTime()} counts. */
    long startedAt() {
        return startedAt;
    }

    /** Gives a command and hands back the answer. */
    synchronized String ask(String command) {
        try {
            input.write(command);
            input.newLine();
            input.flush();
            String answer = output.readLine();
            if (answer == null || answer.startsWith("failed: ")) {
                throw new IllegalStateException(command + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
