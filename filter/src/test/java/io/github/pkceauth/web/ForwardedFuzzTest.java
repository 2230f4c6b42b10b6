package io.github.pkceauth.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.config.BadValue;
import io.github.pkceauth.config.Forwarding;
import io.github.pkceauth.config.TrustedProxies;
import io.github.pkceauth.fuzz.BrowserAddress;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stands in forwarding headers, what comes of it is an address of the application, or the container's own. */
class ForwardedFuzzTest {

    private static final String PROXY = "10.0.0.1";
    private static final String STRANGER = "192.0.2.1";
    private static final String OWN = "https://" + PlainRequest.HOST + "/app";
    private static final List<String> NAMES =
            List.of("X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Prefix");

    /** Each line of the input is one of the header. */
    @Fuzz
    void aForwardedHeaderYieldsAnAddressOrNone(byte[] input) throws Exception {
        List<String> lines = List.of(new String(input, UTF_8).split("\n", -1));
        List<String> headers = lines.stream().map(line -> "Forwarded: " + line).toList();

        assertHarmless(input, Forwarding.Headers.FORWARDED, headers);
    }

    /** What a client wrote changes nothing where the proxy has put its own element behind. */
    @Fuzz
    void whatClientsWriteIntoForwardedDoesNotReachTheAddress(byte[] input) throws Exception {
        List<String> headers = new ArrayList<>();
        for (String line : new String(input, UTF_8).split("\n", -1)) {
            headers.add("Forwarded: " + line);
        }
        String own = "for=" + STRANGER + ";proto=https;host=www.example.com";
        List<String> appended = new ArrayList<>(headers);
        int last = headers.size() - 1;
        appended.set(last, headers.get(last) + ", " + own);
        headers.add("Forwarded: " + own);

        for (List<String> each : List.of(headers, appended)) {
            String base = url(Forwarding.Headers.FORWARDED).base(request(PROXY, each));
            assertTrue(List.of(OWN, "https://www.example.com/app").contains(base), base);
        }
    }

    /** The lines of the input are the values of the four headers, in turn. */
    @Fuzz
    void xForwardedHeadersYieldAnAddressOrNone(byte[] input) throws Exception {
        String[] lines = new String(input, UTF_8).split("\n", -1);
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            headers.add(NAMES.get(i % NAMES.size()) + ": " + lines[i]);
        }

        assertHarmless(input, Forwarding.Headers.X_FORWARDED, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "Forwarded, 'for=10.0.0.1,'",
        "Forwarded, 'a=\"\\\\\"\",'",
        "Forwarded, ';'",
        "Forwarded, '\"'",
        "Forwarded, 'a'",
        "X-Forwarded-Prefix, /a",
        "X-Forwarded-Prefix, /",
        "X-Forwarded-Host, a.",
        "X-Forwarded-Host, 'a,'",
        "X-Forwarded-Port, 1"
    })
    void longHeadersCostNoMoreThanTheirLength(String name, String part) throws Exception {
        Forwarding.Headers kind =
                name.equals("Forwarded") ? Forwarding.Headers.FORWARDED : Forwarding.Headers.X_FORWARDED;
        Work.linear(
                size -> part.repeat(size / part.length()),
                value -> url(kind).base(request(PROXY, List.of(name + ": " + value))));
    }

    private static void assertHarmless(byte[] input, Forwarding.Headers kind, List<String> headers) throws Exception {
        PublicUrl url = url(kind);
        assertEquals(OWN, url.base(request(STRANGER, headers)));

        String base = Work.bounded(input, 2_000_000, 4_000, () -> url.base(request(PROXY, headers)));
        assertTrue(base.chars().allMatch(c -> c > ' ' && c < 0x7F), () -> "no header can carry " + base);
        assertTrue(base.endsWith("/app"), base);
        BrowserAddress front = BrowserAddress.of(base + "/").orElseThrow(() -> new AssertionError(base));
        BrowserAddress callback = BrowserAddress.of(base + "/callback").orElseThrow();
        assertTrue(front.sameOrigin(callback), base);
        assertEquals(url.path(request(PROXY, headers)) + "/callback", "/" + String.join("/", callback.path()));
        assertTrue(url.isSameOrigin(request(PROXY, headers), base), base);
        try {
            assertEquals(base + "/callback", url.redirectUri(request(PROXY, headers)));
            assertTrue(callback.isSafe(), base);
        } catch (AuthFailure failure) {
            assertEquals(AuthFailure.Reason.REDIRECT_URI_INSECURE, failure.reason());
            Wording.check(failure.getMessage());
        }
    }

    private static HttpServletRequest request(String sender, List<String> headers) {
        return new PlainRequest("/app", "/app/", null, null, sender, headers).request();
    }

    private static PublicUrl url(Forwarding.Headers kind) {
        try {
            return new PublicUrl(
                    Optional.empty(), new Forwarding(kind, TrustedProxies.parse(PROXY)), false, "/callback");
        } catch (BadValue e) {
            throw new AssertionError(e);
        }
    }
}
