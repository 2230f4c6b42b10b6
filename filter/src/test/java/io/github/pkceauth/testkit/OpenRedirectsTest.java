package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenRedirectsTest {
    private static final Pattern PLAIN = Pattern.compile("/[\\x21-\\x7e]*");
    private static final Pattern BAD_PATH =
            Pattern.compile("//|\\\\|%2f|%5c|%[01].|%7f|/\\.\\.?(/|$)", Pattern.CASE_INSENSITIVE);

    /** The rule that the head of the file states. */
    private static boolean isPlainPath(String address) {
        String path = address.split("[?#]", 2)[0];
        return PLAIN.matcher(address).matches() && !BAD_PATH.matcher(path).find();
    }

    @Test
    void thereAreManyAndNoneTwice() {
        List<String> all = OpenRedirects.all().toList();
        assertTrue(all.size() >= 230, "only " + all.size());
        assertEquals(all.size(), new HashSet<>(all).size());
    }

    @Test
    void noneIsPlainPathOfTheSite() {
        assertEquals(
                List.of(),
                OpenRedirects.all().filter(OpenRedirectsTest::isPlainPath).toList());
    }

    @Test
    void ruleLetsOrdinaryAddressesThrough() {
        for (String good : List.of("/", "/me", "/me?x=//evil.example&y=%0d", "/a/b.c;d=e/@f", "/..a")) {
            assertTrue(isPlainPath(good), good);
        }
        assertFalse(isPlainPath("me"));
    }

    @Test
    void escapesAreDecoded() {
        assertEquals("/\t\r\n\\\uFF0F\u0000u", OpenRedirects.unescape("/\\t\\r\\n\\\\\\uFF0F\\u0000u"));
        assertEquals("\\t", OpenRedirects.unescape("\\\\t"));
    }
}
