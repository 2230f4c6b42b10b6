package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import io.github.pkceauth.api.AuthFailure;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderTest {

    private final Map<String, Object> metadata = new HashMap<>(Map.of(
            "authorization_endpoint", "https://login.example.com/authorize?tenant=7",
            "token_endpoint", "https://login.example.com/token",
            "jwks_uri", "https://login.example.com/jwks"));

    @Test
    void aSettingWinsOverTheMetadata() throws Exception {
        ProviderSettings settings = new ProviderSettings(
                Issuers.one(Samples.ISSUER),
                Optional.empty(),
                Optional.empty(),
                Optional.of(URI.create("https://inner.example/token")),
                Optional.empty(),
                Optional.empty(),
                Optional.of(URI.create("https://inner.example/logout")),
                Optional.empty());

        Provider provider = Provider.of(settings, metadata, Samples.KEYS_NEEDED, address -> true);

        assertEquals(URI.create("https://inner.example/token"), provider.tokenEndpoint());
        assertEquals(Optional.of(URI.create("https://inner.example/logout")), provider.endSessionEndpoint());
        assertEquals(URI.create("https://login.example.com/authorize?tenant=7"), provider.authorizationEndpoint());
        assertEquals(Optional.empty(), provider.userinfoEndpoint());
    }

    @Test
    void onlyATrueThatIsABooleanPromisesTheIssuerParameter() throws Exception {
        String member = "authorization_response_iss_parameter_supported";
        assertFalse(read().namesItself());
        for (Object value : List.of("true", 1, List.of(true), false)) {
            metadata.put(member, value);
            assertFalse(read().namesItself(), value::toString);
        }
        metadata.put(member, true);
        assertTrue(read().namesItself());
    }

    /** R47, R48: never none, never symmetric, and RS256 where nothing usable is named. */
    @ParameterizedTest
    @CsvSource({
        "'', RS256",
        "none, RS256",
        "none HS256 HS512, RS256",
        "none HS256 ES256 PS512, ES256 PS512",
        "RS256 XY999, RS256",
        "EdDSA Ed25519, EdDSA Ed25519",
        "ES256K, RS256",
        "RS1, RS256"
    })
    void theUsableAlgorithmsAreTheAsymmetricOnes(String advertised, String usable) throws Exception {
        metadata.put("id_token_signing_alg_values_supported", List.of((Object[]) advertised.split(" ", -1)));

        assertEquals(Set.of(usable.split(" ", -1)), names(read()));
    }

    @Test
    void anOddListOfAlgorithmsIsNone() throws Exception {
        for (Object odd : List.of("ES256", 7, Map.of("ES256", true), List.of(7, List.of("ES256")))) {
            metadata.put("id_token_signing_alg_values_supported", odd);
            assertEquals(Set.of("RS256"), names(read()), odd::toString);
        }
    }

    private Provider read() throws AuthFailure {
        return Provider.of(Samples.settings(Samples.ISSUER), metadata, Samples.KEYS_NEEDED, address -> true);
    }

    private static Set<String> names(Provider provider) {
        return provider.algorithms().idTokens().stream()
                .map(JWSAlgorithm::getName)
                .collect(Collectors.toSet());
    }
}
