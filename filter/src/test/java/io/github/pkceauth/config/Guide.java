package io.github.pkceauth.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of {@code docs} that readers copy settings from. */
record Guide(String page) {

    private static final Pattern BLOCK = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

    String text() throws IOException {
        return Files.readString(Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .normalize()
                .resolveSibling("docs")
                .resolve(page));
    }

    /** The lines of each block of settings. */
    Stream<List<String>> settings() throws IOException {
        return BLOCK
                .matcher(text())
                .results()
                .map(block -> block.group(1).lines().toList())
                .toList()
                .stream();
    }
}
