package io.github.pkceauth.interop.provider;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A server in a process of its own, and in processes that this one starts; none outlives the tests. */
final class Server implements AutoCloseable {

    private static final int LONGEST_START_SECONDS = 180;
    private static final int LONGEST_END_SECONDS = 30;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::kill, "kill-server");

    private Server(Process process) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts a server and waits until it says that it is ready.
     *
     * @param command the command line
     * @param environment added to the environment of the tests, less what the filter and the example read
     * @param ready a part of the line by which it says so
     */
    static Server start(List<String> command, Map<String, String> environment, String ready) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PKCE_")
                        || name.startsWith("PROVIDER_")
                        || name.startsWith("KC_")
                        || List.of("HOST", "PORT", "RESOURCE_URL", "JAVA_OPTS").contains(name));
        builder.environment().putAll(environment);
        try {
            // Who is killed does not clean up: what is left goes with the build's other files.
            Path scratch = Files.createDirectories(Path.of("target", "scratch")).toAbsolutePath();
            builder.environment().put("JAVA_TOOL_OPTIONS", "\"-Djava.io.tmpdir=" + scratch + "\"");
            Server server = new Server(builder.start());
            server.awaitLine(ready);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitLine(String ready) {
        CompletableFuture<Void> said = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(ready, said), "server-output");
        reader.setDaemon(true);
        reader.start();
        try {
            said.get(LONGEST_START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new AssertionError("It did not start: " + String.join("\n", lines), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read(String ready, CompletableFuture<Void> said) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.contains(ready)) {
                    said.complete(null);
                }
            }
            said.completeExceptionally(new IOException("The process has ended"));
        } catch (IOException e) {
            said.completeExceptionally(e);
        }
    }

    /** What it has written so far. */
    String log() {
        return String.join("\n", lines);
    }

    /** Kills it, as a power cut does, and waits until it is gone. */
    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void kill() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit()
                .completeOnTimeout(each, LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .join());
    }
}
