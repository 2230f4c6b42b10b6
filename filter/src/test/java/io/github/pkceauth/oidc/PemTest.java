package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {

    private static final String KEY = ClientJwk.pem(TestKeys.p256());

    private static String problem(String text) {
        return String.valueOf(assertThrows(GeneralSecurityException.class, () -> Pem.privateKeys(text))
                .getMessage());
    }

    @Test
    void keysComeInTheirOrder() throws Exception {
        assertEquals(
                List.of(
                        TestKeys.ed25519().privateKey(),
                        TestKeys.rsa().privateKey(),
                        TestKeys.p256().privateKey()),
                Pem.privateKeys(ClientJwk.pem(TestKeys.ed25519()) + ClientJwk.pem(TestKeys.rsa()) + KEY));
    }

    @Test
    void certificatesAndKeysAreToldApart() throws Exception {
        String both = TestTls.CLIENT.pemWithKey();

        assertEquals(TestTls.CLIENT.certificate(), Pem.certificates(both).get(0));
        assertEquals(2, Pem.certificates(both).size());
        assertEquals(1, Pem.privateKeys(both).size());
        assertEquals(List.of(), Pem.privateKeys(TestTls.caPem()));
        assertEquals(List.of(), Pem.certificates(KEY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n\n", "\n \n"})
    void linesMayEndInAnyWay(String end) throws Exception {
        assertEquals(List.of(TestKeys.p256().privateKey()), Pem.privateKeys(KEY.replace("\n", end)));
    }

    @Test
    void whatStandsOutsideIsForPeople() throws Exception {
        assertEquals(
                List.of(TestKeys.p256().privateKey()),
                Pem.privateKeys("Bag Attributes\n    friendlyName: client\n" + KEY + "\n# the end\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "DSA PRIVATE KEY"})
    void otherFormsAreToldWithTheCommandThatMendsThem(String label) {
        assertEquals(
                "a key in it is a " + label + "; only PKCS #8 without a password is read: openssl pkcs8 -topk8 -nocrypt"
                        + " -in old.pem -out new.pem",
                problem(KEY.replace("PRIVATE KEY", label)));
    }

    @Test
    void aBlockMustEndAsItBegan() {
        assertEquals("a block in it has no end", problem(KEY.replace("END PRIVATE", "END PUBLIC")));
        assertEquals("a block in it has no end", problem(KEY + "-----BEGIN PRIVATE KEY-----\nAAAA"));
    }

    @Test
    void nothingOfAKeyIsInAMessage() {
        String broken = KEY.replaceFirst("\n(.{20})", "\n$1=x=");
        String told = problem(broken);
        for (String line : broken.lines().filter(line -> !line.startsWith("-")).toList()) {
            assertEquals(-1, told.indexOf(line));
        }
    }
}
