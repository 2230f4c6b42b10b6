package io.github.pkceauth.oidc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which servers are trusted: those the JVM trusts, and those of further certificate authorities.
 *
 * @param context the TLS context, or empty for the JVM's own
 */
public record Trust(Optional<SSLContext> context) {

    private static final int DASHES = 5;
    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----[^-]++-----END \\1-----");

    /** The JVM's own trust. */
    public static Trust ofJvm() {
        return new Trust(Optional.empty());
    }

    /**
     * The JVM's own trust and, besides it, certificates in PEM form.
     *
     * @param pem one or more certificates
     * @return the trust
     * @throws GeneralSecurityException if the bundle holds no certificate, or one that cannot be read
     */
    public static Trust ofJvmAnd(byte[] pem) throws GeneralSecurityException {
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(blocks(pem)));
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
        for (Certificate certificate : certificates) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        // The JVM's default goes through all its usual settings (javax.net.ssl.trustStore and the rest).
        X509TrustManager both = new EitherTrustManager(managerOf(null), managerOf(store));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {both}, null);
        return new Trust(Optional.of(context));
    }

    /**
     * What stands between BEGIN and END. The rest is for people, and stays away from the JDK's parser: that would take
     * text beginning with a zero for a certificate in binary form, and of those some overflow its stack.
     */
    private static byte[] blocks(byte[] pem) throws GeneralSecurityException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        StringBuilder blocks = new StringBuilder();
        Matcher block = BLOCK.matcher(text);
        int end = 0;
        while (block.find()) {
            failOnBegin(text.substring(Math.max(0, end - DASHES), block.start()));
            blocks.append(block.group()).append('\n');
            end = block.end();
        }
        failOnBegin(text.substring(Math.max(0, end - DASHES)));
        return blocks.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Half a bundle would be trust in fewer authorities than were named; the dashes of an END may be a BEGIN's too. */
    private static void failOnBegin(String between) throws GeneralSecurityException {
        if (between.contains(BEGIN)) {
            throw new GeneralSecurityException("a certificate in it has no end");
        }
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
