package io.github.pkceauth.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrowserAddressTest {

    private static final BrowserAddress PAGE =
            BrowserAddress.of("https://app.example/app/page?q#f").orElseThrow();

    @ParameterizedTest
    @CsvSource({
        "/x, https://app.example:443/x",
        "x, https://app.example:443/app/x",
        "?x, https://app.example:443/app/page",
        "'', https://app.example:443/app/page",
        "../x, https://app.example:443/x",
        "/a/%2e%2E/x, https://app.example:443/x",
        "/../../x, https://app.example:443/x",
        "/a/.., https://app.example:443/",
        "https:x, https://app.example:443/app/x",
        "https:/x, https://app.example:443/x",
        "//evil.example/x, https://evil.example:443/x",
        "/\\evil.example, https://evil.example:443/",
        "\\\\evil.example, https://evil.example:443/",
        "///evil.example, https://evil.example:443/",
        "http:evil.example, http://evil.example:80/",
        "https:\\\\evil.example, https://evil.example:443/",
        "https://app.example@evil.example, https://evil.example:443/",
        "https://app.example:443, https://app.example:443/",
        "https://app.example:8443/x, https://app.example:8443/x",
        "https://EVIL%2eexample\\x, https://evil.example:443/x",
        "https://evil\uFF0Eexample, https://evil.example:443/",
        "https://evil\u3002example, https://evil.example:443/",
        "javascript:alert(1), javascript://:-1/alert(1)"
    })
    void referencesLeadWhereBrowsersGo(String reference, String place) {
        assertEquals(place, shown(PAGE.resolve(reference).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/\t/evil.example", "/\n\\evil.example", " \u0001//evil.example ", "ht\ttps://evil.example"})
    void whatBrowsersLeaveOutIsLeftOut(String reference) {
        assertEquals("evil.example", PAGE.resolve(reference).orElseThrow().host());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://", "https://a b", "https://a:x", "https://a:65536", "https://a%2fb", "https://%zz"})
    void whatBrowsersRefuseLeadsNowhere(String address) {
        assertEquals(Optional.empty(), BrowserAddress.of(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://x", "http://localhost", "http://127.0.0.1:8080", "http://127.1.2.255", "http://[::1]"})
    void tlsAndThisMachineAreSafe(String address) {
        assertTrue(BrowserAddress.of(address).orElseThrow().isSafe());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://x", "ftp://localhost", "http://127.0.0.256", "http://127.0.0.1.evil.example"})
    void othersAreNot(String address) {
        assertFalse(BrowserAddress.of(address).orElseThrow().isSafe());
    }

    private static String shown(BrowserAddress address) {
        return address.scheme() + "://" + address.host() + ":" + address.port() + "/"
                + String.join("/", address.path());
    }
}
