package io.github.pkceauth.interop.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A proxy that runs, as nobody special, with all its files in a folder of its own below {@code target/proxies}. */
final class ProxyProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 20;

    private final Process process;
    private final Path log;

    private ProxyProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it, and comes back as soon as it listens. */
    static ProxyProcess start(Proxy proxy, Snippet snippet, int port) {
        Path binary = proxy.assumeInstalled();
        try {
            Path folder = Files.createDirectories(
                    Path.of("target", "proxies", proxy.word() + "-" + port).toAbsolutePath());
            Path configuration =
                    Files.writeString(folder.resolve(proxy.word() + ".conf"), proxy.configuration(folder, snippet));
            Path log = folder.resolve("output.log");
            Process process = new ProcessBuilder(proxy.command(binary, folder, configuration))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ProxyProcess started = new ProxyProcess(process, log);
            started.awaitListening(port);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening(int port) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!listens(port)) {
            if (hasEnded() || System.nanoTime() > end) {
                close();
                throw new AssertionError("The proxy does not listen on " + port + ":\n" + Files.readString(log));
            }
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean hasEnded() {
        try {
            return process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
