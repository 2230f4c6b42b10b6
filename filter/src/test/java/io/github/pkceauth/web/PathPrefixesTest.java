package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPrefixesTest {

    @ParameterizedTest
    @CsvSource({
        "/css, true",
        "/css/, true",
        "/css/a, true",
        "/css/a/b, true",
        "/cssx, false",
        "/cs, false",
        "/, false",
        "'', false",
        "/x/css, false",
        "/x/css/a, false",
        "/a/b, true",
        "/a/b/c, true",
        "/a, false",
        "/a/bc, false",
        "//css, false",
        "/ümlaut/x, true"
    })
    void aPathIsAmongThemOrContinuesOneBehindASlash(String path, boolean expected) {
        assertEquals(expected, new PathPrefixes(Set.of("/css", "/a/b", "/ümlaut")).contain(path));
    }

    @Test
    void withoutAnyThereIsNone() {
        assertFalse(new PathPrefixes(Set.of()).contain("/css"));
    }

    /** Both have the same hash. */
    @Test
    void pathsAreComparedAndNotTheirHashesAlone() {
        assertEquals("/Aa".hashCode(), "/BB".hashCode());

        assertFalse(new PathPrefixes(Set.of("/Aa")).contain("/BB"));
        assertTrue(new PathPrefixes(Set.of("/Aa", "/BB")).contain("/BB/x"));
        assertTrue(new PathPrefixes(Set.of("/Aa", "/BB")).contain("/Aa/x"));
    }

    @Test
    void eachOfAThousandIsFoundAndNothingElse() {
        Set<String> paths = IntStream.range(0, 1000).mapToObj(i -> "/area" + i).collect(Collectors.toSet());

        PathPrefixes prefixes = new PathPrefixes(paths);

        assertTrue(paths.stream().allMatch(path -> prefixes.contain(path + "/page")));
        assertFalse(prefixes.contain("/area1000/page"));
    }
}
