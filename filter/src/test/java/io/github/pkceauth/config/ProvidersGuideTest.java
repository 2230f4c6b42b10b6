package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of docs/providers.md; what its readers copy is tried with the recipes. */
class ProvidersGuideTest {

    private static final Path GUIDE = Path.of(System.getProperty("basedir", ""))
            .toAbsolutePath()
            .normalize()
            .resolveSibling("docs")
            .resolve("providers.md");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[([^]]+)]\\(#([^)]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");

    @Test
    void everyProviderOfTheTableHasItsSection() throws IOException {
        String guide = Files.readString(GUIDE);
        List<String> named = ROW.matcher(guide)
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        List<String> sections = HEADING.matcher(guide)
                .results()
                .map(heading -> heading.group(1) + " "
                        + heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
                .toList();

        assertFalse(named.isEmpty());
        assertEquals(
                named.stream().sorted().toList(), sections.stream().sorted().toList());
    }
}
