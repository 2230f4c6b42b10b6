package io.github.pkceauth.example.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void anEmptyEnvironmentIsEnough() throws Exception {
        assertEquals(new Settings("127.0.0.1", 8080, "127.0.0.1", 9000, 0, Optional.empty()), Settings.of(Map.of()));
    }

    @Test
    void theEnvironmentHasTheLastWord() throws Exception {
        Map<String, String> environment =
                Map.of("HOST", "0.0.0.0", "PORT", "0", "PROVIDER_HOST", "localhost", "PROVIDER_PORT", "65535");

        assertEquals(new Settings("0.0.0.0", 0, "localhost", 65_535, 0, Optional.empty()), Settings.of(environment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "http", "-1", "65536", "80.0", "99999999999"})
    void whatIsNoPortIsRefusedByName(String value) {
        assertEquals(
                "PORT is \"" + value + "\": give a port from 0 to 65535 (0 takes any free one), or unset it for 8080",
                messageOf(Map.of("PORT", value)));
        assertEquals(
                "PROVIDER_PORT is \"" + value
                        + "\": give a port from 0 to 65535 (0 takes any free one), or unset it for 9000",
                messageOf(Map.of("PROVIDER_PORT", value)));
    }

    @Test
    void anEmptyHostIsRefused() {
        assertEquals(
                "HOST is empty: give the address to listen on, or unset it for 127.0.0.1",
                messageOf(Map.of("HOST", "")));
    }

    @Test
    void theProviderIsOnThisMachineOnly() {
        assertEquals(
                "PROVIDER_HOST is \"0.0.0.0\": the development provider is 127.0.0.1 or localhost",
                messageOf(Map.of("PROVIDER_HOST", "0.0.0.0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCE_ISSUER", "PKCE_ISSUER_FILE", "PKCE_PKCE_ISSUER", "PKCE_PKCE_ISSUER_FILE"})
    void anIssuerInTheEnvironmentIsAProviderElsewhere(String variable) throws Exception {
        Settings settings = Settings.of(Map.of(variable, "https://provider.example", "PKCE_CLIENT_ID", "me"));

        assertEquals(Optional.of(variable), settings.issuer());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCE_CLIENT_ID", "PKCE_CLIENT_SECRET", "PKCE_CLIENT_SECRET_FILE"})
    void aClientWithoutItsProviderIsRefused(String variable) {
        String message = messageOf(Map.of(variable, "s3cret"));

        assertEquals(
                variable + " is set but PKCE_ISSUER is not: set PKCE_ISSUER to sign in at your provider, or unset "
                        + variable + " to sign in at the development provider",
                message);
        assertTrue(!message.contains("s3cret"));
    }

    private static String messageOf(Map<String, String> environment) {
        return String.valueOf(
                assertThrows(StartFailure.class, () -> Settings.of(environment)).getMessage());
    }
}
