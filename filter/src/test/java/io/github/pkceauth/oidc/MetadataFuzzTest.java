package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.fuzz.BrowserAddress;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import io.github.pkceauth.testkit.Json;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a provider says of itself, only its own word counts, and it leads to safe addresses alone. */
class MetadataFuzzTest {

    private final Offline offline = new Offline();

    @Fuzz
    void onlyTheIssuersOwnWordAndSafeAddressesAreAccepted(byte[] input) throws Exception {
        String body = new String(input, UTF_8);
        Optional<Provider> accepted = Work.bounded(input, 500_000, 4_000, () -> read(body));
        if (accepted.isPresent()) {
            Provider provider = accepted.get();
            assertEquals(Samples.ISSUER, Json.object(body).get("issuer"));
            assertEquals(Samples.ISSUER, provider.issuer());
            assertTrue(provider.jwksUri().isPresent());
            assertTrue(SigningAlgorithms.ASYMMETRIC.containsAll(
                    provider.algorithms().idTokens()));
            assertEquals(false, provider.algorithms().idTokens().isEmpty());
            Stream.of(
                            Optional.of(provider.authorizationEndpoint()),
                            Optional.of(provider.tokenEndpoint()),
                            provider.jwksUri(),
                            provider.userinfoEndpoint(),
                            provider.endSessionEndpoint())
                    .flatMap(Optional::stream)
                    .forEach(MetadataFuzzTest::assertSafe);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "1", "\"\\u0041\",", "{\"\":0},", "\\", " "})
    void longMetadataCostsNoMoreThanItsLength(String part) throws Exception {
        Work.linear(
                size -> "{\"issuer\":\"" + Samples.ISSUER + "\",\"x\":" + part.repeat(size / part.length()),
                this::read);
        Work.linear(
                size -> "{\"issuer\":\"" + Samples.ISSUER + "\",\"x\":[" + "[7.1e1,\"a\"],".repeat(size / 12) + "0]}",
                this::read);
    }

    private Optional<Provider> read(String body) {
        offline.answers(200, body);
        try {
            return Optional.of(offline.discovery().provider());
        } catch (AuthFailure failure) {
            assertEquals(Reason.METADATA_INVALID, failure.reason());
            Wording.check(failure.getMessage());
            return Optional.empty();
        }
    }

    /** A browser and the JDK's client must agree where an address leads. */
    private static void assertSafe(URI address) {
        BrowserAddress there = BrowserAddress.of(address.toString()).orElseThrow(() -> new AssertionError(address));
        assertTrue(there.isSafe(), () -> "not safe: " + address);
        assertEquals(there.host(), address.getHost().toLowerCase(Locale.ROOT), () -> "two hosts: " + address);
        assertEquals(null, address.getRawUserInfo());
        assertEquals(-1, address.toString().indexOf('#'));
    }
}
