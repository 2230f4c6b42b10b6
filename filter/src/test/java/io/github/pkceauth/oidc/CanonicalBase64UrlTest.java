package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.util.Base64URL;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalBase64UrlTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "AA", "AAA", "AAAA", "_w", "__8", "_-09azAZ"})
    void theOneWayToWriteSomethingIsTold(String text) {
        assertTrue(CanonicalBase64Url.is(text, 0, text.length()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"A", "AAAAA", "AB", "AAB", "AA==", "AAA=", "A+", "A/", "A A", "AA\n", "ÀA", "A.A", "@A", "[A"})
    void anyOtherWayIsRefused(String text) {
        assertFalse(CanonicalBase64Url.is(text, 0, text.length()));
    }

    @Test
    void onlyTheAskedPartIsLookedAt() {
        assertTrue(CanonicalBase64Url.is("..AA..", 2, 4));
        assertFalse(CanonicalBase64Url.is("..AA..", 2, 5));
    }

    @Test
    void itIsWhatComesOutAgainWhenItIsReadAndWritten() {
        Random random = new Random(7);
        String characters = "ABCDwxyz0189-_-_AAAA=+/. ";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder made = new StringBuilder();
            for (int length = random.nextInt(10); length > 0; length--) {
                made.append(characters.charAt(random.nextInt(i % 2 == 0 ? 20 : characters.length())));
            }
            String text = made.toString();
            boolean same =
                    Base64URL.encode(new Base64URL(text).decode()).toString().equals(text);
            assertEquals(same, CanonicalBase64Url.is(text, 0, text.length()), text);
        }
    }
}
