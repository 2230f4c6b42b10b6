package io.github.pkceauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the rules' tests to their places, and {@code docs/rules.md} to the tests there are; {@code
 * -Ddocs.write} rewrites it instead.
 */
class RulesTest {

    /** Whoever looks for the test of a rule has one place to look: the class of the rule's section. */
    private static final Map<String, Set<Integer>> SECTIONS = Map.of(
            "RequestRulesTest", numbers("1-15"),
            "CallbackRulesTest", numbers("16-32"),
            "TokenEndpointRulesTest", numbers("33-43"),
            "IdTokenRulesTest", numbers("44-60"),
            "MetadataAndUserinfoRulesTest", numbers("61-73"),
            "RedirectSessionAndLogoutRulesTest", numbers("74-80 91"),
            "BackChannelRulesTest", numbers("81-90"),
            "SignedRequestRulesTest", numbers("92-103"),
            "BoundTokenRulesTest", numbers("104-121"));

    private static final String ALL = "1-121";

    private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");
    private static final Pattern ROW = Pattern.compile("(\\| R(\\d+) \\| .+ \\| .+ \\| ).* \\|");
    private static final Pattern TEST = Pattern.compile("R(\\d+)_\\w+");

    /** A test that names a rule, and the class that it stands in. */
    private record RuleTest(int rule, String type, String method) {
        boolean isMisplaced() {
            return !SECTIONS.getOrDefault(type, Set.of()).contains(rule);
        }

        String complaint() {
            return type + "." + method + " belongs into " + sectionOf(rule);
        }

        private static String sectionOf(int rule) {
            return SECTIONS.entrySet().stream()
                    .filter(section -> section.getValue().contains(rule))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("no section: there is no rule of that number");
        }

        @Override
        public String toString() {
            return "`" + type + "." + method + "`";
        }
    }

    @Test
    void eachRulesTestsStandInTheClassOfItsSection() throws Exception {
        List<String> misplaced = ruleTests().stream()
                .filter(RuleTest::isMisplaced)
                .map(RuleTest::complaint)
                .sorted()
                .toList();

        assertEquals(List.of(), misplaced);
    }

    @Test
    void eachRuleBelongsToOneSection() {
        List<Integer> rules =
                SECTIONS.values().stream().flatMap(Set::stream).sorted().toList();

        assertEquals(List.copyOf(numbers(ALL)), rules);
    }

    @Test
    void theDocumentNamesTheTestsOfEachRule() throws Exception {
        Map<Integer, Set<String>> tests = testsByRule();
        List<String> expected = Files.readAllLines(DOCUMENT).stream()
                .map(line -> withTests(line, tests))
                .toList();
        if (System.getProperty("docs.write") != null) {
            Files.write(DOCUMENT, expected);
        }
        assertEquals(
                String.join("\n", expected),
                Files.readString(DOCUMENT).stripTrailing(),
                "see the document's first lines");
    }

    @Test
    void everyRuleHasATestAndNoOther() throws Exception {
        assertEquals(numbers(ALL), testsByRule().keySet());
    }

    @Test
    void theDocumentHasEveryRule() throws Exception {
        Set<Integer> rows = Files.readAllLines(DOCUMENT).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> Integer.valueOf(row.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(numbers(ALL), rows);
    }

    /** The numbers of all rules. */
    static Set<Integer> all() {
        return numbers(ALL);
    }

    private static String withTests(String line, Map<Integer, Set<String>> tests) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            return line;
        }
        Set<String> ofRule = tests.getOrDefault(Integer.valueOf(row.group(2)), Set.of());
        return row.group(1) + (ofRule.isEmpty() ? "not yet" : String.join("<br>", ofRule)) + " |";
    }

    /** The tests by rule number. */
    private static Map<Integer, Set<String>> testsByRule() throws IOException, ClassNotFoundException {
        return ruleTests().stream()
                .collect(Collectors.groupingBy(
                        RuleTest::rule,
                        TreeMap::new,
                        Collectors.mapping(RuleTest::toString, Collectors.toCollection(TreeSet::new))));
    }

    /** Out of all compiled test classes, nested ones and helpers included. */
    private static List<RuleTest> ruleTests() throws IOException, ClassNotFoundException {
        Path classes = Path.of("target", "test-classes");
        List<RuleTest> tests = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("package-info.class"))
                    .toList();
        }
        assertTrue(files.size() > 1, "no test classes found in " + classes.toAbsolutePath());
        for (Path file : files) {
            String name = classes.relativize(file)
                    .toString()
                    .replace(".class", "")
                    .replace(file.getFileSystem().getSeparator(), ".");
            Class<?> type = Class.forName(name, false, RulesTest.class.getClassLoader());
            for (Method method : type.getDeclaredMethods()) {
                Matcher test = TEST.matcher(method.getName());
                if (test.matches()) {
                    tests.add(new RuleTest(Integer.parseInt(test.group(1)), type.getSimpleName(), method.getName()));
                }
            }
        }
        return tests;
    }

    private static Set<Integer> numbers(String ranges) {
        Set<Integer> numbers = new TreeSet<>();
        for (String range : ranges.split(" ", -1)) {
            String[] ends = range.split("-", -1);
            IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                    .forEach(numbers::add);
        }
        return numbers;
    }
}
