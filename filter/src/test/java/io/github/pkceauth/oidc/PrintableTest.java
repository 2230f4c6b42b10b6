package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @Test
    void plainTextStaysAsItIs() {
        assertEquals("état 漢字 <b>&'\" 😀 %s {0}", Printable.of("état 漢字 <b>&'\" 😀 %s {0}"));
        assertEquals("", Printable.of(""));
        assertEquals("null", Printable.of(null));
        assertEquals("[a, b]", Printable.of(List.of("a", "b")));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                7,
                '\t',
                '\n',
                '\r',
                0x1B,
                0x7F,
                0x85,
                0x9B, // control
                0xAD,
                0x200B,
                0x200E,
                0x202E,
                0x2066,
                0xFEFF, // format, bidirectional ones among them
                0x2028,
                0x2029, // line and paragraph separators
                0x1D173,
                0xE0001,
                0xE0041 // format, beyond the basic plane
            })
    void whatCouldForgeALogLineOrTurnItAroundIsReplaced(int codePoint) {
        assertEquals("a\uFFFDb", Printable.of("a" + Character.toString(codePoint) + "b"));
    }

    @Test
    void aTextIsCutToWhatALineCanBear() {
        assertEquals("x".repeat(300), Printable.of("x".repeat(300)));
        assertEquals("x".repeat(300) + "…", Printable.of("x".repeat(301)));
        assertEquals("x".repeat(300) + "…", Printable.of("x".repeat(1_000_000)));
    }

    @Test
    void noCharacterIsCutInHalf() {
        String cut = Printable.of("x".repeat(299) + "😀😀");

        assertTrue(cut.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE), cut);
    }
}
