package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/**
 * Fails a test class of the functional suite in which a secret has come out where it does not belong.
 * JUnit finds it by itself; see {@code META-INF/services}.
 */
public final class CanaryExtension implements BeforeAllCallback, AfterAllCallback {
    private static final String FUNCTIONAL = "io.github.pkceauth.functional";

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Canary.class);

    /** One for each JVM that runs a part of the tests. */
    private static final Path EXTENT = Path.of(System.getProperty("canary.file", "target/secrets-canary.txt"));

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent("extent", key -> (AutoCloseable) this::tellExtent);
        Eavesdropper.RUN.listen();
        Canary.RUN.forget();
    }

    /** So that nobody takes a search of nothing for a clean one. */
    private void tellExtent() throws IOException {
        Files.writeString(EXTENT, Canary.RUN.extent() + "\n");
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getPackageName().equals(FUNCTIONAL)) {
            assertEquals(List.of(), Canary.RUN.leaks(), "secrets where they do not belong");
        }
    }
}
