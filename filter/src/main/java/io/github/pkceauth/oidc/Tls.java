package io.github.pkceauth.oidc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * How TLS connections are made: which servers are trusted (those the JVM trusts, and those of further certificate
 * authorities), and which certificate this client shows of itself. Safe for use by several threads.
 */
public final class Tls {

    /** What RFC 9325 section 4.2 recommends of TLS 1.2, and all of TLS 1.3 (FAPI 2.0 Security Profile 5.2.2). */
    private static final String[] STRICT_SUITES = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
    };

    private static final Tls OF_JVM = new Tls(Optional.empty(), Optional.empty(), false, Optional.empty());

    private static final String[] STRICT_PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Optional<X509TrustManager> authorities;
    private final Optional<ClientCertificate> certificate;
    private final boolean strict;
    private final Optional<SSLContext> context;

    private Tls(
            Optional<X509TrustManager> authorities,
            Optional<ClientCertificate> certificate,
            boolean strict,
            Optional<SSLContext> context) {
        this.authorities = authorities;
        this.certificate = certificate;
        this.strict = strict;
        this.context = context;
    }

    private static Tls of(
            Optional<X509TrustManager> authorities, Optional<ClientCertificate> certificate, boolean strict)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                certificate.map(own -> new KeyManager[] {own.keyManager()}).orElse(null),
                authorities.map(manager -> new TrustManager[] {manager}).orElse(null),
                null);
        return new Tls(authorities, certificate, strict, Optional.of(context));
    }

    /** The JVM's own trust. */
    public static Tls ofJvm() {
        return OF_JVM;
    }

    /**
     * The JVM's own trust and, besides it, certificates in PEM form.
     *
     * @param pem one or more certificates
     * @return the trust
     * @throws GeneralSecurityException if the bundle holds no certificate, or one that cannot be read
     */
    public static Tls ofJvmAnd(byte[] pem) throws GeneralSecurityException {
        List<X509Certificate> certificates = Pem.certificatesAlone(new String(pem, StandardCharsets.ISO_8859_1));
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        for (X509Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        // The JVM's default goes through all its usual settings (javax.net.ssl.trustStore and the rest).
        X509TrustManager both = new EitherTrustManager(managerOf(null), managerOf(store));
        return of(Optional.of(both), Optional.empty(), false);
    }

    /**
     * The same, with a certificate of this client's own for servers that ask for one (RFC 8705).
     *
     * @param own the certificate
     * @throws GeneralSecurityException if this Java platform cannot use it
     */
    public Tls showing(ClientCertificate own) throws GeneralSecurityException {
        return of(authorities, Optional.of(own), strict);
    }

    /** The same for calls of the application: without the certificate, unless it is for those as well. */
    public Tls ofApplication(boolean showing) {
        if (context.isEmpty() || (!showing && authorities.isEmpty())) {
            return OF_JVM;
        }
        try {
            return of(authorities, showing ? certificate : Optional.empty(), strict);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // this one was made of the same
        }
    }

    boolean showsCertificate() {
        return certificate.isPresent();
    }

    /** The same, by the versions and ciphers that FAPI 2.0 allows. */
    public Tls strict() {
        return new Tls(authorities, certificate, true, context);
    }

    /** The TLS context, or empty for the JVM's own. */
    public Optional<SSLContext> context() {
        return context;
    }

    /**
     * The TLS context for other calls than those of the filter.
     *
     * @throws IllegalStateException if the JVM's own cannot be had
     */
    public SSLContext contextOrDefault() {
        return context.orElseGet(() -> {
            try {
                return SSLContext.getDefault();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("the JVM's own TLS context cannot be had: " + e.getMessage(), e);
            }
        });
    }

    /** Versions and ciphers, or empty for the JVM's own. */
    Optional<SSLParameters> parameters() {
        return strict ? Optional.of(new SSLParameters(STRICT_SUITES, STRICT_PROTOCOLS)) : Optional.empty();
    }

    private static X509TrustManager managerOf(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("this Java platform has no X.509 trust manager");
    }

    static X509Certificate[] joined(X509Certificate[] first, X509Certificate[] second) {
        X509Certificate[] all = new X509Certificate[first.length + second.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
