package io.github.pkceauth.interop.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The containers by name, and what each of them is made of. */
public enum ContainerKind {
    JETTY_EE10("(jetty-(?!ee11)|jakarta\\.servlet-api|slf4j-).*", "", JettyEe10.class),
    JETTY_EE11("(jetty-(?!ee10)|slf4j-).*", "jakarta\\.servlet-api.*", JettyEe11.class),
    TOMCAT_10("tomcat-.*", "", TomcatServer.class),
    TOMCAT_11("", "tomcat-.*", TomcatServer.class),
    UNDERTOW("(undertow|xnio|jboss|wildfly|smallrye|jakarta\\.(servlet|annotation))-.*", "", UndertowServer.class);

    private static final String TEST_CLASSES = "test-classes";

    private final Pattern ofClassPath;
    private final Pattern ofOtherVersions;
    private final Class<? extends ContainerMain> main;

    /**
     * A container.
     *
     * @param ofClassPath what it takes of the class path of the tests, as file names
     * @param ofOtherVersions what it takes of the jars whose other versions are on that class path
     * @param main what runs it
     */
    ContainerKind(String ofClassPath, String ofOtherVersions, Class<? extends ContainerMain> main) {
        this.ofClassPath = Pattern.compile(ofClassPath);
        this.ofOtherVersions = Pattern.compile(ofOtherVersions);
        this.main = main;
    }

    String mainClass() {
        return main.getName();
    }

    /** What its process runs on: no other container, and neither the filter nor its library. */
    String classPath() {
        Stream<Path> own = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(entry -> isNamed(ofClassPath, entry) || entry.endsWith(TEST_CLASSES));
        return Stream.concat(own, otherVersions().filter(entry -> isNamed(ofOtherVersions, entry)))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Stream<Path> otherVersions() {
        Path folder = Path.of(System.getProperty("containers.directory"), "lib");
        try (Stream<Path> jars = Files.list(folder)) {
            return jars.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isNamed(Pattern pattern, Path entry) {
        return pattern.matcher(String.valueOf(entry.getFileName())).matches();
    }
}
