package io.github.pkceauth.cluster;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A node as the tests see it: a process, its addresses, and what it answers. */
final class NodeProcess {

    static final String NAME = "node.name";
    static final String WAR = "node.war";
    static final String SESSIONS = "node.sessions";
    static final String DATABASE = "node.database";
    static final String SEEDS = "node.seeds";

    /** Where Tomcat's configuration is. */
    static final String TOMCAT = "node.tomcat";

    /** Hazelcast's own property: both the session store and JCache read their configuration there. */
    static final String HAZELCAST_CONFIG = "hazelcast.config";

    /** By default Hazelcast's JCache is a client of a cluster elsewhere, and waits for one without end. */
    static final String JCACHE_PROVIDER = "hazelcast.jcache.provider.type";

    private static final int LONGEST_START_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final BufferedReader output;
    private final BufferedWriter input;
    private final int port;
    private final int hazelcastPort;

    private NodeProcess(Process process, Path log) throws IOException {
        this.process = process;
        this.log = log;
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
        String[] ready = awaitReady().split(" ", 3);
        port = Integer.parseInt(ready[1]);
        hazelcastPort = Integer.parseInt(ready[2]);
    }

    /**
     * Starts a node and waits until it serves.
     *
     * @param store says what it runs
     * @param directory where its files and its log may be
     * @param properties its system properties
     * @param environment the configuration of the filter
     */
    static NodeProcess start(
            SessionStore store,
            Path directory,
            List<String> options,
            Map<String, String> properties,
            Map<String, String> environment) {
        try {
            Files.createDirectories(directory);
            Path log = directory.resolveSibling(directory.getFileName() + ".log");
            ProcessBuilder builder = new ProcessBuilder(command(store, directory, options, properties))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().keySet().removeIf(name -> name.startsWith("PKCE_") || name.startsWith("JETTY_"));
            builder.environment().putAll(environment);
            return new NodeProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(
            SessionStore store, Path directory, List<String> options, Map<String, String> properties) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // It lives for seconds.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.add("-Djava.io.tmpdir=" + directory);
        command.addAll(options);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath(store), store.mainClass()));
        return command;
    }

    private static String classPath(SessionStore store) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> store.needs(String.valueOf(Path.of(entry).getFileName())))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String awaitReady() throws IOException {
        // Whoever reads the output of a process that hangs would wait with it.
        CompletableFuture<Void> patience =
                new CompletableFuture<Void>().completeOnTimeout(null, LONGEST_START_SECONDS, TimeUnit.SECONDS);
        CompletableFuture<Void> end = patience.thenRun(process::destroyForcibly);
        String line = output.readLine();
        end.cancel(false);
        if (line == null || !line.startsWith(NodeMain.READY)) {
            process.destroyForcibly();
            throw new AssertionError("The node did not start, see " + log);
        }
        return line;
    }

    /** The port of the application. */
    int port() {
        return port;
    }

    /** The address at which other members of the cluster find it. */
    String seed() {
        return "127.0.0.1:" + hazelcastPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Gives a command and hands back the answer. */
    synchronized String ask(String... command) {
        try {
            input.write(String.join(" ", command));
            input.newLine();
            input.flush();
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("The node is gone; see " + log, e);
        }
    }

    /** Pulls the plug: no shutdown hook runs, nothing is handed over. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks it to end, as an operator does, and waits until it has. */
    void stop() {
        // Process.destroy would close its input, at the end of which it would halt.
        process.toHandle().destroy();
        process.onExit().orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS).join();
    }
}
