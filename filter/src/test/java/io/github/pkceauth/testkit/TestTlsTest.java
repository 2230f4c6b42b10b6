package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestTlsTest {
    @Test
    void trustedProviderIsReachedByAddressAndByName() throws Exception {
        try (ScriptedProvider provider = ScriptedProvider.overTls(TestTls.TRUSTED)) {
            assertTrue(provider.issuer().startsWith("https://127.0.0.1:"));
            assertEquals(200, get(provider.address("/jwks")));
            assertEquals(200, get(provider.calledBy("localhost").address("/jwks")));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"WRONG_HOST", "EXPIRED", "UNTRUSTED"})
    void otherIdentitiesAreRefusedBeforeAnythingIsSent(TestTls identity) {
        try (ScriptedProvider provider = ScriptedProvider.overTls(identity)) {
            String address = provider.address("/jwks");
            assertThrows(SSLHandshakeException.class, () -> get(address));
            assertEquals(0, provider.requests().size());
        }
    }

    @Test
    void browserClicksWarningsAway() {
        try (ScriptedProvider provider = ScriptedProvider.overTls(TestTls.EXPIRED);
                Browser browser = Browser.open()) {
            assertEquals(200, browser.navigate(provider.address("/jwks")).status());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    void aClientsKeyStoreHoldsItsKeyAndItsChainAlone(String type, @TempDir Path folder) throws Exception {
        Path file = TestTls.CLIENT.writeKeyStore(folder.resolve("client"), "a password", type);
        KeyStore keys = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, "a password".toCharArray());
        }
        String alias = Collections.list(keys.aliases()).get(0);
        assertEquals(1, keys.size());
        assertTrue(keys.isKeyEntry(alias));
        assertEquals(TestTls.CLIENT.certificate(), keys.getCertificate(alias));
        assertEquals(2, keys.getCertificateChain(alias).length);
    }

    @Test
    void aClientsPemHoldsItsChainAndItsKey() throws Exception {
        String pem = TestTls.CLIENT.pemWithKey();
        assertTrue(pem.endsWith(TestTls.caPem() + pem.substring(pem.indexOf("-----BEGIN PRIVATE KEY"))), pem);
        assertEquals(
                List.of(TestTls.SELF_SIGNED_CLIENT.certificate()),
                List.copyOf(CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(Wire.utf8(TestTls.SELF_SIGNED_CLIENT
                                .pemWithKey()
                                .replaceAll("(?s)-----BEGIN PRIVATE KEY.*", ""))))));
    }

    @Test
    void onlyTheAuthorityVouchesForClientsButForThoseThatVouchForThemselves() throws Exception {
        PublicKey authority = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Wire.utf8(TestTls.caPem())))
                .getPublicKey();
        TestTls.CLIENT.certificate().verify(authority);
        TestTls.OTHER_CLIENT.certificate().verify(authority);
        X509Certificate own = TestTls.SELF_SIGNED_CLIENT.certificate();
        own.verify(own.getPublicKey());
        assertThrows(GeneralSecurityException.class, () -> own.verify(authority));
    }

    private static int get(String address) throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Wire.utf8(TestTls.caPem()))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
