package io.github.pkceauth.example.launcher;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A temporary directory with the WAR in it, which lies inside the executable jar; gone when closed. */
final class Workspace implements Closeable {

    private static final String WAR = "/example-webapp.war";

    private final Path directory;

    private Workspace(Path directory) {
        this.directory = directory;
    }

    static Workspace unpack() throws StartFailure {
        try (InputStream war = Workspace.class.getResourceAsStream(WAR)) {
            if (war == null) {
                throw new StartFailure("There is no " + WAR
                        + " on the class path: build it with \"mvn package\" and run" + " target/example-webapp.jar");
            }
            Workspace workspace = new Workspace(Files.createTempDirectory("example-webapp-"));
            Files.copy(war, workspace.war());
            return workspace;
        } catch (IOException e) {
            throw new StartFailure(
                    "Cannot unpack the web application into " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    Path war() {
        return directory.resolve("example-webapp.war");
    }

    /** The WAR's deployment descriptor, as a file of its own. */
    Path webXml() throws IOException {
        try (JarFile opened = new JarFile(war().toFile())) {
            return unpacked(opened, opened.getEntry("WEB-INF/web.xml"));
        }
    }

    /** The WAR's libraries, as files of their own. */
    List<Path> libraries() throws IOException {
        try (JarFile opened = new JarFile(war().toFile())) {
            List<Path> libraries = new ArrayList<>();
            for (JarEntry entry : Collections.list(opened.entries())) {
                if (entry.getName().startsWith("WEB-INF/lib/")
                        && entry.getName().endsWith(".jar")) {
                    libraries.add(unpacked(opened, entry));
                }
            }
            return libraries;
        }
    }

    private Path unpacked(JarFile opened, ZipEntry entry) throws IOException {
        String name = entry.getName();
        Path file = directory.resolve(name.substring(name.lastIndexOf('/') + 1));
        try (InputStream in = opened.getInputStream(entry)) {
            Files.copy(in, file);
        }
        return file;
    }

    /** A directory for what the container makes of the WAR. */
    Path scratch() throws IOException {
        return Files.createDirectories(directory.resolve("jetty"));
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }
}
