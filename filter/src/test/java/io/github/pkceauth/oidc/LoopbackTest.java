package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST",
                "LocalHost",
                "127.0.0.1",
                "127.1.2.3",
                "127.255.255.255",
                "::1",
                "[::1]"
            })
    void thisMachineIsKnownByNameAndNumber(String host) {
        assertTrue(Loopback.isHost(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost.evil.example",
                "localhost.",
                "evil.localhost.example",
                "evil-localhost",
                "xlocalhost",
                "127.0.0.1.evil.example",
                "127.0.0.1.",
                "127.1",
                "127",
                "127.0.1",
                "127.0.0.1.1",
                "127.0.0.1000",
                "127.0.0.x",
                "127.0.0.",
                "1127.0.0.1",
                "127.0.0.1 ",
                "127.0.0.1\n",
                "127-0-0-1.evil.example",
                "１２７.0.0.1",
                "0.0.0.0",
                "0",
                "2130706433",
                "0x7f000001",
                "0177.0.0.1",
                "10.0.0.1",
                "192.168.0.1",
                "[::]",
                "::",
                "[::ffff:127.0.0.1]",
                "[::2]",
                "::1%eth0",
                "ⓛocalhost"
            })
    void everythingElseMayBeAnotherMachine(String host) {
        assertFalse(Loopback.isHost(host));
    }

    @Test
    void noHostIsNotThisMachine() {
        assertFalse(Loopback.isHost(null));
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com, false",
        "HTTPS://login.example.com, false",
        "http://localhost:9000/x, false",
        "http://127.0.0.1, false",
        "http://[::1]:8080/, false",
        "HTTP://LOCALHOST, false",
        "http://login.example.com, true",
        "http://127.0.0.1.evil.example/, true",
        "http://localhost@evil.example/, true",
        "http://evil.example#localhost, true",
        "http://evil.example/localhost, true",
        "ftp://login.example.com, true",
        "http:///path, true",
        "//login.example.com, true",
        "/path, true",
        "mailto:me@localhost, true",
        "httpss://login.example.com, true"
    })
    void anAddressIsExposedUnlessItIsHttpsOrOfThisMachine(String address, boolean exposed) {
        assertEquals(exposed, Loopback.isExposed(URI.create(address)));
    }
}
