package io.github.pkceauth.interop.container;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A container as the tests see it: a process, its port, and its log. */
final class ContainerProcess implements AutoCloseable {

    private static final int LONGEST_START_SECONDS = 180;

    private final Process process;
    private final Path log;
    private final int port;

    private ContainerProcess(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        this.port = Integer.parseInt(awaitReady().substring(ContainerMain.READY.length() + 1));
    }

    /**
     * Starts a container and waits until it serves.
     *
     * @param properties its system properties
     * @param environment the configuration of the filter
     */
    static ContainerProcess start(ContainerKind kind, Map<String, String> properties, Map<String, String> environment) {
        try {
            Path folder = FreshFolder.at(Path.of(System.getProperty("containers.files"), kind.name()));
            Path temporary = Files.createDirectories(folder.resolve("tmp"));
            Path log = folder.resolve("container.log");
            ProcessBuilder builder =
                    new ProcessBuilder(command(kind, temporary, properties)).redirectError(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PKCE_") || name.startsWith("JETTY_"));
            builder.environment().putAll(environment);
            return new ContainerProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(ContainerKind kind, Path temporary, Map<String, String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for seconds.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.add("-Djava.io.tmpdir=" + temporary);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", kind.classPath(), kind.mainClass()));
        return command;
    }

    private String awaitReady() throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        // Whoever reads the output of a process that hangs would wait with it.
        CompletableFuture<Void> patience =
                new CompletableFuture<Void>().completeOnTimeout(null, LONGEST_START_SECONDS, TimeUnit.SECONDS);
        CompletableFuture<Void> end = patience.thenRun(process::destroyForcibly);
        String line = output.readLine();
        end.cancel(false);
        if (line == null || !line.startsWith(ContainerMain.READY)) {
            close();
            throw new AssertionError("The container did not start, see " + log);
        }
        return line;
    }

    int port() {
        return port;
    }

    /** Whatever it has logged so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
