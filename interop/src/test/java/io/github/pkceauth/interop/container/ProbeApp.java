package io.github.pkceauth.interop.container;

import io.github.pkceauth.interop.container.webapp.EchoServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A web application with what the example lacks, twice: as it should be, and with a misconfigured filter. Its classes
 * are those of the package {@code webapp}, and its libraries the example's.
 *
 * @param sound the folder of the one
 * @param broken the folder of the other
 */
record ProbeApp(Path sound, Path broken) {

    private static final Path SOURCES = Path.of("src", "test", "resources", "container");

    /** Puts both together. */
    static ProbeApp build() {
        try {
            Path folder = FreshFolder.at(Path.of(System.getProperty("containers.files"), "webapps"));
            return new ProbeApp(
                    build(SOURCES.resolve("probe"), folder.resolve("probe")),
                    build(SOURCES.resolve("broken"), folder.resolve("broken")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path build(Path sources, Path application) throws IOException {
        Archive.copy(sources, application);
        Path inside = application.resolve("WEB-INF");
        Path classes = inside.resolve("classes")
                .resolve(EchoServlet.class.getPackageName().replace('.', '/'));
        Files.createDirectories(classes);
        Archive.copy(classesOf(EchoServlet.class), classes);
        Path libraries = Files.createDirectories(inside.resolve("lib"));
        Archive.unpack(Path.of(System.getProperty("example.war")), "/WEB-INF/lib", libraries);
        return application;
    }

    private static Path classesOf(Class<?> one) throws IOException {
        try {
            return Path.of(one.getResource("").toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
