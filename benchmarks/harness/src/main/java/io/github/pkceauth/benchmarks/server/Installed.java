package io.github.pkceauth.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A contestant as the build has left it: a module beside this one, with its classes and a file that lists its jars.
 *
 * @param module the module's name
 * @param classPath all that its processes run on
 */
public record Installed(String module, List<Path> classPath) {

    /** All of them, the bare one first. */
    public static final List<String> MODULES =
            List.of("harness", "jetty-openid", "pkce", "spring-security-6", "spring-security", "pac4j");

    public Installed {
        classPath = List.copyOf(classPath);
    }

    /** What tables call the module. */
    public String label() {
        return module.equals("harness") ? "bare" : module;
    }

    /** The ones that are asked for by name, or all. */
    public static List<Installed> of(String names) throws IOException {
        List<Installed> all = new ArrayList<>();
        for (String module : MODULES) {
            String label = module.equals("harness") ? "bare" : module;
            if (names.isEmpty() || List.of(names.split(",", -1)).contains(label)) {
                all.add(ofModule(module));
            }
        }
        return all;
    }

    static Installed ofModule(String module) throws IOException {
        Path target = directory().resolve(module).resolve("target");
        Path jars = target.resolve("class-path.txt");
        if (!Files.exists(jars)) {
            throw new IOException("not built yet, see README.md: " + jars);
        }
        List<Path> classPath = new ArrayList<>();
        classPath.add(target.resolve("classes"));
        for (String jar : Files.readString(jars).strip().split(File.pathSeparator, -1)) {
            classPath.add(Path.of(jar));
        }
        return new Installed(module, classPath);
    }

    /** The directory of all modules: these classes, or their jar, are in harness/target. */
    private static Path directory() {
        try {
            Path here = Path.of(Installed.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return here.resolve("../../..").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The class path as the JVM takes it. */
    public String joined() {
        return String.join(
                File.pathSeparator, classPath.stream().map(Path::toString).toList());
    }

    /** The option of a JVM that keeps its logs to what is wrong. */
    public static String quiet() {
        return "-Djava.util.logging.config.file=" + directory().resolve("harness/target/classes/logging.properties");
    }

    /** The jars that it has and another has not; its own few classes are glue, and no part of it. */
    Set<Path> jarsBeyond(Installed other) {
        Set<Path> jars = new LinkedHashSet<>(classPath);
        other.classPath.forEach(jars::remove);
        jars.removeIf(jar -> !jar.toString().endsWith(".jar")
                || String.valueOf(jar.getFileName()).startsWith("benchmarks-"));
        return jars;
    }
}
