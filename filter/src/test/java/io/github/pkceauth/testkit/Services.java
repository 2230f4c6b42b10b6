package io.github.pkceauth.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A class loader of an application that brings services along, in {@code META-INF/services}. */
public final class Services extends URLClassLoader {
    private final Path folder;

    private Services(Path folder) throws IOException {
        super(new URL[] {folder.toUri().toURL()}, Services.class.getClassLoader());
        this.folder = folder;
    }

    /** Nothing beyond what the tests have. */
    public static Services none() {
        try {
            return new Services(Files.createTempDirectory("services"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names an implementation, which needs not exist, of a service. */
    public Services with(Class<?> service, String implementation) {
        Path file = folder.resolve("META-INF").resolve("services").resolve(service.getName());
        try {
            Files.createDirectories(file.getParent());
            String before = Files.exists(file) ? Files.readString(file) : "";
            Files.writeString(file, before + implementation + "\n");
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names an implementation of a service. */
    public Services with(Class<?> service, Class<?> implementation) {
        return with(service, implementation.getName());
    }

    @Override
    public void close() throws IOException {
        super.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
