package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentFormTest {

    @Test
    void fieldsAreReadInOrderAndAsOftenAsTheyWereSent() {
        assertEquals(
                List.of(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("a", "3"), Map.entry("a", "1")),
                fields("a=1&b=2&a=3&a=1").entries());
    }

    @ParameterizedTest
    @CsvSource({
        "a=b, a, b",
        "a=, a, ''",
        "a, a, ''",
        "=b, '', b",
        "a=b=c, a, b=c",
        "a+b=c+d, a b, c d",
        "a%20b=%2B%26%3d%3D, a b, +&==",
        "a=%C3%A4%F0%9F%98%80, a, ä😀",
        "a=%0D%0A, a, '\r\n'"
    })
    void aFieldIsReadAsBrowsersWriteIt(String body, String name, String value) {
        assertEquals(List.of(Map.entry(name, value)), fields(body).entries());
    }

    @Test
    void whatIsUtf8IsSentAsUtf8() {
        assertEquals(StandardCharsets.UTF_8, fields("a=%C3%A4").charset());
    }

    /** Which encoding it was does not matter, as long as the same bytes are sent again. */
    @Test
    void whatIsNoUtf8IsSentByteForByteAllTheSame() {
        SentForm.Fields fields = fields("a=%E4%F6&b=plain");

        assertEquals("windows-1252", fields.charset().name());
        assertEquals(
                List.of((byte) 0xE4, (byte) 0xF6),
                List.of(
                        fields.entries().get(0).getValue().getBytes(fields.charset())[0],
                        fields.entries().get(0).getValue().getBytes(fields.charset())[1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%4", "a=%zz", "a=%-1", "%=b", "a=%E4%81", "a=%00", "a=%E4%F6%00"})
    void whatCouldNotBeSentAgainIsRefused(String body) {
        assertThrows(IllegalArgumentException.class, () -> fields(body));
    }

    @Test
    void aFormOfWhichNothingIsKeptHasNoFields() {
        assertEquals(List.of(), SentForm.lost("/page", TestClock.START).fields().entries());
    }

    @Test
    void anEmptyFormHasNoFields() {
        assertEquals(List.of(), fields("").entries());
    }

    private static SentForm.Fields fields(String body) {
        return SentForm.kept("/save", body, TestClock.START).fields();
    }
}
