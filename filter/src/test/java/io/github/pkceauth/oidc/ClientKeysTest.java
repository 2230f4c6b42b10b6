package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.Json;
import io.github.pkceauth.testkit.SigningKey;
import io.github.pkceauth.testkit.TestKeys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ClientKeysTest {

    private static String with(SigningKey key, String name, String value) {
        Map<String, Object> jwk = new LinkedHashMap<>(Json.object(ClientJwk.of(key)));
        jwk.put(name, value);
        return Json.text(jwk);
    }

    private static JWSAlgorithm signedBy(ClientKeys keys, Set<JWSAlgorithm> named) throws Exception {
        String jwt = keys.signing().orElseThrow().sign(null, Map.of("a", "b"), named);
        return SignedJWT.parse(jwt).getHeader().getAlgorithm();
    }

    private static Stream<Arguments> usual() {
        return Stream.of(
                Arguments.of(TestKeys.rsa(), JWSAlgorithm.RS256),
                Arguments.of(TestKeys.p256(), JWSAlgorithm.ES256),
                Arguments.of(TestKeys.p384(), JWSAlgorithm.ES384),
                Arguments.of(TestKeys.p521(), JWSAlgorithm.ES512),
                Arguments.of(TestKeys.ed25519(), JWSAlgorithm.EdDSA));
    }

    @ParameterizedTest
    @MethodSource("usual")
    void eachKindHasItsUsualAlgorithm(SigningKey key, JWSAlgorithm algorithm) throws Exception {
        for (String text : List.of(ClientJwk.of(key), ClientJwk.pem(key))) {
            assertEquals(algorithm, signedBy(ClientKeys.of(text), Set.of()));
            assertEquals(algorithm, signedBy(ClientKeys.of(text), Set.of(JWSAlgorithm.HS256)));
        }
    }

    @ParameterizedTest
    @CsvSource({"PS256", "RS512", "PS384"})
    void anAlgorithmThatTheOtherSideNamesIsTaken(String name) throws Exception {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        assertEquals(
                algorithm,
                signedBy(ClientKeys.of(ClientJwk.of(TestKeys.rsa())), Set.of(algorithm, JWSAlgorithm.ES256)));
    }

    @Test
    void anAlgorithmOfTheKeyIsTheOnlyOne() throws Exception {
        ClientKeys keys = ClientKeys.of(with(TestKeys.rsa(), "alg", "PS384"));
        assertEquals(JWSAlgorithm.PS384, signedBy(keys, Set.of(JWSAlgorithm.RS256)));
    }

    @Test
    void underTheProfileAnRsaKeySignsByPs256() throws Exception {
        ClientKeys keys = ClientKeys.of(ClientJwk.of(TestKeys.rsa())).forFapi();
        assertEquals(JWSAlgorithm.PS256, signedBy(keys, Set.of()));
        assertEquals(JWSAlgorithm.PS256, signedBy(keys, Set.of(JWSAlgorithm.RS256)));
    }

    @Test
    void aKeyThatCannotSignByTheProfileStillDecrypts() throws Exception {
        ClientKeys keys = ClientKeys.of(ClientJwk.pem(TestKeys.p384())).forFapi();
        assertTrue(keys.signing().isEmpty());
        assertEquals(1, keys.decrypting().size());
    }

    @Test
    void theUseOfAKeyIsHeld() throws Exception {
        ClientKeys encrypting = ClientKeys.of(with(TestKeys.p256(), "use", "enc"));
        assertTrue(encrypting.signing().isEmpty());
        assertEquals(1, encrypting.decrypting().size());

        ClientKeys signing = ClientKeys.of(with(TestKeys.p256(), "use", "sig"));
        assertTrue(signing.signing().isPresent());
        assertEquals(0, signing.decrypting().size());
    }

    @Test
    void theFirstKeyThatMaySignSigns() throws Exception {
        ClientKeys keys = ClientKeys.of("{\"keys\":[" + with(TestKeys.rsa(), "use", "enc") + ","
                + ClientJwk.of(TestKeys.ed25519()) + "," + ClientJwk.of(TestKeys.p256()) + "]}");
        assertEquals(JWSAlgorithm.EdDSA, signedBy(keys, Set.of()));
    }

    @Test
    void nothingOfAKeyIsPrinted() throws Exception {
        String jwk = ClientJwk.of(TestKeys.p256());
        String printed = ClientKeys.of(jwk).toString();
        assertFalse(printed.contains(Json.string(Json.object(jwk), "d")), printed);
        assertTrue(printed.contains("ClientKey[p-256, hidden]"), printed);
    }
}
