package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/access.md has its readers copy. */
class AccessGuideTest {

    private static final Guide GUIDE = new Guide("access.md");

    private static Stream<List<String>> blocks() throws IOException {
        return GUIDE.settings();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void settingsThatAreCopiedAreAConfigurationWithoutAMistake(List<String> lines) throws Exception {
        DeploymentBuilder deployment = DeploymentBuilder.minimal();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            deployment.initParam(parts[0], parts[1]);
        }

        assertEquals(List.of(), deployment.read().warnings());
    }

    @Test
    void everyParameterOfThePageIsSetInOneOfThem() throws IOException {
        Set<String> set = new HashSet<>();
        blocks().forEach(lines -> lines.forEach(line -> set.add(line.split("=", 2)[0])));

        assertTrue(
                set.containsAll(
                        List.of("publicPaths", "roleRules", "stepUp", "acrValues", "maxAge", "prompt", "rolesClaim")),
                set::toString);
    }
}
