package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {

    private static final List<String> NAMES = List.of("issuer", "clientId", "clientSecret");

    @Test
    void theNearestNameIsAskedFor() {
        assertEquals("; did you mean issuer?", Suggestion.of("isseur", NAMES));
        assertEquals("; did you mean clientId?", Suggestion.of("clientID", NAMES));
        assertEquals("; did you mean clientSecret?", Suggestion.of("client-secret", NAMES));
    }

    @Test
    void aShortNameMayHaveTwoWrongLetters() {
        assertEquals("; did you mean ab?", Suggestion.of("xy", List.of("ab")));
        assertEquals("", Suggestion.of("xyz", List.of("ab", "abcd")));
    }

    @Test
    void aNameThatIsFarFromAllIsNotGuessed() {
        assertEquals("", Suggestion.of("wholly-different", NAMES));
        assertEquals("", Suggestion.of("anything", List.of()));
    }
}
