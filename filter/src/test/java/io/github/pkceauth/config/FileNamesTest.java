package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import java.time.Duration;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/run/secrets/client_key",
                "secrets/client.p12",
                "./key",
                "C:\\keys\\client.p12",
                "/var/run/secrets/..2026_11_23_12_00_00.123456789/tls.pem",
                "/data/123e4567-e89b-12d3-a456-426614174000/key"
            })
    void pathsAreShown(String path) {
        assertTrue(FileNames.isPath(path));
        assertEquals("'" + path + "'", FileNames.shown(path));
    }

    @Test
    void aNameWithAnEndingIsShownWhereANameIsExpected() {
        assertEquals("'client.p12'", FileNames.shown("client.p12"));
        assertFalse(FileNames.isPath("client.p12"));
    }

    private static Stream<SigningKey> keys() {
        return Stream.of(TestKeys.rsa(), TestKeys.p521(), TestKeys.p256(), TestKeys.attackerRsa());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void keysAreNot(SigningKey key) {
        assertEquals("[hidden]", FileNames.shown(ClientJwk.pem(key)));
        assertEquals("[hidden]", FileNames.shown(ClientJwk.pem(key).replace("\n", "")));
        assertEquals("[hidden]", FileNames.shown(ClientJwk.of(key)));
        assertEquals(
                "[hidden]",
                FileNames.shown(
                        Base64.getEncoder().encodeToString(key.privateKey().getEncoded())));
    }

    @Test
    void otherSecretsAreNot() {
        assertEquals("[hidden]", FileNames.shown("a secret"));
        assertEquals("[hidden]", FileNames.shown("a\n/b"));
    }

    @Test
    void endlessTextsTakeNoTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertEquals("[hidden]", FileNames.shown("a/".repeat(1_000_000) + "\n"));
            assertEquals("[hidden]", FileNames.shown("a".repeat(1_000_000)));
        });
    }
}
