package io.github.pkceauth.interop.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A command of the machine, and the package that brings it. */
enum Installed {
    CHROMIUM("chromium", "chromium"),
    CHROMEDRIVER("chromedriver", "chromium-driver");

    private final String command;
    private final String debianPackage;

    Installed(String command, String debianPackage) {
        this.command = command;
        this.debianPackage = debianPackage;
    }

    /** Where it is. */
    Optional<Path> path() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What to install, if something is missing. */
    static Optional<String> missing() {
        return Stream.of(values())
                .filter(each -> each.path().isEmpty())
                .map(each -> "there is no " + each.command + " on this machine (Debian's package " + each.debianPackage
                        + ")")
                .reduce((one, other) -> one + ", " + other);
    }
}
