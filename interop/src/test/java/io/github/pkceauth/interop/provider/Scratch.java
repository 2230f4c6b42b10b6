package io.github.pkceauth.interop.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for what lasts as long as the tests of this process, among the build's other files. */
final class Scratch {

    private Scratch() {}

    /** A new and empty folder. */
    static Path folder(String name) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "scratch")).toAbsolutePath();
            return Files.createTempDirectory(parent, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
