package io.github.pkceauth.example.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.logging.LogManager;

/**
 * The command line: starts the example as the environment says, tells where it is, and stops with the process; or
 * examines what it would start with.
 */
public final class Main {

    private Main() {}

    /**
     * Starts the example, or has the filter's doctor examine its deployment.
     *
     * @param arguments none: everything is in the environment; or {@code doctor} and its options
     */
    public static void main(String[] arguments) {
        configureLogging();
        Opened opened = new Opened();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(opened), "shutdown"));
        try {
            if (arguments.length > 0) {
                Consultation.hold(List.of(arguments), System.getenv(), opened);
            } else {
                System.out.println(welcome(ExampleServer.start(System.getenv(), opened)));
            }
        } catch (StartFailure e) {
            System.err.println(e.getMessage());
            System.exit(e.exitCode());
        }
    }

    private static String welcome(ExampleServer server) {
        String where = "The example runs at " + server.applicationUri();
        if (server.providerUri() == null) {
            return where + System.lineSeparator() + "Sign in with an account of your provider.";
        }
        return String.join(
                System.lineSeparator(),
                where,
                "Sign in as alice (password alice, role admin) or as bob (password bob).",
                "The development provider is " + server.providerUri() + ": for this machine only, new at each start.",
                "At " + server.applicationUri().resolve("/choose")
                        + " there is a second provider, side by side with it.",
                "Ctrl-C stops all.");
    }

    private static void close(Opened opened) {
        try {
            opened.close();
        } catch (IOException e) {
            System.err.println("The example did not stop cleanly: " + e);
        }
    }

    /** Quiet libraries and one line a record, unless the command line has a configuration of its own. */
    private static void configureLogging() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream configuration = Main.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(configuration);
        } catch (IOException e) {
            System.err.println("The log is not configured: " + e.getMessage());
        }
    }
}
