package io.github.pkceauth.interop.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with nothing of an earlier run in it. */
final class FreshFolder {

    private FreshFolder() {}

    static Path at(Path place) throws IOException {
        if (Files.exists(place)) {
            List<Path> deepestFirst;
            try (Stream<Path> tree = Files.walk(place)) {
                deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        }
        return Files.createDirectories(place);
    }
}
