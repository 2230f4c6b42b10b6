package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/high-assurance.md has its readers copy, and the names that it uses. */
class HighAssuranceGuideTest {

    private static final Guide GUIDE = new Guide("high-assurance.md");

    /** The first column of the table of log lines: a code, and what stands behind it. */
    private static final Pattern LOGGED = Pattern.compile("(?m)^\\| `([a-z_]+)[^`]*` \\|");

    private static Stream<List<String>> blocks() throws IOException {
        return GUIDE.settings();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void settingsThatAreCopiedAreAConfigurationWithoutAMistake(List<String> lines, @TempDir Path folder)
            throws Exception {
        Path key = Files.writeString(folder.resolve("client-key.pem"), ClientJwk.pem(TestKeys.p256()));
        DeploymentBuilder deployment = DeploymentBuilder.minimal();
        for (String line : lines) {
            String[] parts = line.split("=", 2);
            deployment.initParam(parts[0], parts[0].equals("clientKeyFile") ? key.toString() : parts[1]);
        }

        assertEquals(List.of(), deployment.read().warnings());
    }

    @Test
    void theErrorCodesOfItsTableAreErrorCodes() throws IOException {
        List<String> codes = LOGGED.matcher(GUIDE.text())
                .results()
                .map(MatchResult::group)
                .map(row -> row.replaceFirst("(?s)^\\| `([a-z_]+).*", "$1"))
                .filter(code -> code.contains("_") && !code.endsWith("_jwt") && !code.contains("tls"))
                .toList();

        assertTrue(codes.size() >= 5, codes::toString);
        for (String code : codes) {
            AuthFailure.Reason.valueOf(code.toUpperCase(Locale.ROOT));
        }
    }
}
