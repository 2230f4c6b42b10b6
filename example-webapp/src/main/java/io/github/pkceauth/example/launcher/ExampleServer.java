package io.github.pkceauth.example.launcher;

import io.github.pkceauth.example.launcher.provider.DevelopmentProvider;
import jakarta.servlet.ServletException;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.jspecify.annotations.Nullable;

/**
 * The running example: the application and, unless the environment names a provider, the development provider. Both
 * answer when {@link #start} has returned.
 */
public final class ExampleServer implements Closeable {

    private final URI applicationUri;
    private final @Nullable URI providerUri;
    private final Opened opened;

    private ExampleServer(URI applicationUri, @Nullable URI providerUri, Opened opened) {
        this.applicationUri = applicationUri;
        this.providerUri = providerUri;
        this.opened = opened;
    }

    /**
     * Starts the example.
     *
     * @param environment {@code PORT}, {@code HOST}, {@code PROVIDER_PORT}, {@code PROVIDER_HOST} and {@code PARTNER_PORT}, and whether there
     *     is a {@code PKCE_ISSUER}. The filter itself reads the environment of the process.
     * @return the running example
     * @throws StartFailure if a value of these, a port or the filter's configuration stands in the way
     */
    public static ExampleServer start(Map<String, String> environment) throws StartFailure {
        return start(environment, new Opened());
    }

    /** Starts the example, and tells of all that there will be to close while it does so. */
    static ExampleServer start(Map<String, String> environment, Opened opened) throws StartFailure {
        Settings settings = Settings.of(environment);
        try {
            return start(settings, opened);
        } catch (Exception e) {
            StartFailure failure = asStartFailure(e);
            try {
                opened.close();
            } catch (IOException onClosing) {
                failure.addSuppressed(onClosing);
            }
            throw failure;
        }
    }

    private static ExampleServer start(Settings settings, Opened opened) throws Exception {
        Workspace workspace = opened.add(Workspace.unpack());
        Listener listener = opened.add(Listener.open("application", "PORT", settings.host(), settings.port()));
        URI applicationUri = listener.uri(reachable(settings.host()), "/");

        if (settings.issuer().isPresent()) {
            listener.start(Application.of(workspace, Map.of()));
            return new ExampleServer(applicationUri, null, opened);
        }

        // On loopback whatever HOST says: everybody knows these users' passwords.
        Listener providerListener =
                opened.add(Listener.open("provider", "PROVIDER_PORT", "127.0.0.1", settings.providerPort()));
        URI issuer = providerListener.uri(settings.providerHost(), "");
        DevelopmentProvider provider = DevelopmentProvider.forApplicationAt(listener.port(), issuer);
        Listener partnerListener =
                opened.add(Listener.open("partner", "PARTNER_PORT", "127.0.0.1", settings.partnerPort()));
        DevelopmentProvider partner = DevelopmentProvider.forPartnersOfApplicationAt(
                listener.port(), partnerListener.uri(settings.providerHost(), ""));
        Map<String, String> parameters = new HashMap<>(provider.filterParameters());
        parameters.putAll(partner.filterParameters());
        WebAppContext application = Application.of(workspace, parameters);
        together(
                () -> {
                    providerListener.start(provider.handler());
                    partnerListener.start(new LateHandler(partner::handler));
                },
                () -> listener.start(application));
        return new ExampleServer(applicationUri, issuer, opened);
    }

    /** A name that a browser can open, and the provider knows, where the address listened on is not one. */
    private static String reachable(String host) {
        return Set.of("0.0.0.0", "::", "::1").contains(host) ? "localhost" : host;
    }

    /** Runs both at once: they do not need each other before the first login. */
    private static void together(Step beside, Step here) throws Exception {
        FutureTask<Void> task = new FutureTask<>(() -> {
            beside.run();
            return null;
        });
        Thread thread = new Thread(task, "provider-start");
        thread.start();
        try {
            here.run();
        } finally {
            thread.join();
        }
        task.get();
    }

    private static StartFailure asStartFailure(Exception e) {
        if (e instanceof StartFailure failure) {
            return failure;
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        Throwable root = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        for (Throwable cause = root; cause != null; cause = cause.getCause()) {
            // What the filter says of its configuration is meant for the reader as it is.
            if (cause instanceof ServletException && cause.getMessage() != null) {
                return new StartFailure(cause.getMessage(), root);
            }
        }
        return new StartFailure("The example did not start: " + root, root);
    }

    /** Where a browser finds the application; ends with a slash. */
    public URI applicationUri() {
        return applicationUri;
    }

    /** The issuer of the development provider, or null where there is none. */
    public @Nullable URI providerUri() {
        return providerUri;
    }

    /** Stops all that {@link #start} has started, the last first. */
    @Override
    public void close() throws IOException {
        opened.close();
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }
}
