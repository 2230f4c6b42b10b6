package io.github.pkceauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.config.Param;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The parts of the README that are made from the code. When one of them has drifted, this writes it anew:
 *
 * <pre>mvn -pl filter test -Dtest=ReadmeTest -Dreadme.write</pre>
 */
class ReadmeTest {
    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    private static final Path README = MODULE.toAbsolutePath().normalize().resolveSibling("README.md");
    private static final Path TESTS = MODULE.resolve("src/test");
    private static final boolean WRITES = System.getProperty("readme.write") != null;
    private static final String FENCE = "```";

    @Test
    void theParametersAreThoseOfTheTable() throws IOException {
        String rows = Arrays.stream(Param.values())
                .map(param -> row("`" + param.parameter() + "`", param.standard(), param.meaning()))
                .collect(Collectors.joining());

        check(
                "<!-- parameters -->\n",
                "<!-- /parameters -->",
                row("Parameter", "Default", "Meaning") + row("---", "---", "---") + rows);
    }

    @Test
    void theErrorCodesAreThoseOfTheClosedSet() throws IOException {
        String rows = Arrays.stream(Reason.values())
                .map(reason -> row(
                        "`" + reason.code() + "`",
                        String.valueOf(reason.status()),
                        reason.explanation(),
                        reason.specification()))
                .collect(Collectors.joining());

        check(
                "<!-- errors -->\n",
                "<!-- /errors -->",
                row("Code", "Status", "What the user is told", "Follows") + row("---", "---", "---", "---") + rows);
    }

    @Test
    void theWebXmlIsTheOneThatIsDeployedInTests() throws IOException {
        check(
                "<!-- snippet: web.xml -->\n" + FENCE + "xml\n",
                FENCE,
                Files.readString(TESTS.resolve("resources/snippets/web.xml")));
    }

    @Test
    void theEmbeddedJettyIsTheOneThatIsRunInTests() throws IOException {
        String source = Files.readString(TESTS.resolve("java/io/github/pkceauth/EmbeddedJettySnippet.java"));
        String snippet = between(source, "// snippet:begin\n", "    // snippet:end");

        check(
                "<!-- snippet: embedded Jetty -->\n" + FENCE + "java\n",
                FENCE,
                snippet.stripTrailing().stripIndent() + "\n");
    }

    private static String row(String... cells) {
        return Stream.of(cells).map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Compares what stands in the README between two marks, or writes it. */
    private static void check(String begin, String end, String made) throws IOException {
        String readme = Files.readString(README);
        String found = between(readme, begin, end);
        if (WRITES) {
            Files.writeString(README, readme.replace(begin + found + end, begin + made + end));
        } else {
            assertEquals(made, found, "README.md has drifted; write it with -Dreadme.write, see ReadmeTest");
        }
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        assertTrue(text.contains(begin) && to >= from, () -> "no " + begin + "…" + end);
        return text.substring(from, to);
    }
}
