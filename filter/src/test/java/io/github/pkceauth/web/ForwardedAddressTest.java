package io.github.pkceauth.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies may say, part by part. */
class ForwardedAddressTest {

    @Test
    void whatIsNotSaidStaysOpen() throws Exception {
        assertEquals(ForwardedAddress.NOTHING, ForwardedAddress.parse(null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({"https, https", "HTTPS, https", "http, http"})
    void theSchemeIsHttpsOrHttp(String said, String scheme) throws Exception {
        assertEquals(scheme, ForwardedAddress.parse(said, null, null, null).scheme());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wss", "ftp", "javascript", "https:", "https ", " https", "http\u017f", "https\n"})
    void anotherSchemeIsRefused(String scheme) {
        assertThrows(BadForwarding.class, () -> ForwardedAddress.parse(scheme, null, null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, www.example.com, -1",
        "www.example.com:8443, www.example.com, 8443",
        "WWW.Example.com:1, WWW.Example.com, 1",
        "localhost:65535, localhost, 65535",
        "192.0.2.1:80, 192.0.2.1, 80",
        "[2001:db8::1], [2001:db8::1], -1",
        "[2001:db8::1]:8443, [2001:db8::1], 8443",
        "xn--bcher-kva.example, xn--bcher-kva.example, -1"
    })
    void theHostMayHaveAPort(String said, String host, int port) throws Exception {
        ForwardedAddress address = ForwardedAddress.parse(null, said, null, null);

        assertEquals(host, address.host());
        assertEquals(port, address.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":443",
                "evil.example/",
                "evil.example/x",
                "evil@www.example.com",
                "www.example.com@evil.example",
                "www.example.com:",
                "www.example.com:0",
                "www.example.com:65536",
                "www.example.com:99999",
                "www.example.com:443x",
                "www.example.com:44:3",
                "www.example.com#",
                "www.example.com?a",
                "www.example.com\\evil.example",
                "www.example .com",
                "www.example.com ",
                "www.example.com\r\nSet-Cookie: a=b",
                "www.example.com\n",
                "www.ex\u00e4mple.com",
                "www.example.com\u3002evil.example",
                "%77ww.example.com",
                "a..example",
                ".example",
                "-a.example-",
                "a_b.example",
                "1.2.3",
                "1.2.3.256",
                "2001:db8::1",
                "[2001:db8::1",
                "[2001:db8::g]",
                "[2001:db8::1]x",
                "[192.0.2.1]",
                "[fe80::1%25eth0]",
                "[]",
                "https://www.example.com",
                "//www.example.com"
            })
    void aHostThatNoAddressCanHaveIsRefused(String host) {
        assertThrows(BadForwarding.class, () -> ForwardedAddress.parse(null, host, null, null));
    }

    @Test
    void thePortOfTheHostWinsOverTheOneApart() throws Exception {
        assertEquals(
                8443,
                ForwardedAddress.parse(null, "a.example:8443", "9443", null).port());
        assertEquals(
                9443, ForwardedAddress.parse(null, "a.example", "9443", null).port());
        assertEquals(9443, ForwardedAddress.parse(null, null, "9443", null).port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "65536", "-1", "+1", "1 ", "0x1", "443,443", "\u0664\u0664\u0663", "000000443"})
    void aPortThatIsNoneIsRefused(String port) {
        assertThrows(BadForwarding.class, () -> ForwardedAddress.parse(null, "a.example:8443", port, null));
    }

    @ParameterizedTest
    @CsvSource({"/, ''", "/shop, /shop", "/shop/, /shop", "/a/b.c/~d/e-f_1, /a/b.c/~d/e-f_1", "/..., /...", "/.a, /.a"})
    void thePrefixIsAPathWithoutItsFinalSlash(String said, String prefix) throws Exception {
        assertEquals(prefix, ForwardedAddress.parse(null, null, null, said).prefix());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "shop",
                "//",
                "//evil.example",
                "///",
                "/shop//",
                "/shop//a",
                "/.",
                "/..",
                "/shop/.",
                "/shop/..",
                "/shop/../",
                "/./shop",
                "/%73hop",
                "/%2e%2e",
                "/shop?a",
                "/shop#a",
                "/shop;a=b",
                "/shop\\",
                "\\evil.example",
                "/\\evil.example",
                "/sh op",
                "/shop\r\nSet-Cookie:a=b",
                "/shop\n",
                "/sh\u00f6p",
                "/shop\"",
                "/<b>",
                "https://evil.example",
                "@evil.example",
                ".evil.example",
                ":1"
            })
    void aPrefixThatIsNoPlainPathIsRefused(String prefix) {
        assertThrows(BadForwarding.class, () -> ForwardedAddress.parse(null, null, null, prefix));
    }
}
