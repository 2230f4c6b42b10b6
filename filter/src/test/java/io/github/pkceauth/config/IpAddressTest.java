package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** IP addresses as text, of both families. */
class IpAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:DB8:0:0:8:800:200C:417A",
                "fe80::1:2:3:4",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "ff02::8000:0:0:ffff",
                "64:ff9b::192.0.2.33",
                "1:2:3:4:5:6:192.0.2.33"
            })
    void anIpv6AddressIsReadAsTheJdkReadsIt(String text) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(InetAddress.getByName(text).getAddress());

        assertEquals(Optional.of(new IpAddress(bytes.getLong(), bytes.getLong())), IpAddress.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0", "127.0.0.1, 7f000001", "192.0.2.255, c00002ff", "255.255.255.255, ffffffff"})
    void anIpv4AddressIsTheOneThatItIsMappedTo(String text, String digits) {
        Optional<IpAddress> address = Optional.of(new IpAddress(0, 0xFFFFL << 32 | Long.parseLong(digits, 16)));

        assertEquals(address, IpAddress.parse(text));
        assertEquals(address, IpAddress.parse("::ffff:" + text));
        assertEquals(address, IpAddress.parse("0:0:0:0:0:FFFF:" + text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "proxy.example.com",
                "127.1",
                "127.0.0.1.",
                "127.0.0.1.1",
                "127.0.0.256",
                "127.0.0.01",
                "127.0.0.-1",
                "127.0.0.+1",
                "0x7f.0.0.1",
                "127.0.0.1 ",
                "127.0.0.1:80",
                "127.0.0.1/8",
                "2130706433",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "g::",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "::1.2.3",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "1:2:3:4:5:6:7:1.2.3.4",
                "[::1]",
                "fe80::1%eth0",
                "\u0661.2.3.4",
                "\uFF11::"
            })
    void whatIsNoAddressIsNone(String text) {
        assertEquals(Optional.empty(), IpAddress.parse(text));
    }

    @Test
    void theFirstBitsAreKeptAndTheOthersAreZero() {
        IpAddress all = new IpAddress(-1, -1);

        assertEquals(new IpAddress(0, 0), all.first(0));
        assertEquals(new IpAddress(1L << 63, 0), all.first(1));
        assertEquals(new IpAddress(-2, 0), all.first(63));
        assertEquals(new IpAddress(-1, 0), all.first(64));
        assertEquals(new IpAddress(-1, 1L << 63), all.first(65));
        assertEquals(new IpAddress(-1, -2), all.first(127));
        assertEquals(all, all.first(128));
    }
}
