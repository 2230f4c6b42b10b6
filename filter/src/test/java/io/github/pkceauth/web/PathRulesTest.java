package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.config.PathRule;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathRulesTest {

    private static final PathRules<String> RULES =
            rules("/", "/admin", "/admin/*", "/admin/help", "/admin/help/*", "/a/b/*", "/files/", "*.pdf");

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/admin, /admin",
        "/admin/x, /admin/*",
        "/admin/x/y.html, /admin/*",
        "/admin/help, /admin/help",
        "/admin/help/me, /admin/help/*",
        "/admin/helpless, /admin/*",
        "/a/b, /a/b/*",
        "/a/b/c/d, /a/b/*",
        "/x.pdf, *.pdf",
        "/x/y.pdf, *.pdf",
        "/.pdf, *.pdf",
        "/admin/x.pdf, /admin/*",
    })
    void anExactPatternGoesBeforeTheLongestPrefixAndThatBeforeAnExtension(String path, String pattern) {
        assertEquals(pattern, RULES.of(path));
    }

    /** A JAX-RS resource, for one, answers at both addresses. */
    @ParameterizedTest
    @CsvSource({"/admin/, /admin", "/files, /files/", "/files/, /files/", "/x.pdf/, *.pdf", "/admin/help/, /admin/help"
    })
    void aFinalSlashMakesNoDifference(String path, String pattern) {
        assertEquals(pattern, RULES.of(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/adminx", "/Admin", "/a", "/a/bc", "/x/admin", "/files/x", "/x.PDF", "/pdf", "/x.pdf/y"})
    void otherPathsHaveNoRule(String path) {
        assertNull(RULES.of(path));
    }

    @Test
    void aRuleForEverythingIsTheLastOfThePrefixes() {
        PathRules<String> rules = rules("/*", "/public/*", "*.pdf");

        assertEquals("/*", rules.of("/"));
        assertEquals("/*", rules.of(""));
        assertEquals("/*", rules.of("/x/y.pdf"));
        assertEquals("/public/*", rules.of("/public"));
        assertEquals("/public/*", rules.of("/public/x"));
    }

    @Test
    void withoutRulesThereIsNone() {
        PathRules<String> none = rules();

        assertTrue(none.isEmpty());
        assertNull(none.of("/admin"));
        assertFalse(RULES.isEmpty());
    }

    /** Of a hundred thousand rules each is found at once, and a path without one as fast. */
    @Test
    void whatALookUpCostsDoesNotGrowWithTheRules() {
        String[] patterns = IntStream.range(0, 100_000)
                .boxed()
                .flatMap(i -> Stream.of("/exact-" + i, "/prefix-" + i + "/*", "*.ext-" + i))
                .toArray(String[]::new);
        PathRules<String> rules = rules(patterns);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 100_000; i++) {
                assertEquals("/exact-" + i, rules.of("/exact-" + i));
                assertEquals("/prefix-" + i + "/*", rules.of("/prefix-" + i + "/page"));
                assertEquals("*.ext-" + i, rules.of("/page.ext-" + i));
                assertNull(rules.of("/none/" + i));
            }
        });
    }

    /** Everybody can send such a path; with each prefix looked up, these would take hours. */
    @Test
    void aPathOfAnyNumberOfStepsIsLookedUpAtOnce() {
        String path = "/a".repeat(500_000);

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 100; i++) {
                assertNull(RULES.of(path + i));
            }
        });
    }

    private static PathRules<String> rules(String... patterns) {
        return new PathRules<>(Stream.of(patterns)
                .map(pattern -> new PathRule<>(pattern, pattern))
                .toList());
    }
}
