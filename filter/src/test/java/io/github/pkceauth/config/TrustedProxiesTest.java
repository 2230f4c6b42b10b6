package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forwarding headers and whose they are, as the deployment writes it. */
class TrustedProxiesTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "127.0.0.1, ::ffff:127.0.0.1, true",
        "::ffff:127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, ::1, false",
        "::1, [::1], true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, ::1%lo, true",
        "fe80::1, [fe80::1%eth0], true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "10.0.0.0/8, ::10.0.0.1, false",
        "10.1.2.0/23, 10.1.3.9, true",
        "10.1.2.0/23, 10.1.4.0, false",
        "10.1.2.3/32, 10.1.2.3, true",
        "10.1.2.3/32, 10.1.2.2, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::8000/113, 2001:db8::ffff, true",
        "2001:db8::8000/113, 2001:db8::7fff, false",
        "'127.0.0.1 ::1\t10.0.0.0/8\n192.168.0.0/16', 192.168.7.7, true",
        "'127.0.0.1 ::1\t10.0.0.0/8\n192.168.0.0/16', 192.169.7.7, false",
        "8000::/1, 9000::1, true",
        "8000::/1, 127.0.0.1, false"
    })
    void anAddressIsTrustedThatIsNamedOrWithinARange(String proxies, String remote, boolean trusted) {
        assertEquals(trusted, read(proxies).sent(remote));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.1:80", "[10.0.0.1", "unknown", "/run/app.sock", "%", "[]"})
    void whatIsNoAddressIsNeverTrusted(String remote) {
        assertFalse(read("10.0.0.0/8 ::1").sent(remote));
    }

    @Test
    void aSenderWithoutAddressIsNotTrusted() {
        assertFalse(read("10.0.0.0/8").sent(null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "proxy.example.com",
                "127.0.0.1:80",
                "[::1]",
                "10.0.0.*",
                "10.0.0.0-10.0.0.9",
                "10.0.0.1,10.0.0.2",
                "/8",
                "*",
                "fe80::1%eth0"
            })
    void whatIsNoAddressAndNoRangeIsRefused(String text) {
        assertEquals(
                "trustedProxies = '127.0.0.1 " + text + "' (init-param trustedProxies): '" + text
                        + "' is no IP address and no range; write such as 127.0.0.1, ::1 or 10.0.0.0/8, separated by"
                        + " spaces (names are not looked up)",
                problem("127.0.0.1 " + text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/33, 32",
        "10.0.0.0/, 32",
        "10.0.0.0/x, 32",
        "10.0.0.0/-1, 32",
        "10.0.0.0/255.0.0.0, 32",
        "10.0.0.0/8/8, 32",
        "10.0.0.0/4294967304, 32",
        "::1/129, 128"
    })
    void theLengthOfARangeIsANumberThatFits(String text, int most) {
        assertEquals(
                "trustedProxies = '" + text + "' (init-param trustedProxies): '" + text
                        + "': write a number of bits from 1 to " + most + " behind the slash",
                problem(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0.0.0.0/0", "::/0", "::ffff:0:0/96", "::ffff:0.0.0.0/96", "::/64", "1.2.3.4/0", "::/80", "5::/0"
            })
    void everybodyIsNoProxy(String text) {
        assertEquals(
                "trustedProxies = '" + text + "' (init-param trustedProxies): '" + text
                        + "' is everybody, and then anybody can say where users are sent; name the proxies' own addresses",
                problem(text));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1/8, 10.0.0.1", "2001:db8::1/32, 2001:db8::1"})
    void aRangeBeginsWithItsFirstAddress(String text, String address) {
        assertEquals(
                "trustedProxies = '" + text + "' (init-param trustedProxies): '" + text
                        + "' begins within the range; write '" + address
                        + "' for that machine alone, or the first address of the range before the slash",
                problem(text));
    }

    @ParameterizedTest
    @CsvSource({"none, NONE", "forwarded, FORWARDED", "x-forwarded, X_FORWARDED"})
    void theKindOfHeadersIsOneOfThree(String word, Forwarding.Headers headers) {
        assertEquals(
                headers, both(word, "::1").config().forwarding().headers(), "none is an override from another place");
    }

    @Test
    void anotherKindOfHeadersIsRefusedWithAHint() {
        assertEquals(
                "forwardedHeaders = 'X-Forwarded' (init-param forwardedHeaders): write one of [forwarded, none,"
                        + " x-forwarded]; did you mean x-forwarded?",
                both("X-Forwarded", "::1").problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"forwarded", "x-forwarded"})
    void headersWithoutTrustedProxiesAreAMistake(String kind) {
        assertEquals(
                "forwardedHeaders = '" + kind + "' (init-param forwardedHeaders): name those whose headers count in"
                        + " trustedProxies, for example 127.0.0.1 ::1 10.0.0.0/8; or set baseUrl in place of both",
                DeploymentBuilder.minimal().initParam("forwardedHeaders", kind).problem());
    }

    @Test
    void trustedProxiesWithoutHeadersAreAMistake() {
        assertEquals(
                "trustedProxies = '::1' (init-param trustedProxies): nothing of theirs counts without forwardedHeaders;"
                        + " write forwarded or x-forwarded there, or remove trustedProxies",
                DeploymentBuilder.minimal().initParam("trustedProxies", "::1").problem());
    }

    @Test
    void headersCanBeSwitchedOffFromOutside() {
        Config config = both("x-forwarded", "::1")
                .environment("PKCE_FORWARDED_HEADERS", "none")
                .config();

        assertEquals(Forwarding.NONE, config.forwarding());
    }

    @Test
    void bothFromOutsideAreWarnings() {
        assertEquals(
                List.of(
                        "forwardedHeaders is set to 'forwarded' from outside the application, by environment variable"
                                + " PKCE_FORWARDED_HEADERS",
                        "trustedProxies is set to '10.0.0.0/8' from outside the application, by environment variable"
                                + " PKCE_TRUSTED_PROXIES"),
                DeploymentBuilder.minimal()
                        .environment("PKCE_FORWARDED_HEADERS", "forwarded")
                        .environment("PKCE_TRUSTED_PROXIES", "10.0.0.0/8")
                        .read()
                        .warnings());
    }

    @Test
    void headersBesideABaseUrlAreAWarning() {
        assertEquals(
                List.of("baseUrl is set, which wins over all headers: forwardedHeaders is of no use beside it"),
                both("forwarded", "::1")
                        .initParam("baseUrl", "https://www.example.com")
                        .read()
                        .warnings());
    }

    private static TrustedProxies read(String text) {
        return both("forwarded", text).config().forwarding().proxies();
    }

    private static String problem(String text) {
        return both("forwarded", text).problem();
    }

    private static DeploymentBuilder both(String headers, String proxies) {
        return DeploymentBuilder.minimal()
                .initParam("forwardedHeaders", headers)
                .initParam("trustedProxies", proxies);
    }
}
