package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.testkit.ScriptedProvider;
import io.github.pkceauth.testkit.TestTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R38: who is trusted is told by certificate and host name. */
class TlsTest {

    @Test
    void anAuthorityThatIsNamedIsTrusted() throws Exception {
        assertEquals(200, call(TestTls.TRUSTED, named()).status());
    }

    @ParameterizedTest
    @EnumSource(
            value = TestTls.class,
            names = {"WRONG_HOST", "EXPIRED", "UNTRUSTED"})
    void namingAnAuthorityTrustsNobodyElse(TestTls server) {
        refused(server, named());
    }

    @Test
    void withoutBeingNamedAnAuthorityIsNotTrusted() {
        AuthFailure failure = refused(TestTls.TRUSTED, Tls.ofJvm());

        assertTrue(failure.getMessage().contains(" failed the TLS handshake ("), failure.getMessage());
        assertTrue(
                failure.getMessage()
                        .endsWith("where its certificate is from a private authority, name that one's PEM file in"
                                + " trustedCertificates"),
                failure.getMessage());
    }

    @Test
    void aServerThatDoesNotTakeOurCertificateIsNotCalledUntrusted(@TempDir Path folder) throws Exception {
        Tls own = named().showing(ClientCertificate.of(TestTls.CLIENT.pemWithKey(), Optional.empty()));
        try (SSLServerSocket server = believingTheJvmsAuthoritiesOnly(folder)) {
            new Thread(() -> shakeHands(server), "refusing-server").start();

            Http http = new Http(own, Duration.ofSeconds(30), false);
            URI address = URI.create("https://127.0.0.1:" + server.getLocalPort());
            AuthFailure failure = assertThrows(AuthFailure.class, () -> http.get("jwks_uri", address, Map.of()));

            assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
            assertTrue(
                    failure.getMessage().endsWith("); it does not take this client's certificate; check keyStore"),
                    failure.getMessage());
        }
    }

    private static SSLServerSocket believingTheJvmsAuthoritiesOnly(Path folder) throws Exception {
        char[] password = "changeit".toCharArray();
        Path store = TestTls.TRUSTED.writeKeyStore(folder.resolve("server.p12"), "changeit");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(true);
        return server;
    }

    /** Again and again: the JDK's client may ask twice. */
    private static void shakeHands(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
            } catch (IOException e) {
                // As it should be: the alert is sent, or the test is over.
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void whatHoldsNoCertificateIsRefused(String pem) {
        assertThrows(GeneralSecurityException.class, () -> Tls.ofJvmAnd(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void aBundleWhoseFirstBlockHasNoEndIsRefused() {
        String bundle = "-----BEGIN CERTIFICATE-----\nAAAA\n" + TestTls.caPem();

        assertThrows(GeneralSecurityException.class, () -> Tls.ofJvmAnd(bundle.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Trust in fewer authorities than were named would show one failing call at a time. */
    @Test
    void aBundleThatIsCutIsRefused() {
        String bundle = TestTls.caPem() + TestTls.caPem();
        for (int length : new int[] {bundle.length() - 10, bundle.length() / 2 + 40, 40}) {
            byte[] cut = bundle.substring(0, length).getBytes(StandardCharsets.US_ASCII);
            assertThrows(GeneralSecurityException.class, () -> Tls.ofJvmAnd(cut));
        }
        byte[] joined = bundle.replace("-----\n-----BEGIN", "-----BEGIN").getBytes(StandardCharsets.US_ASCII);
        assertThrows(GeneralSecurityException.class, () -> Tls.ofJvmAnd(joined));
    }

    /** The JDK's parser of binary certificates goes down one call for each of them. */
    @Test
    void aBinaryFileIsRefusedHoweverDeepItIsNested() {
        byte[] nested = "0\u0080".repeat(100_000).getBytes(StandardCharsets.ISO_8859_1);

        assertThrows(GeneralSecurityException.class, () -> Tls.ofJvmAnd(nested));
    }

    private static Tls named() {
        try {
            return Tls.ofJvmAnd(TestTls.caPem().getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static AuthFailure refused(TestTls server, Tls trust) {
        AuthFailure failure = assertThrows(AuthFailure.class, () -> call(server, trust));
        assertEquals(Reason.PROVIDER_UNREACHABLE, failure.reason());
        return failure;
    }

    private static HttpAnswer call(TestTls server, Tls trust) throws AuthFailure {
        try (ScriptedProvider provider = ScriptedProvider.overTls(server)) {
            return new Http(trust, Duration.ofSeconds(30), false)
                    .get("jwks_uri", URI.create(provider.address(ScriptedProvider.JWKS)), Map.of());
        }
    }
}
