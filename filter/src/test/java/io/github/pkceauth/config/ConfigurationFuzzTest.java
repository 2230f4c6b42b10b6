package io.github.pkceauth.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.fuzz.BrowserAddress;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a deployment says, its configuration is refused with words fit for a log, or means what was written. */
class ConfigurationFuzzTest {

    private static final Pattern TRUSTED = Pattern.compile("(?i)trusted_?certificates");
    private static final String SECRET = "s3cr3t-of-the-client-and-it-is-long-enough";

    /**
     * The input is a properties file. What names other files is left out, since those would be read; and certificates,
     * which have a target of their own.
     */
    @Fuzz
    void aConfigurationIsRefusedInPlainWordsOrMeansWhatWasWritten(byte[] input) throws Exception {
        Properties written = properties(new String(input, UTF_8));
        if (written == null) {
            return;
        }
        Optional<ConfigReader.Reading> reading = Work.bounded(input, 2_000_000, 20_000, () -> read(written));
        if (reading.isPresent()) {
            assertMeansWhatWasWritten(reading.get(), written);
            assertEquals(shown(reading.get()), shown(read(written).orElseThrow()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "callbackPath, /a",
        "callbackPath, /",
        "publicPaths, '/a '",
        "publicPaths, /a",
        "scope, 'a '",
        "rolesClaim, 'a.b '",
        "authorizationParameters, %41=b&",
        "resource, 'a:b '",
        "issuer, https://a/",
        "baseUrl, https://a",
        "trustedProxies, '10.0.0.0/8 '",
        "trustedProxies, '1:'",
        "loginTimeout, P1D",
        "maxPendingLogins, 1",
        "nothing, x"
    })
    void longValuesCostNoMoreThanTheirLength(String name, String part) throws Exception {
        Work.linear(size -> part.repeat(size / part.length()), value -> {
            Properties written = new Properties();
            written.setProperty("issuer", DeploymentBuilder.ISSUER);
            written.setProperty("clientId", "the-client");
            written.setProperty(name, value);
            read(written);
        });
    }

    private static Optional<ConfigReader.Reading> read(Properties written) {
        DeploymentBuilder deployment = DeploymentBuilder.empty();
        for (String name : written.stringPropertyNames()) {
            Source.Kind kind = Stream.of(Source.Kind.values())
                    .filter(candidate -> name.startsWith(candidate.prefix()))
                    .skip(name.startsWith("pkce.") ? 1 : 0) // as a context-param, not as a system property
                    .findFirst()
                    .orElseThrow();
            deployment.with(kind, name, written.getProperty(name));
        }
        try {
            ConfigReader.Reading reading = ConfigReader.read(deployment.build());
            assertEquals(false, reading.config().toString().contains(SECRET));
            reading.warnings().forEach(warning -> Wording.check(warning, SECRET));
            assertEquals(false, reading.origins().contains(SECRET));
            return Optional.of(reading);
        } catch (ConfigurationException failure) {
            List<String> lines = List.of(failure.getMessage().split("\n", -1));
            lines.forEach(line -> Wording.check(line, SECRET));
            for (int i = 1; i < lines.size(); i++) {
                assertTrue(lines.get(i).startsWith("  " + i + ". "), failure.getMessage());
            }
            return Optional.empty();
        }
    }

    private static void assertMeansWhatWasWritten(ConfigReader.Reading reading, Properties written) {
        Config config = reading.config();
        same(written, "issuer", config.provider().issuer());
        same(written, "clientId", config.client().id());
        same(written, "metadataUrl", config.provider().metadataUrl());
        same(written, "authorizationEndpoint", config.provider().authorizationEndpoint());
        same(written, "tokenEndpoint", config.provider().tokenEndpoint());
        same(written, "jwksUri", config.provider().jwksUri());
        same(written, "userinfoEndpoint", config.provider().userinfoEndpoint());
        same(written, "endSessionEndpoint", config.provider().endSessionEndpoint());
        same(written, "callbackPath", config.paths().callback());
        same(written, "errorPage", config.errorPage());
        assertSafe(config.provider().issuer(), config);
        Stream.of(
                        config.provider().metadataUrl(),
                        config.provider().authorizationEndpoint(),
                        config.provider().tokenEndpoint(),
                        config.provider().jwksUri(),
                        config.provider().userinfoEndpoint(),
                        config.provider().endSessionEndpoint())
                .flatMap(Optional::stream)
                .forEach(address -> assertSafe(address.toString(), config));
        config.baseUrl().ifPresent(base -> assertIsBase(base, config));
        assertTrue(config.client().scope().matches("[!#-\\[\\]-~]+(?: [!#-\\[\\]-~]+)*"), config.client()::scope);
        config.client()
                .resources()
                .forEach(resource -> assertTrue(URI.create(resource).isAbsolute(), resource));
        assertTrue(config.client().extraParameters().stream()
                .noneMatch(parameter -> List.of("state", "nonce", "client_id", "redirect_uri", "code_challenge")
                        .contains(parameter.getKey())));
        between(Duration.ofMillis(1), config.limits().login(), Duration.ofDays(1));
        between(Duration.ofMillis(1), config.limits().http(), Duration.ofMinutes(5));
        between(Duration.ZERO, config.limits().skew(), Duration.ofMinutes(10));
        assertTrue(config.maxPendingLogins() >= 1 && config.maxPendingLogins() <= 1000);
        if (config.client()
                .idTokenAlgorithm()
                .filter(JWSAlgorithm.HS256::equals)
                .isPresent()) {
            assertTrue(config.client().secret().orElseThrow().reveal().length() >= 32);
        }
    }

    private static String shown(ConfigReader.Reading reading) {
        return reading.config().toString().replaceAll("SSLContext@\\w+", "SSLContext") + reading.origins();
    }

    private static void same(Properties written, String name, Object read) {
        String value = read instanceof Optional<?> optional
                ? optional.map(Object::toString).orElse(null)
                : read.toString();
        String own = written.getProperty(name);
        boolean elsewhere = written.stringPropertyNames().stream().anyMatch(other -> other.startsWith("pkce."))
                || written.stringPropertyNames().stream().anyMatch(other -> other.startsWith("PKCE_"));
        if (own != null && !elsewhere) {
            assertEquals(own.strip(), value, name);
        }
    }

    private static void assertSafe(String address, Config config) {
        BrowserAddress there = BrowserAddress.of(address).orElseThrow(() -> new AssertionError(address));
        assertTrue(
                there.isSafe() || (config.allowInsecureHttp() && there.scheme().equals("http")), address);
        assertEquals(-1, address.indexOf('#'), address);
    }

    /** What the filter's own paths are put behind, as text. */
    private static void assertIsBase(String base, Config config) {
        assertSafe(base, config);
        assertEquals(false, base.endsWith("/"), base);
        BrowserAddress front = BrowserAddress.of(base + "/").orElseThrow();
        String callback = base + config.paths().callback();
        BrowserAddress there = BrowserAddress.of(callback).orElseThrow();
        assertTrue(there.sameOrigin(front), () -> callback + " is not of " + base);
        assertEquals("/" + String.join("/", there.path()), URI.create(callback).getRawPath());
    }

    private static void between(Duration least, Duration duration, Duration most) {
        assertTrue(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0, duration::toString);
    }

    /** The properties with a secret that can be told from everything else; null if the text is no such file. */
    private static Properties properties(String text) {
        Properties written = new Properties();
        try {
            written.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean quoted = false;
        for (String name : List.copyOf(written.stringPropertyNames())) {
            if (name.endsWith("clientSecret") || name.endsWith("CLIENT_SECRET")) {
                written.setProperty(name, written.getProperty(name).isBlank() ? "" : SECRET);
            } else if (name.endsWith("File")
                    || name.endsWith("_FILE")
                    || TRUSTED.matcher(name).find()) {
                written.remove(name);
            } else {
                quoted |= written.getProperty(name).contains(SECRET);
            }
            quoted |= name.contains(SECRET);
        }
        return quoted ? null : written;
    }
}
