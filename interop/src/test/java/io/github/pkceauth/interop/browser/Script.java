package io.github.pkceauth.interop.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Scripts of others, as they are published. */
final class Script {
    private Script() {}

    static String htmx() {
        return read("htmx.js");
    }

    /** Mojarra's, with what its container fills in: the separator in ids, and the context path. */
    static String faces() {
        return read("faces-uncompressed.js")
                .replace("#{facesContext.namingContainerSeparatorChar}", ":")
                .replace("#{facesContext.externalContext.requestContextPath}", "");
    }

    private static String read(String name) {
        try (Stream<Path> unpacked = Files.walk(Path.of(System.getProperty("scripts.directory")))) {
            return Files.readString(
                    unpacked.filter(file -> file.endsWith(name)).findFirst().orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
