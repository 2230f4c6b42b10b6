package io.github.pkceauth.oidc;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts a server that either of two trust managers trusts. Both get the connection, so that the
 * host name is checked by whichever accepts the chain.
 */
final class EitherTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager first;
    private final X509ExtendedTrustManager second;

    EitherTrustManager(X509TrustManager first, X509TrustManager second) throws GeneralSecurityException {
        this.first = extended(first);
        this.second = extended(second);
    }

    private static X509ExtendedTrustManager extended(X509TrustManager manager) throws GeneralSecurityException {
        if (manager instanceof X509ExtendedTrustManager extended) {
            return extended;
        }
        // Without the connection there is no host name check: better none than a silent gap.
        throw new GeneralSecurityException(
                "this Java platform's trust manager cannot check host names: " + manager.getClass());
    }

    private interface Check {
        void by(X509ExtendedTrustManager manager) throws CertificateException;
    }

    private void either(Check check) throws CertificateException {
        try {
            check.by(first);
        } catch (CertificateException byFirst) {
            try {
                check.by(second);
            } catch (CertificateException bySecond) {
                bySecond.addSuppressed(byFirst);
                throw bySecond;
            }
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        either(manager -> manager.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        either(manager -> manager.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        either(manager -> manager.checkServerTrusted(chain, authType));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("this side of TLS accepts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("this side of TLS accepts no clients");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("this side of TLS accepts no clients");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return Tls.joined(first.getAcceptedIssuers(), second.getAcceptedIssuers());
    }
}
