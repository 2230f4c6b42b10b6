package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/providers.md has its readers copy. */
class ProvidersGuideTest {

    private static final Path GUIDE = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .normalize()
            .resolveSibling("docs")
            .resolve("providers.md");

    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern BLOCK = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);

    /** The settings for one provider. */
    private record Settings(String provider, List<String> lines) {
        @Override
        public String toString() {
            return provider;
        }
    }

    private static Stream<Settings> blocks() throws IOException {
        String guide = Files.readString(GUIDE);
        return BLOCK
                .matcher(guide)
                .results()
                .map(block -> new Settings(
                        headingBefore(guide, block.start()),
                        block.group(1).lines().toList()))
                .toList()
                .stream();
    }

    private static String headingBefore(String guide, int position) {
        Matcher heading = HEADING.matcher(guide.substring(0, position));
        String last = "";
        while (heading.find()) {
            last = heading.group(1);
        }
        return last;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void settingsThatAreCopiedAreAConfigurationWithoutAMistake(Settings settings) throws Exception {
        DeploymentBuilder deployment = DeploymentBuilder.empty();
        for (String line : settings.lines()) {
            String[] parts = line.split("=", 2);
            deployment.environment(parts[0], parts[1]);
        }

        // That of several nodes is the reader's matter, and the guide says so.
        assertEquals(
                List.of(),
                deployment.read().warnings().stream()
                        .filter(warning -> !warning.contains("sharedCache"))
                        .toList());
    }

    @Test
    void everyProviderOfTheTableHasItsSection() throws IOException {
        String guide = Files.readString(GUIDE);
        List<String> named = Pattern.compile("(?m)^\\| \\[([^]]+)]\\(#([^)]+)\\)")
                .matcher(guide)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        List<String> sections = HEADING.matcher(guide)
                .results()
                .map(heading -> heading.group(1) + " "
                        + heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();
        assertTrue(named.size() > 10, named::toString);
        assertEquals(
                named.stream().sorted().toList(), sections.stream().sorted().toList());
    }
}
