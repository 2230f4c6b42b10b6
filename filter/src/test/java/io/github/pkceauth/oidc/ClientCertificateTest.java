package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.testkit.ClientJwk;
import io.github.pkceauth.testkit.TestKeys;
import io.github.pkceauth.testkit.TestTls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientCertificateTest {

    private static X509ExtendedKeyManager manager(TestTls identity) throws Exception {
        return (X509ExtendedKeyManager)
                ClientCertificate.of(identity.pemWithKey(), Optional.empty()).keyManager();
    }

    /** A server that knows self-signed certificates names none of their authorities. */
    @ParameterizedTest
    @EnumSource(names = {"CLIENT", "SELF_SIGNED_CLIENT"})
    void itIsShownWhateverAuthoritiesTheServerNames(TestTls identity) throws Exception {
        X509ExtendedKeyManager manager = manager(identity);
        Principal[] others = {new X500Principal("CN=somebody else")};

        for (Principal[] issuers : new Principal[][] {null, {}, others}) {
            String alias = manager.chooseEngineClientAlias(new String[] {"RSA", "EC"}, issuers, null);
            assertEquals(identity.certificate(), manager.getCertificateChain(alias)[0]);
            assertEquals(alias, manager.chooseClientAlias(new String[] {"EC"}, issuers, null));
            assertArrayEquals(new String[] {alias}, manager.getClientAliases("EC", issuers));
        }
    }

    @Test
    void itIsNotShownWhereItsKindIsNotTaken() throws Exception {
        X509ExtendedKeyManager manager = manager(TestTls.CLIENT);

        assertNull(manager.chooseEngineClientAlias(new String[] {"RSA"}, null, null));
        assertNull(manager.getClientAliases("RSA", null));
    }

    @Test
    void itIsNoServers() throws Exception {
        X509ExtendedKeyManager manager = manager(TestTls.CLIENT);

        assertNull(manager.chooseServerAlias("EC", null, null));
        assertNull(manager.getServerAliases("EC", null));
    }

    @Test
    void nobodyCanChangeTheChain() throws Exception {
        X509ExtendedKeyManager manager = manager(TestTls.CLIENT);
        assertNotSame(manager.getCertificateChain("client"), manager.getCertificateChain("client"));
        assertEquals(2, manager.getCertificateChain("client").length, "with the authority's");
    }

    @Test
    void aStoreGivesTheSameAsPem(@TempDir Path folder) throws Exception {
        Path file = TestTls.CLIENT.writeKeyStore(folder.resolve("client.p12"), "hush-hush");
        ClientCertificate read = ClientCertificate.of(file.toString(), Optional.of(new Secret("hush-hush")));

        X509ExtendedKeyManager manager = (X509ExtendedKeyManager) read.keyManager();
        assertArrayEquals(manager(TestTls.CLIENT).getCertificateChain("client"), manager.getCertificateChain("client"));
        assertThrows(IOException.class, () -> ClientCertificate.of(file.toString(), Optional.of(new Secret("other"))));
    }

    @Test
    void theKeyMustBeTheCertificates() {
        String certificate = TestTls.CLIENT.pemWithKey().replaceAll("(?s)-----BEGIN PRIVATE KEY.*", "");
        GeneralSecurityException failure = assertThrows(
                GeneralSecurityException.class,
                () -> ClientCertificate.of(certificate + ClientJwk.pem(TestKeys.p256()), Optional.empty()));
        assertEquals("the private key is not that of the first certificate", failure.getMessage());
    }

    @Test
    void itIsPrintedByItsName() throws Exception {
        assertEquals(
                "ClientCertificate[CN=client]",
                ClientCertificate.of(TestTls.CLIENT.pemWithKey(), Optional.empty())
                        .toString());
    }
}
