package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.testkit.ScriptedProvider;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A provider, or whoever answers in its place, that would like to write the report itself. */
class HostileProviderTest {

    private static final String SECRET = "correct-horse-battery-staple";

    /** A line of its own, an escape sequence of terminals, a separator of Unicode's, and text from right to left. */
    private static final String EVIL = "x\r\n[ok]   all_is_well: believe me\u001b[2J\u0007\u2028\u202e\u0000\u009b";

    /** Room for many findings, and none for what a provider can send. */
    private static final int MOST_CHARACTERS = 20_000;

    @AutoClose
    private final ScriptedProvider provider = HealthyProvider.start();

    @Test
    void textFromThereMakesNoLinesOfItsOwn() {
        provider.withClientSecret(SECRET);
        provider.metadata()
                .with("issuer", EVIL)
                .with("scopes_supported", List.of(EVIL))
                .with("response_types_supported", List.of(EVIL))
                .with("response_modes_supported", List.of(EVIL))
                .with("grant_types_supported", List.of(EVIL))
                .with("code_challenge_methods_supported", List.of(EVIL))
                .with("token_endpoint_auth_methods_supported", List.of(EVIL))
                .with("id_token_signing_alg_values_supported", List.of(EVIL))
                .with("userinfo_endpoint", EVIL);
        provider.keys().publish(Map.of("kty", EVIL, "kid", EVIL));

        Outcome told = Visit.to(provider).told().isPlainText();

        assertTrue(told.out().lines().noneMatch(line -> line.startsWith("[ok]   all_is_well")), told.out());
        assertEquals(Report.WRONG, told.exit());
        assertEquals(Report.WRONG, Visit.to(provider).examined().isPlainText().exit());
    }

    @Test
    void anErrorDocumentMakesNoLinesEither() {
        provider.token()
                .answers(
                        400,
                        "application/json",
                        "{\"error\":\"a\\r\\n[ok]   zebra\",\"error_description\":\"\\u001b[2Jc\\u2028\"}");

        Outcome told = Visit.to(provider).told().isPlainText();

        assertTrue(told.out().contains("client_uncertain"), told.out());
        assertTrue(told.out().lines().noneMatch(line -> line.startsWith("[ok]   zebra")), told.out());
    }

    @Test
    void whatItQuotesOfTheRequestIsNotShown() {
        provider.withClientSecret(SECRET);
        String basic = Base64.getEncoder().encodeToString(("the-client:" + SECRET).getBytes(StandardCharsets.US_ASCII));
        for (int status : new int[] {400, 401, 403}) {
            provider.token()
                    .answers(
                            status,
                            "application/json",
                            "{\"error\":\"" + SECRET + "\",\"error_description\":\"Basic " + basic + "\"}");
            Outcome outcome = Visit.to(provider).examined().keepsSecretsOf(provider);
            assertFalse(outcome.out().contains(basic), outcome.out());
        }
    }

    /** The provider knows the secret, so that it can write it wherever it likes. */
    @Test
    void theSecretIsNotShownWhereverItIsWritten() {
        provider.withClientSecret(SECRET);
        provider.metadata()
                .with("issuer", provider.issuer() + "/" + SECRET)
                .with("scopes_supported", List.of(SECRET))
                .with("code_challenge_methods_supported", List.of(SECRET))
                .with("token_endpoint", provider.address("/token?" + SECRET))
                .with("userinfo_endpoint", "nowhere:" + SECRET)
                .with("id_token_signing_alg_values_supported", List.of(SECRET));
        provider.keys().publish(Map.of("kty", SECRET, "kid", SECRET));

        Visit.to(provider).examined().keepsSecretsOf(provider);
        Visit.to(provider).told().keepsSecretsOf(provider);
    }

    @Test
    void endlessListsAreCutShort() {
        List<String> many =
                IntStream.range(0, 50_000).mapToObj(i -> "name-" + i).toList();
        provider.metadata()
                .with("scopes_supported", many)
                .with("code_challenge_methods_supported", Collections.nCopies(20_000, "x"));
        List<Map<String, Object>> keys = IntStream.range(0, 5000)
                .<Map<String, Object>>mapToObj(i -> Map.of("kty", "odd", "kid", "same"))
                .toList();
        provider.jwks().with("keys", keys);

        Outcome outcome = Visit.to(provider).told().isPlainText();

        assertTrue(outcome.out().length() < MOST_CHARACTERS, () -> outcome.out().length() + " characters");
    }

    @Test
    void endlessAddressesAreCutShort() {
        String tail = "/" + "a".repeat(100_000);
        provider.metadata()
                .with("token_endpoint", provider.address(tail))
                .with("jwks_uri", provider.address(tail))
                .with("userinfo_endpoint", "nowhere:" + tail);

        Outcome outcome = Visit.to(provider).told().isPlainText();

        assertTrue(outcome.out().length() < MOST_CHARACTERS, () -> outcome.out().length() + " characters");
    }

    @Test
    void metadataWithoutEndAreGivenUp() {
        provider.metadata().huge(5_000_000);

        Visit.to(provider).examined().wrongWith(Code.CONNECTION_FAILED);
    }

    @Test
    void metadataThatNeverCeaseToNestAreNoJson() {
        int depth = 200_000;
        provider.metadata().answersJson("{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}");

        Visit.to(provider).examined().wrongWith(Code.ANSWER_UNREADABLE);
    }

    @Test
    void membersOfOtherTypesAreAsGoodAsNone() {
        provider.metadata()
                .with("issuer", List.of(provider.issuer()))
                .with("scopes_supported", "openid")
                .with("code_challenge_methods_supported", Map.of("S256", true))
                .with("grant_types_supported", 7)
                .with("response_types_supported", null)
                .with("jwks_uri", List.of())
                .with("backchannel_logout_supported", "true");
        provider.jwks().with("keys", List.of("no key", List.of(), 7));

        Outcome outcome =
                Visit.to(provider).with("jwksUri", provider.address("/jwks")).examined();

        assertTrue(outcome.has(Code.ISSUER_MISMATCH) && outcome.has(Code.KEYS_MISSING), outcome.out());
        assertFalse(outcome.has(Code.BACKCHANNEL_LOGOUT_AVAILABLE));
    }

    @Test
    void metadataLeadNowhereThatIsThisMachinesAlone() {
        provider.metadata().with("token_endpoint", "file:///etc/passwd").with("jwks_uri", "http://user@127.0.0.1/");

        assertEquals(
                List.of(Code.ENDPOINT_UNUSABLE.code(), Code.ENDPOINT_UNUSABLE.code()),
                Visit.to(provider).examined().codes(Level.FAIL));
    }
}
