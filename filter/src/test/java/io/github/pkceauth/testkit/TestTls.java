package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Server identities from certification authorities that the JVM does not know, made once by the
 * JDK's keytool.
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
    UNTRUSTED("other-ca", "SAN=ip:127.0.0.1,dns:localhost", "-1d");

    private static final String PASSWORD = "changeit";

    private final String signer;
    private final String names;
    private final String start;

    TestTls(String signer, String names, String start) {
        this.signer = signer;
        this.names = names;
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
            Key key = Store.KEYS.getKey(alias(), PASSWORD.toCharArray());
            return Pem.wrap("CERTIFICATE", certificate().getEncoded()) + Pem.wrap("PRIVATE KEY", key.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a server with this identity runs on. */
    SSLContext serverContext() {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry(
                    "server",
                    Store.KEYS.getKey(alias(), PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    Store.KEYS.getCertificateChain(alias()));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
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
            PrivateKey key = (PrivateKey) Store.KEYS.getKey(alias(), PASSWORD.toCharArray());
            return new SigningKey(kid, JWSAlgorithm.ES256, key, jwk);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server's own certificate. */
    X509Certificate certificate() {
        try {
            return (X509Certificate) Store.KEYS.getCertificate(alias());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String alias() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static final class Store {
        /** Spares the optimising compiler, and the stretching of a password that everybody knows. */
        private static final List<String> QUICK = List.of(
                "-J-XX:TieredStopAtLevel=1",
                "-J-XX:+UseSerialGC",
                "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.certPbeIterationCount=1",
                "-J-Dkeystore.pkcs12.macIterationCount=1");

        static final KeyStore KEYS = make();

        private static KeyStore make() {
            try {
                Path folder = Files.createTempDirectory("test-tls");
                Path file = folder.resolve("keys.p12");
                try {
                    authority(file, "ca");
                    authority(file, "other-ca");
                    for (TestTls identity : values()) {
                        server(file, identity);
                    }
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

        private static void authority(Path file, String alias) throws IOException {
            keytool(file, alias, "-ext", "bc:c=ca:true", "-startdate", "-500d", "-validity", "3650");
        }

        private static void server(Path file, TestTls identity) throws IOException {
            keytool(
                    file,
                    identity.alias(),
                    "-signer",
                    identity.signer,
                    "-ext",
                    identity.names,
                    "-startdate",
                    identity.start,
                    "-validity",
                    "365");
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
