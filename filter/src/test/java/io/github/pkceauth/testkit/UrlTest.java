package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
    private static final Url PAGE = Url.parse("http://localhost:8080/a/b?c=d#e");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "///evil.example",
                "/\\evil.example",
                "\\\\evil.example",
                "/\t/evil.example",
                "/\n\\evil.example",
                " //evil.example",
                "https:evil.example",
                "http:\\\\evil.example",
                "https:/evil.example",
                "//localhost@evil.example",
                "\u0000//evil.example",
                "hT\ttp://evil.example",
                "//evil.example\\@localhost"
            })
    void browsersLeaveTheSite(String reference) {
        assertEquals("evil.example", PAGE.resolve(reference).host());
    }

    @ParameterizedTest
    @CsvSource({
        "/x, http://localhost:8080/x",
        "x, http://localhost:8080/a/x",
        "../x, http://localhost:8080/x",
        "/a/%2E%2e/x, http://localhost:8080/x",
        "/x/.., http://localhost:8080/",
        "?q, http://localhost:8080/a/b?q",
        "'', http://localhost:8080/a/b?c=d",
        "http:x, http://localhost:8080/a/x",
        "/x?y=//z, http://localhost:8080/x?y=//z",
        "javascript:alert(1), javascript:alert(1)",
        "https://other:443/, https://other/",
    })
    void referencesAreResolvedAsInBrowsers(String reference, String resolved) {
        assertEquals(resolved, PAGE.resolve(reference).toString());
    }

    @Test
    void targetsAreKeptAsTheyAre() {
        Url odd = Url.parse("http://localhost:8080//evil.example/a%2fb/../;x?q=\\");
        assertEquals("//evil.example/a%2fb/../;x?q=\\", odd.target());
        assertEquals("http://localhost:8080", odd.origin());
    }
}
