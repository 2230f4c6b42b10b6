package io.github.pkceauth.interop.container;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A WAR to be unpacked. */
final class Archive {

    private Archive() {}

    /** Copies what lies below one of its folders into a folder outside. */
    static void unpack(Path war, String folder, Path into) throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(URI.create("jar:" + war.toUri()), Map.of())) {
            copy(archive.getPath(folder), into);
        }
    }

    /** Copies what lies below a folder into another, whatever file systems they are on. */
    static void copy(Path folder, Path into) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.toList();
        }
        for (Path file : files) {
            Path place = into.resolve(folder.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(place);
            } else {
                Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
