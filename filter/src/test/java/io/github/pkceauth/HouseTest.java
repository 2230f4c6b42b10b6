package io.github.pkceauth;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The house rules that no compiler knows. What counts is every reference in the compiled classes, as the JDK's
 * {@code jdeps} finds it, not only the imports.
 */
class HouseTest {
    private static final String BASE = "io.github.pkceauth";

    /** The packages, from the top floor to the ground: each may use itself and those behind it. */
    private static final List<String> FLOORS = List.of(
            BASE, BASE + ".web", BASE + ".doctor", BASE + ".config", BASE + ".oidc", BASE + ".store", BASE + ".api");

    /** Two packages of one floor, which know nothing of each other. */
    private static final Set<String> NEIGHBOURS = Set.of(BASE + ".web", BASE + ".doctor");

    /** The packages that know nothing of servlets. */
    private static final Set<String> WITHOUT_SERVLETS =
            Set.of(BASE + ".doctor", BASE + ".config", BASE + ".oidc", BASE + ".store");

    /** A line of {@code jdeps -verbose:class}: three spaces, a class, an arrow, a class, where that was found. */
    private static final Pattern REFERENCE = Pattern.compile("^ {3}(\\S+) +-> (\\S+)", Pattern.MULTILINE);

    @Test
    void packagesDependDownwardsOnly() throws Exception {
        String references = jdeps(mainClasses());

        assertTrue(references.contains(PkceAuthFilter.class.getName()), "jdeps has read nothing of ours");
        assertEquals(List.of(), violations(references));
    }

    @Test
    void theModuleExportsTheFilterAndTheApiAndNothingElse() throws Exception {
        ModuleDescriptor module = ModuleFinder.of(mainClasses())
                .find(BASE)
                .orElseThrow(() -> new AssertionError("no module " + BASE))
                .descriptor();

        assertEquals(
                Set.of(BASE, BASE + ".api"),
                module.exports().stream()
                        .map(ModuleDescriptor.Exports::toString)
                        .collect(toSet()));
        assertEquals(Set.of(), module.opens());
    }

    @Test
    void aReferenceToAHigherFloorIsReported() {
        assertEquals(
                List.of(
                        "io.github.pkceauth.api.A may not use io.github.pkceauth.oidc.B: packages depend downwards only"),
                violations(reference("io.github.pkceauth.api.A", "io.github.pkceauth.oidc.B")));
        assertEquals(
                List.of("io.github.pkceauth.web.A may not use io.github.pkceauth.B: packages depend downwards only"),
                violations(reference("io.github.pkceauth.web.A", "io.github.pkceauth.B")));
    }

    @Test
    void aReferenceToTheSameOrALowerFloorIsFine() {
        assertEquals(
                List.of(),
                violations(reference("io.github.pkceauth.A", "io.github.pkceauth.api.B")
                        + reference("io.github.pkceauth.oidc.A", "io.github.pkceauth.oidc.B$C")
                        + reference("io.github.pkceauth.web.A", "jakarta.servlet.http.HttpSession")
                        + reference("io.github.pkceauth.oidc.A", "java.lang.String")));
    }

    @Test
    void aReferenceToANeighbourIsReported() {
        assertEquals(
                List.of(
                        "io.github.pkceauth.web.A may not use io.github.pkceauth.doctor.B: these two packages know nothing of each other"),
                violations(reference("io.github.pkceauth.web.A", "io.github.pkceauth.doctor.B")));
    }

    @Test
    void aServletInTheProtocolOrTheConfigurationIsReported() {
        assertEquals(
                List.of("io.github.pkceauth.oidc.A may not use jakarta.servlet.http.Cookie: it knows no servlets"),
                violations(reference("io.github.pkceauth.oidc.A", "jakarta.servlet.http.Cookie")));
        assertEquals(
                List.of("io.github.pkceauth.config.A may not use jakarta.servlet.FilterConfig: it knows no servlets"),
                violations(reference("io.github.pkceauth.config.A", "jakarta.servlet.FilterConfig")));
    }

    @Test
    void aPackageThatNobodyPlannedIsReported() {
        assertEquals(
                List.of("io.github.pkceauth.util.A is in a package that has no place in HouseTest.FLOORS"),
                violations(reference("io.github.pkceauth.util.A", "java.lang.String")));
        assertEquals(
                List.of("io.github.pkceauth.oidc.jwt.B is in a package that has no place in HouseTest.FLOORS"),
                violations(reference("io.github.pkceauth.web.A", "io.github.pkceauth.oidc.jwt.B")));
    }

    private static List<String> violations(String references) {
        Set<String> found = new TreeSet<>();
        REFERENCE.matcher(references).results().forEach(line -> check(line, found));
        return List.copyOf(found);
    }

    private static void check(MatchResult line, Set<String> found) {
        String user = line.group(1);
        String used = line.group(2);
        List<String> homeless = Stream.of(user, used)
                .filter(name -> isOurs(name) && !FLOORS.contains(packageOf(name)))
                .map(name -> name + " is in a package that has no place in HouseTest.FLOORS")
                .toList();
        found.addAll(homeless);
        if (homeless.isEmpty() && isOurs(used) && floor(used) < floor(user)) {
            found.add(user + " may not use " + used + ": packages depend downwards only");
        } else if (areNeighbours(packageOf(user), packageOf(used))) {
            found.add(user + " may not use " + used + ": these two packages know nothing of each other");
        }
        if (used.startsWith("jakarta.servlet.") && WITHOUT_SERVLETS.contains(packageOf(user))) {
            found.add(user + " may not use " + used + ": it knows no servlets");
        }
    }

    private static boolean areNeighbours(String one, String other) {
        return !one.equals(other) && NEIGHBOURS.containsAll(List.of(one, other));
    }

    private static boolean isOurs(String className) {
        return className.startsWith(BASE + ".");
    }

    private static int floor(String className) {
        return FLOORS.indexOf(packageOf(className));
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.'));
    }

    private static String reference(String user, String used) {
        return "   " + user + "   -> " + used + "   somewhere\n";
    }

    private static Path mainClasses() throws URISyntaxException {
        return Path.of(PkceAuthFilter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** Reads the classes one by one: as a module they would have to be resolved with all that they require. */
    private static String jdeps(Path classes) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-verbose:class"));
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
                    .sorted()
                    .forEach(arguments::add);
        }
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int status =
                ToolProvider.findFirst("jdeps").orElseThrow().run(writer, writer, arguments.toArray(String[]::new));
        assertEquals(0, status, output::toString);
        return output.toString();
    }
}
