package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The grammar of RFC 7239 section 4, with the examples that it gives. */
class ForwardedElementsTest {

    @Test
    void theExamplesOfTheSpecificationAreRead() throws Exception {
        assertEquals(List.of(Map.of("for", "_gazonk")), read("for=\"_gazonk\""));
        assertEquals(List.of(Map.of("for", "[2001:db8:cafe::17]:4711")), read("For=\"[2001:db8:cafe::17]:4711\""));
        assertEquals(
                List.of(Map.of("for", "192.0.2.60", "proto", "http", "by", "203.0.113.43")),
                read("for=192.0.2.60;proto=http;by=203.0.113.43"));
        assertEquals(
                List.of(Map.of("for", "192.0.2.43"), Map.of("for", "198.51.100.17")),
                read("for=192.0.2.43, for=198.51.100.17"));
        assertEquals(
                List.of(Map.of("for", "192.0.2.43"), Map.of("for", "[2001:db8:cafe::17]")),
                read("for=192.0.2.43,for=\"[2001:db8:cafe::17]\""));
        assertEquals(
                List.of(Map.of("for", "_hidden"), Map.of("for", "_SEVKISEK"), Map.of("for", "unknown")),
                read("for=_hidden, for=_SEVKISEK, for=unknown"));
        assertEquals(
                List.of(Map.of("for", "192.0.2.43", "by", "203.0.113.60", "proto", "http", "host", "example.com")),
                read("for=192.0.2.43;by=203.0.113.60;proto=http;host=example.com"));
    }

    @Test
    void namesHaveNoCaseAndUnknownOnesAreKept() throws Exception {
        assertEquals(List.of(Map.of("proto", "HTTPS", "secret", "a b")), read("PROTO=HTTPS;Secret=\"a b\""));
    }

    @Test
    void withinQuotesSeparatorsAreText() throws Exception {
        assertEquals(
                List.of(Map.of("host", "a,b;c=d\"e\\f", "proto", "https")),
                read("host=\"a,b;c=d\\\"e\\\\f\";proto=https"));
    }

    @Test
    void anEmptyElementSaysNothing() throws Exception {
        assertEquals(List.of(Map.of()), read(""));
        assertEquals(List.of(Map.of("a", "b"), Map.of()), read("a=b,"));
        assertEquals(List.of(Map.of(), Map.of("a", "b")), read(" , a=b"));
        assertEquals(List.of(Map.of("a", "b")), read(";;a=b;"));
    }

    @Test
    void blanksAroundSeparatorsDoNotCount() throws Exception {
        assertEquals(
                List.of(Map.of("for", "192.0.2.1", "proto", "https"), Map.of("for", "_a")),
                read(" for=192.0.2.1 ; proto=https\t,\t for=_a "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for",
                "for=",
                "=a",
                "for=;proto=https",
                "for =a",
                "for= a",
                "for=a b",
                "for=192.0.2.1:80",
                "for=[2001:db8::1]",
                "host=a/b",
                "host=user@a",
                "host=\"a",
                "host=\"a\\",
                "host=\"a\"b",
                "host=\"\"",
                "host=a\"b\"",
                "for=a;for=b",
                "for=a;FOR=a",
                "host=\"a\rb\"",
                "host=\"a\nb\"",
                "host=\"a\\\nb\"",
                "host=\"a\u007fb\"",
                "host=a\u0000",
                "f\u00f6r=a",
                "\"for\"=a",
                "https",
                "{}"
            })
    void everythingElseIsUnreadable(String line) {
        assertThrows(BadForwarding.class, () -> read(line));
    }

    @Test
    void theMessageNamesTheFaultAndIsFitForALog() {
        BadForwarding fault = assertThrows(BadForwarding.class, () -> read("host=\"a\nb"));

        assertEquals("the header Forwarded is not as RFC 7239 has it: 'host=\"a\uFFFDb'", fault.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.43, true",
        "192.0.2.43:47011, true",
        "192.0.2.43:_port, true",
        "[2001:db8::1], true",
        "[2001:db8::1]:4711, true",
        "unknown, false",
        "Unknown:80, false",
        "_hidden, false",
        "_hid.den-1:_x, false"
    })
    void aNodeTellsAnAddressOrHidesIt(String node, boolean told) throws Exception {
        assertEquals(told, ForwardedNode.parse(node).address().isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "_",
                "hidden",
                "proxy.example.com",
                "192.0.2.256",
                "192.0.2.43:",
                "192.0.2.43:123456",
                "192.0.2.43:port",
                "[192.0.2.43]",
                "2001:db8::1",
                "[2001:db8::1",
                "[2001:db8::1]x",
                "[::g]",
                "[fe80::1%eth0]",
                "unknown2",
                "127.0.0.1 ",
                "127.0.0.1\n"
            })
    void whatIsNoNodeIsUnreadable(String node) {
        assertThrows(BadForwarding.class, () -> ForwardedNode.parse(node));
    }

    private static List<Map<String, String>> read(String line) throws BadForwarding {
        return ForwardedElements.of(line);
    }
}
