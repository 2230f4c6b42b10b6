package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds {@code docs/doctor.md} and the tests to the closed set of findings. When the table there has drifted, this
 * writes it anew:
 *
 * <pre>mvn -pl filter test -Dtest=CodesTest -Ddocs.write</pre>
 */
class CodesTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "doctor.md");
    private static final String BEGIN = "<!-- findings -->\n";
    private static final String END = "<!-- /findings -->";

    /** What only another process can meet is tested there. */
    private static final List<Path> TESTS = List.of(
            Path.of("src/test/java/io/github/pkceauth/doctor"),
            Path.of("src/test/java/io/github/pkceauth/DoctorTest.java"));

    @Test
    void theDocumentHasEveryFinding() throws IOException {
        String rows = Arrays.stream(Code.values())
                .map(code -> "| `" + code.code() + "` | " + code.level().word() + " | " + code.meaning() + " |\n")
                .collect(Collectors.joining());
        String made = "| Code | Level | What it means |\n| --- | --- | --- |\n" + rows;
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf(BEGIN) + BEGIN.length();
        int to = document.indexOf(END);
        assertTrue(document.contains(BEGIN) && to >= from, () -> "no " + BEGIN + END);
        String found = document.substring(from, to);
        if (System.getProperty("docs.write") == null) {
            assertEquals(made, found, "docs/doctor.md has drifted; write it with -Ddocs.write, see CodesTest");
        } else {
            Files.writeString(DOCUMENT, document.replace(BEGIN + found + END, BEGIN + made + END));
        }
    }

    @Test
    void everyFindingHasATest() throws IOException {
        StringBuilder tests = new StringBuilder();
        for (Path place : TESTS) {
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    tests.append(Files.readString(file));
                }
            }
        }

        assertEquals(
                List.of(),
                Arrays.stream(Code.values())
                        .filter(code -> tests.indexOf("Code." + code.name() + ")") < 0
                                && tests.indexOf("Code." + code.name() + ",") < 0
                                && tests.indexOf("Code." + code.name() + ".") < 0
                                && tests.indexOf("\"" + code.code() + "\"") < 0)
                        .toList());
    }
}
