package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DpopKeyTest {

    private static final URI TOKEN = URI.create("https://login.example.com/token");

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    private static SignedJWT proof(DpopKey key, @Nullable String nonce, @Nullable String accessToken) throws Exception {
        return SignedJWT.parse(key.proof("POST", TOKEN, NOW, nonce, accessToken));
    }

    /** Often, for the sake of keys that begin with a zero. */
    @RepeatedTest(300)
    void everyKeySignsWhatItsOwnHalfVerifies() throws Exception {
        DpopKey key = DpopKey.generate();
        SignedJWT proof = proof(key, null, null);
        ECKey shown = proof.getHeader().getJWK().toECKey();

        assertFalse(shown.isPrivate());
        assertTrue(proof.verify(new ECDSAVerifier(shown)));
        assertEquals(shown.computeThumbprint().toString(), key.thumbprint());
        assertEquals(key, DpopKey.of(key.bytes()));
    }

    @Test
    void theClaimsAreThoseOfOneRequest() throws Exception {
        Map<String, Object> claims =
                proof(DpopKey.generate(), null, null).getPayload().toJSONObject();

        assertEquals(Set.of("jti", "htm", "htu", "iat"), claims.keySet());
        assertEquals("POST", claims.get("htm"));
        assertEquals(TOKEN.toString(), claims.get("htu"));
        assertEquals(NOW.getEpochSecond(), claims.get("iat"));
    }

    @Test
    void nonceAndTokenAreInItWhereThereAreSome() throws Exception {
        Map<String, Object> claims = proof(DpopKey.generate(), "a-nonce", "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU")
                .getPayload()
                .toJSONObject();

        assertEquals("a-nonce", claims.get("nonce"));
        // RFC 9449 section 7.1, figure 13
        assertEquals("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", claims.get("ath"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/t?x=y, https://a.example/t",
        "https://a.example/t#f, https://a.example/t",
        "https://a.example/t?x#f, https://a.example/t",
        "https://a.example/t#f?x, https://a.example/t",
        "https://a.example:8443/%41%2f, https://a.example:8443/%41%2f"
    })
    void addressesAreWithoutQueryAndFragment(String address, String htu) throws Exception {
        String proof = DpopKey.generate().proof("GET", URI.create(address), NOW, null, null);
        assertEquals(htu, SignedJWT.parse(proof).getPayload().toJSONObject().get("htu"));
    }

    @Test
    void noProofIsAsAnother() throws Exception {
        DpopKey key = DpopKey.generate();
        Set<Object> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ids.add(proof(key, null, null).getPayload().toJSONObject().get("jti"));
        }
        assertEquals(100, ids.size());
    }

    @Test
    void keysAreOfTheirOwnAndNotPrinted() {
        DpopKey key = DpopKey.generate();
        assertFalse(key.encoded().equals(DpopKey.generate().encoded()));
        assertEquals("DpopKey[hidden]", key.toString());
        assertEquals(DpopKey.BYTES, key.bytes().length);
    }
}
