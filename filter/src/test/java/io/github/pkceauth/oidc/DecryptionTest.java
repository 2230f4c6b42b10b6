package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecryptionTest {

    private static final String TEXT = "what nobody else may read";

    @SuppressWarnings("NullAway.Init")
    private static RSAKey rsa;

    @SuppressWarnings("NullAway.Init")
    private static RSAKey olderRsa;

    @SuppressWarnings("NullAway.Init")
    private static ECKey ec;

    @BeforeAll
    static void make() throws Exception {
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        olderRsa = new RSAKeyGenerator(2048).keyID("older").generate();
        ec = new ECKeyGenerator(Curve.P_384).keyID("ec").generate();
    }

    private static ClientKeys keys(JWK... keys) throws Exception {
        return ClientKeys.of(new JWKSet(List.of(keys)).toString(false));
    }

    private static String encrypted(JWK key, String algorithm, String method, boolean named) throws Exception {
        JWEHeader header = new JWEHeader.Builder(JWEAlgorithm.parse(algorithm), EncryptionMethod.parse(method))
                .keyID(named ? key.getKeyID() : null)
                .build();
        JWEObject jwe = new JWEObject(header, new Payload(TEXT));
        jwe.encrypt(key instanceof RSAKey ofRsa ? new RSAEncrypter(ofRsa) : new ECDHEncrypter(key.toECKey()));
        return jwe.serialize();
    }

    private static String opened(ClientKeys keys, String text) throws AuthFailure {
        return new Decryption(keys).opened("it", text, Decryption.algorithms(keys), Reason.ID_TOKEN_ENCRYPTION);
    }

    private static String refusal(ClientKeys keys, String text) {
        AuthFailure failure = assertThrows(AuthFailure.class, () -> opened(keys, text));
        assertEquals(Reason.ID_TOKEN_ENCRYPTION, failure.reason());
        return String.valueOf(failure.getMessage());
    }

    private static Stream<Arguments> combinations() {
        return Stream.of("RSA-OAEP", "RSA-OAEP-256", "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A256KW")
                .flatMap(algorithm -> Stream.of(
                                "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512", "A128GCM", "A192GCM", "A256GCM")
                        .map(method -> Arguments.of(algorithm, method)));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyAlgorithmAndEveryMethodIsOpened(String algorithm, String method) throws Exception {
        JWK key = algorithm.startsWith("RSA") ? rsa : ec;
        assertEquals(TEXT, opened(keys(rsa, ec), encrypted(key, algorithm, method, true)));
    }

    @Test
    void allKeysOpenTheFirstAndThoseBefore() throws Exception {
        for (boolean named : new boolean[] {true, false}) {
            assertEquals(TEXT, opened(keys(rsa, olderRsa), encrypted(olderRsa, "RSA-OAEP", "A256GCM", named)));
            assertEquals(TEXT, opened(keys(rsa, olderRsa), encrypted(rsa, "RSA-OAEP", "A256GCM", named)));
        }
    }

    @Test
    void aKeyWithoutNameIsTriedWhateverTheHeaderNames() throws Exception {
        RSAKey unnamed = new RSAKey.Builder(rsa).keyID(null).build();
        assertEquals(TEXT, opened(keys(unnamed), encrypted(rsa, "RSA-OAEP", "A256GCM", true)));
    }

    @Test
    void anotherNameIsAnotherKey() throws Exception {
        assertTrue(refusal(keys(olderRsa), encrypted(rsa, "RSA-OAEP", "A256GCM", true))
                .contains("its kid is rsa; keep a key there"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b.c.d.e", "....", "e30....", "not a jwe"})
    void whatIsNoJweIsTold(String text) throws Exception {
        assertEquals("it is no JWE in compact form", refusal(keys(rsa), text));
    }

    @Test
    void weakAlgorithmsAreTold() throws Exception {
        assertTrue(refusal(keys(rsa, ec), encrypted(rsa, "RSA1_5", "A256GCM", true))
                .contains("is encrypted by RSA1_5 and A256GCM, and taken are [ECDH-ES"));
    }

    @Test
    void whatWasNotAgreedIsNotOpened() throws Exception {
        String text = encrypted(rsa, "RSA-OAEP", "A256GCM", true);
        Decryption decryption = new Decryption(keys(rsa));
        assertThrows(
                AuthFailure.class,
                () -> decryption.opened("it", text, Set.of(JWEAlgorithm.RSA_OAEP_256), Reason.ID_TOKEN_ENCRYPTION));
    }

    @Test
    void theAlgorithmsAreThoseOfTheKeysThatDecrypt() throws Exception {
        assertEquals(Set.of(), Decryption.algorithms(ClientKeys.NONE));
        assertEquals(Decryption.all(), Decryption.algorithms(keys(rsa, ec)));
        assertEquals(2, Decryption.algorithms(keys(rsa)).size());
        assertEquals(3, Decryption.algorithms(keys(ec)).size());
        RSAKey signing = new RSAKey.Builder(rsa).keyUse(KeyUse.SIGNATURE).build();
        assertEquals(Set.of(), Decryption.algorithms(keys(signing)));
    }

    @Test
    void fivePartsAreSomethingEncrypted() {
        assertTrue(Decryption.isEncrypted("a.b.c.d.e"));
        assertFalse(Decryption.isEncrypted("a.b.c"));
        assertFalse(Decryption.isEncrypted("a.b.c.d.e.f"));
        assertFalse(Decryption.isEncrypted("."));
    }

    @Test
    void nothingOfTheTextIsInAMessage() throws Exception {
        String text = encrypted(rsa, "RSA-OAEP", "A256GCM", true);
        String told = refusal(keys(olderRsa), text);
        for (String part : text.split("\\.", -1)) {
            assertFalse(told.contains(part), told);
        }
    }
}
