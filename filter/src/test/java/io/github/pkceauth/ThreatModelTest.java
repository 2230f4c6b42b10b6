package io.github.pkceauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the promises of {@code SECURITY.md} to the tests that it names. */
class ThreatModelTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final Pattern RULES = Pattern.compile("\\bR(\\d+)(?: to R(\\d+))?\\b");

    @Test
    void everyTestThatItNamesIsThere() throws Exception {
        List<MatchResult> named = TEST.matcher(text()).results().toList();
        Set<String> missing = new TreeSet<>();
        for (MatchResult test : named) {
            if (!isThere(test.group(1), test.group(2))) {
                missing.add(test.group());
            }
        }
        assertFalse(named.isEmpty());
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyRuleThatItNamesIsOne() throws Exception {
        Set<Integer> named = new TreeSet<>();
        for (MatchResult rules : RULES.matcher(text()).results().toList()) {
            named.add(Integer.valueOf(rules.group(1)));
            named.add(Integer.valueOf(rules.group(2) == null ? rules.group(1) : rules.group(2)));
        }
        assertFalse(named.isEmpty());
        named.removeAll(RulesTest.all());
        assertEquals(Set.of(), named);
    }

    private static String text() throws IOException {
        return Files.readString(Path.of("..", "SECURITY.md"));
    }

    private static boolean isThere(String type, String method) throws IOException, ClassNotFoundException {
        Path classes = Path.of("target", "test-classes");
        try (Stream<Path> walk = Files.walk(classes)) {
            Path file = walk.filter(each -> each.endsWith(type + ".class"))
                    .findFirst()
                    .orElse(null);
            if (file == null) {
                return false;
            }
            String name = classes.relativize(file).toString().replaceAll("\\.class$", "");
            Class<?> found = Class.forName(name.replace(file.getFileSystem().getSeparator(), "."));
            return Stream.of(found.getDeclaredMethods())
                    .anyMatch(each -> each.getName().equals(method));
        }
    }
}
