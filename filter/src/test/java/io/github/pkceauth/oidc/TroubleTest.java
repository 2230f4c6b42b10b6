package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** What lies behind a failure, in the shapes that the JDK gives to it. */
class TroubleTest {

    @Test
    void connectionsAreToldApartByTheirCauses() {
        assertEquals(Trouble.NAME_UNKNOWN, behind(new ConnectException(), new UnresolvedAddressException()));
        assertEquals(Trouble.NAME_UNKNOWN, Trouble.behind(new UnknownHostException("login.example.com")));
        assertEquals(Trouble.REFUSED, behind(new ConnectException(), new ClosedChannelException()));
        assertEquals(Trouble.TIME_LIMIT, Trouble.behind(new TimeoutException()));
        assertEquals(Trouble.TIME_LIMIT, behind(new HttpConnectTimeoutException("slow"), new ConnectException()));
        assertEquals(Trouble.CONNECTION, Trouble.behind(new IOException("reset")));
        assertEquals(Trouble.CONNECTION, Trouble.behind(null));
    }

    @Test
    void certificatesAreToldApartByTheirCauses() {
        assertEquals(Trouble.TLS, Trouble.behind(new SSLException("plaintext")));
        assertEquals(
                Trouble.CERTIFICATE_UNTRUSTED,
                behind(new SSLHandshakeException("no path"), new CertificateException("no path")));
        assertEquals(
                Trouble.CERTIFICATE_NAME,
                behind(
                        new SSLHandshakeException("no name"),
                        new CertificateException("No name matching login.example.com found")));
        assertEquals(
                Trouble.CERTIFICATE_TIME,
                behind(new SSLHandshakeException("early"), new CertificateNotYetValidException()));
    }

    /** The other trust manager does not know the authority: what the one says that does tells more. */
    @Test
    void ofTwoTrustManagersReasonsTheMoreTellingCounts() {
        CertificateException unknown = new CertificateException("no path");
        unknown.addSuppressed(new CertificateException(new CertificateExpiredException()));

        assertEquals(Trouble.CERTIFICATE_TIME, behind(new SSLHandshakeException("no path"), unknown));
    }

    @Test
    void causesThatGoRoundInCirclesComeToAnEnd() {
        IOException one = new IOException("one");
        one.initCause(new IOException("two", one));

        assertEquals(Trouble.CONNECTION, Trouble.behind(one));
    }

    private static Trouble behind(Exception failure, Exception cause) {
        failure.initCause(cause);
        return Trouble.behind(failure);
    }
}
