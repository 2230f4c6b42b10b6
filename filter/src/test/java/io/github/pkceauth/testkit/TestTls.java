package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Identities of servers and clients from certification authorities that the JVM does not know, made
 * once by the JDK's keytool.
 */
public enum TestTls {
    /** Signed by {@link #caPem()}, for 127.0.0.1 and localhost. */
    TRUSTED("ca", "SAN=ip:127.0.0.1,dns:localhost", "-1d"),
    /** Signed by {@link #caPem()}, for another host. */
    WRONG_HOST("ca", "SAN=dns:elsewhere.example", "-1d"),
    /** Signed by {@link #caPem()}, for the right host, but no longer valid. */
    EXPIRED("ca", "SAN=ip:127.0.0.1,dns:localhost", "-400d"),
    /** Signed by {@link #caPem()}, for the right host, and no longer valid in ten days. */
    ENDS_SOON("ca", "SAN=ip:127.0.0.1,dns:localhost", "-355d"),
    /** For the right host, but signed by an authority that nobody trusts. */
    UNTRUSTED("other-ca", "SAN=ip:127.0.0.1,dns:localhost", "-1d"),
    /** A client's, signed by {@link #caPem()}. */
    CLIENT("ca", TestTls.OF_CLIENTS, "-1d"),
    /** Another client's, signed by {@link #caPem()}. */
    OTHER_CLIENT("ca", TestTls.OF_CLIENTS, "-1d"),
    /** A client's that nobody but itself has signed. */
    SELF_SIGNED_CLIENT("", TestTls.OF_CLIENTS, "-1d");

    private static final String OF_CLIENTS = "EKU=clientAuth";

    private static final String PASSWORD = "changeit";

    private final String signer;
    private final String extension;
    private final String start;

    TestTls(String signer, String extension, String start) {
        this.signer = signer;
        this.extension = extension;
        this.start = start;
    }

    /** The certificate of the authority that the test may trust, as PEM text. */
    public static String caPem() {
        try {
            return Pem.wrap("CERTIFICATE", Store.KEYS.getCertificate("ca").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@link #caPem()} in a file, which the caller places. */
    public static Path writeCaPem(Path file) {
        try {
            return Files.writeString(file, caPem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server's certificate and its private key as PEM text, for servers that are not of this kit. */
    public String serverPem() {
        try {
            return Pem.wrap("CERTIFICATE", certificate().getEncoded()) + Pem.wrap("PRIVATE KEY", key().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate, those of its signers, and its private key as PEM text. */
    public String pemWithKey() {
        try {
            StringBuilder pem = new StringBuilder();
            for (Certificate certificate : chain()) {
                pem.append(Pem.wrap("CERTIFICATE", certificate.getEncoded()));
            }
            return pem.append(Pem.wrap("PRIVATE KEY", key().getEncoded())).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A PKCS#12 key store of this identity alone, which the caller places. */
    public Path writeKeyStore(Path file, String password) {
        return writeKeyStore(file, password, "PKCS12");
    }

    /** A key store of this type, such as JKS, of this identity alone. */
    public Path writeKeyStore(Path file, String password, String type) {
        try (OutputStream out = Files.newOutputStream(file)) {
            own(type, password).store(out, password.toCharArray());
            return file;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a server with this identity runs on; it believes whatever certificate a client shows. */
    SSLContext serverContext() {
        return context(new TrustsEverybody());
    }

    /** What a client with this identity calls the test's servers with. */
    public SSLContext clientContext() {
        return context(new TrustsEverybody());
    }

    private SSLContext context(TrustManager trust) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own("PKCS12", PASSWORD), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore own(String type, String password) throws GeneralSecurityException, IOException {
        KeyStore own = KeyStore.getInstance(type);
        own.load(null, null);
        own.setKeyEntry(alias(), key(), password.toCharArray(), chain());
        return own;
    }

    /** The identity's key under this name, for signing by ES256, with its certificate in the JWK. */
    public SigningKey signingKey(String kid) {
        try {
            ECPublicKey published = (ECPublicKey) certificate().getPublicKey();
            Map<String, Object> jwk = new ECKey.Builder(Curve.P_256, published)
                    .keyID(kid)
                    .x509CertChain(List.of(Base64.encode(certificate().getEncoded())))
                    .build()
                    .toJSONObject();
            return new SigningKey(kid, JWSAlgorithm.ES256, key(), jwk);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The identity's own certificate. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) chain()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether nobody else vouches for it. */
    boolean isSelfSigned() {
        return signer.isEmpty();
    }

    private Certificate[] chain() throws GeneralSecurityException {
        return keys().getCertificateChain(alias());
    }

    private PrivateKey key() throws GeneralSecurityException {
        return (PrivateKey) keys().getKey(alias(), PASSWORD.toCharArray());
    }

    private boolean isClient() {
        return extension.equals(OF_CLIENTS);
    }

    private KeyStore keys() {
        return isClient() ? Clients.KEYS : Store.KEYS;
    }

    private String alias() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The identities of clients, which few tests need, with the authorities that have signed them. */
    private static final class Clients {
        static final KeyStore KEYS = Store.more(TestTls::isClient);
    }

    private static final class Store {
        /** Spares the optimising compiler, and the stretching of a password that everybody knows. */
        private static final List<String> QUICK = List.of(
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.macIterationCount=1");

        /** Puts something into a key store that is a file. */
        @FunctionalInterface
        private interface Making {
            void into(Path file) throws IOException, GeneralSecurityException;
        }

        static final KeyStore KEYS = make();

        private static KeyStore make() {
            return inFile(file -> {
                authority(file, "ca");
                authority(file, "other-ca");
                identities(file, identity -> !identity.isClient());
            });
        }

        /** All of the above, and these. */
        static KeyStore more(Predicate<TestTls> which) {
            return inFile(file -> {
                try (OutputStream out = Files.newOutputStream(file)) {
                    KEYS.store(out, PASSWORD.toCharArray());
                }
                identities(file, which);
            });
        }

        private static KeyStore inFile(Making making) {
            try {
                Path folder = Files.createTempDirectory("test-tls");
                Path file = folder.resolve("keys.p12");
                try {
                    making.into(file);
                    KeyStore keys = KeyStore.getInstance("PKCS12");
                    try (InputStream in = Files.newInputStream(file)) {
                        keys.load(in, PASSWORD.toCharArray());
                    }
                    return keys;
                } finally {
                    Files.deleteIfExists(file);
                    Files.delete(folder);
                }
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void identities(Path file, Predicate<TestTls> which) throws IOException {
            for (TestTls identity : values()) {
                if (which.test(identity)) {
                    identity(file, identity);
                }
            }
        }

        private static void authority(Path file, String alias) throws IOException {
            keytool(file, alias, "-ext", "bc:c=ca:true", "-startdate", "-500d", "-validity", "3650");
        }

        private static void identity(Path file, TestTls identity) throws IOException {
            List<String> more = new ArrayList<>(List.of("-ext", identity.extension));
            if (!identity.isSelfSigned()) {
                more.addAll(List.of("-signer", identity.signer));
            }
            more.addAll(List.of("-startdate", identity.start, "-validity", "365"));
            keytool(file, identity.alias(), more.toArray(String[]::new));
        }

        private static void keytool(Path file, String alias, String... more) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            command.addAll(QUICK);
            command.addAll(List.of("-genkeypair", "-storetype", "PKCS12", "-keyalg", "EC"));
            command.addAll(List.of("-groupname", "secp256r1", "-keystore", file.toString()));
            command.addAll(List.of("-storepass", PASSWORD, "-alias", alias, "-dname", "CN=" + alias));
            command.addAll(List.of(more));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = Wire.utf8(process.getInputStream().readAllBytes());
            try {
                if (process.waitFor() != 0) {
                    throw new IOException("keytool failed: " + said);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
    }
}
