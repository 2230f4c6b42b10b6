package io.github.pkceauth.interop.provider;

import io.github.pkceauth.testkit.TestTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The test kit's certificates in files: of providers and of clients, all by one authority but for one. */
final class Certificates {

    static final String PASSWORD = "changeit";

    private static final Path FOLDER = Scratch.folder("certificates");

    /** A key store of providers, which are at 127.0.0.1. */
    static final Path SERVER = store(TestTls.TRUSTED, "server.p12");

    /** A trust store with the authority alone. */
    static final Path AUTHORITY = authority();

    /** The authority as PEM. */
    static final Path AUTHORITY_PEM = TestTls.writeCaPem(FOLDER.resolve("authority.pem"));

    /** A client's key store, with a certificate by the authority. */
    static final Path CLIENT = store(TestTls.CLIENT, "client.p12");

    /** What is in {@link #CLIENT}, as PEM: the key after the certificates. */
    static final Path CLIENT_PEM = text("client.pem", TestTls.CLIENT.pemWithKey());

    /** A client's key store, with a certificate that it has signed itself. */
    static final Path SELF_SIGNED = store(TestTls.SELF_SIGNED_CLIENT, "self-signed.p12");

    private Certificates() {}

    /** Where all of them are. */
    static Path folder() {
        return FOLDER;
    }

    /** The one certificate that a key store has a key for. */
    static X509Certificate in(Path store) {
        try {
            KeyStore one = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return (X509Certificate) one.getCertificate(one.aliases().nextElement());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whom the certificate of {@link #CLIENT} names. */
    static String clientSubject() {
        return in(CLIENT).getSubjectX500Principal().getName();
    }

    /** Who has signed it. */
    static String authoritySubject() {
        return in(CLIENT).getIssuerX500Principal().getName();
    }

    /** What trusts the authority, and shows no certificate. */
    static SSLContext trusting() {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(KeyStore.getInstance(AUTHORITY.toFile(), PASSWORD.toCharArray()));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path store(TestTls identity, String name) {
        return identity.writeKeyStore(FOLDER.resolve(name), PASSWORD);
    }

    private static Path text(String name, String content) {
        try {
            return Files.writeString(FOLDER.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path authority() {
        Path file = FOLDER.resolve("authority.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            Certificate certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(TestTls.caPem().getBytes(StandardCharsets.US_ASCII)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("authority", certificate);
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
