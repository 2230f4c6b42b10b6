package io.github.pkceauth.interop.container;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A container in a process of its own. It says on standard output where it is, and ends at once when its standard input
 * does: nothing outlives the test that has started it.
 */
abstract class ContainerMain {

    static final String READY = "ready";

    /** Runs it, as its system properties describe it. */
    final void run() {
        Thread end = new Thread(ContainerMain::awaitEnd, "end");
        end.setDaemon(true);
        end.start();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            out.println(READY + " " + start(WebApp.all()));
        } catch (Exception | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    /**
     * Starts the container with these applications on a free port of 127.0.0.1.
     *
     * @return the port
     */
    abstract int start(List<WebApp> applications) throws Exception;

    /** Where its files may be. */
    static Path folder() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void awaitEnd() {
        try {
            System.in.transferTo(PrintStream.nullOutputStream());
        } catch (IOException e) {
            // As good as the end of it.
        }
        Runtime.getRuntime().halt(0);
    }
}
