package io.github.pkceauth.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    @EnumSource(
            names = {"TRUSTED", "ENDS_SOON"},
            mode = EnumSource.Mode.EXCLUDE)
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
