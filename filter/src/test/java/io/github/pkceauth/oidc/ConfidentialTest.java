package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidentialTest {

    @ParameterizedTest
    @ValueSource(strings = {"a:b+c d/e", "a%3Ab%2Bc+d%2Fe", "a%3Ab%2Bc%20d%2Fe", "a%3ab%2bc+d%2fe", "A:B+C D/E"})
    void aSecretIsHiddenInEverySpellingThatItIsSentIn(String quoted) {
        Confidential sent = new Confidential(List.of("a:b+c d/e"));

        assertEquals("bad '[hidden]', I say: [hidden]", sent.hiddenIn("bad '" + quoted + "', I say: " + quoted));
    }

    @Test
    void aSecretThatIsAPartOfAnotherLeavesNoRestOfIt() {
        Confidential sent = new Confidential(List.of("abc", "xabcy"));

        assertEquals("[hidden] [hidden]", sent.hiddenIn("xabcy abc"));
    }

    @Test
    void signsThatMeanSomethingInPatternsMeanNothingHere() {
        Confidential sent = new Confidential(List.of("$1.*\\E(", ""));

        assertEquals("a[hidden]b", sent.hiddenIn("a$1.*\\E(b"));
    }

    @Test
    void itIsNotPrintedItself() {
        assertEquals("Confidential[hidden]", new Confidential(List.of("secret")).toString());
    }
}
