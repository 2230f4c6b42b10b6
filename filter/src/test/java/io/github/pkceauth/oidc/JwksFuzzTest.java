package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Wording;
import io.github.pkceauth.fuzz.Work;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.TestKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a set of keys, only strong public keys come out, and none spoils another. */
class JwksFuzzTest {

    private static final int MAX_KEYS = 100;

    private final Offline offline = new Offline();

    @Fuzz
    void onlyStrongPublicKeysComeOutAndNoneSpoilsAnother(byte[] input) throws Exception {
        String body = new String(input, UTF_8);
        Optional<List<VerificationKey>> accepted = Work.bounded(input, 1_000_000, 10_000, () -> read(body));
        if (accepted.isPresent()) {
            accepted.get().forEach(JwksFuzzTest::assertStrong);
            assertGoodKeyStaysUsable(Json.object(body), accepted.get().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{},",
                "{\"kty\":\"oct\",\"k\":\"AAAA\"},",
                "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"},",
                "[[]],",
                "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"},"
            })
    void longSetsCostNoMoreThanTheirLength(String part) throws Exception {
        Work.linear(size -> "{\"keys\":[" + part.repeat(size / part.length()) + "0]}", this::read);
        Work.linear(
                size -> "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + "A".repeat(size) + "\"}]}", this::read);
        Work.linear(
                size -> "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"_w\",\"e\":\"" + "_".repeat(size) + "\"}]}", this::read);
    }

    private Optional<List<VerificationKey>> read(String body) {
        offline.answers(200, body);
        try {
            return Optional.of(offline.keys().known());
        } catch (AuthFailure failure) {
            assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
            Wording.check(failure.getMessage());
            return Optional.empty();
        }
    }

    private static void assertStrong(VerificationKey key) {
        assertEquals(false, key.algorithms().isEmpty());
        assertTrue(SigningAlgorithms.ASYMMETRIC.containsAll(key.algorithms()), () -> "algorithms " + key.algorithms());
        if (key.verifier() instanceof RSASSAVerifier rsa) {
            assertTrue(rsa.getPublicKey().getModulus().bitLength() >= 2048, "a short RSA key");
            assertTrue(JWSAlgorithm.Family.RSA.containsAll(key.algorithms()));
        } else if (key.verifier() instanceof ECDSAVerifier ec) {
            assertTrue(ec.getPublicKey().getParams().getCurve().getField().getFieldSize() >= 256, "a short curve");
            assertTrue(JWSAlgorithm.Family.EC.containsAll(key.algorithms()));
        } else {
            assertEquals(EdDsaVerifier.class, key.verifier().getClass());
            assertTrue(JWSAlgorithm.Family.ED.containsAll(key.algorithms()));
        }
    }

    private void assertGoodKeyStaysUsable(Map<String, Object> set, int usable) {
        List<Object> members = new ArrayList<>(Json.list(set, "keys"));
        if (members.size() >= MAX_KEYS) {
            return;
        }
        members.add(TestKeys.p256().named("the-good-one").publicJwk());
        Map<String, Object> longer = new LinkedHashMap<>(set);
        longer.put("keys", members);
        List<VerificationKey> keys = read(Json.text(longer)).orElseThrow();
        assertEquals(usable + 1, keys.size());
        assertEquals("the-good-one", keys.get(usable).id());
    }
}
