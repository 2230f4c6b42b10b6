package io.github.pkceauth.oidc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pkceauth.testkit.TestTls;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** R38: a server is trusted by one of the two, in whichever way the platform asks, and else by nobody. */
class EitherTrustManagerTest {

    private static final X509Certificate[] CHAIN = {authority()};

    /** One of the ways in which the platform asks. */
    private interface Question {
        void ask(X509ExtendedTrustManager manager) throws CertificateException;
    }

    static Stream<Question> questionsAboutServers() {
        return Stream.of(
                manager -> manager.checkServerTrusted(CHAIN, "RSA"),
                manager -> manager.checkServerTrusted(CHAIN, "RSA", (Socket) null),
                manager -> manager.checkServerTrusted(CHAIN, "RSA", (SSLEngine) null));
    }

    static Stream<Question> questionsAboutClients() {
        return Stream.of(
                manager -> manager.checkClientTrusted(CHAIN, "RSA"),
                manager -> manager.checkClientTrusted(CHAIN, "RSA", (Socket) null),
                manager -> manager.checkClientTrusted(CHAIN, "RSA", (SSLEngine) null));
    }

    @ParameterizedTest
    @MethodSource("questionsAboutServers")
    void oneThatTrustsIsEnough(Question question) throws Exception {
        Answer yes = new Answer(null);
        Answer no = new Answer("no");

        assertDoesNotThrow(() -> question.ask(new EitherTrustManager(yes, no)));
        assertDoesNotThrow(() -> question.ask(new EitherTrustManager(no, yes)));
    }

    @ParameterizedTest
    @MethodSource("questionsAboutServers")
    void whomNeitherTrustsIsRefusedWithTheReasonsOfBoth(Question question) throws Exception {
        EitherTrustManager either = new EitherTrustManager(new Answer("first"), new Answer("second"));

        CertificateException refusal = assertThrows(CertificateException.class, () -> question.ask(either));

        assertEquals("second", refusal.getMessage());
        assertEquals(
                List.of("first"),
                Stream.of(refusal.getSuppressed()).map(Throwable::getMessage).toList());
    }

    @ParameterizedTest
    @MethodSource("questionsAboutClients")
    void noClientIsEverTrusted(Question question) throws Exception {
        EitherTrustManager either = new EitherTrustManager(new Answer(null), new Answer(null));

        assertThrows(CertificateException.class, () -> question.ask(either));
    }

    @Test
    void theAuthoritiesOfBothAreNamed() throws Exception {
        EitherTrustManager either = new EitherTrustManager(new Answer(null), new Answer("no"));

        assertArrayEquals(new X509Certificate[] {CHAIN[0], CHAIN[0]}, either.getAcceptedIssuers());
    }

    /** Such a one could not look at host names. */
    @Test
    void aManagerThatIsNotToldOfTheConnectionIsRefused() {
        X509TrustManager plain = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return CHAIN;
            }
        };

        assertThrows(GeneralSecurityException.class, () -> new EitherTrustManager(new Answer(null), plain));
        assertThrows(GeneralSecurityException.class, () -> new EitherTrustManager(plain, new Answer(null)));
    }

    private static X509Certificate authority() {
        try {
            byte[] pem = TestTls.caPem().getBytes(StandardCharsets.US_ASCII);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Trusts everybody, or refuses everybody with these words. */
    private static final class Answer extends X509ExtendedTrustManager {
        private final @Nullable String refusal;

        Answer(@Nullable String refusal) {
            this.refusal = refusal;
        }

        private void answer() throws CertificateException {
            if (refusal != null) {
                throw new CertificateException(refusal);
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            answer();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            answer();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            answer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            answer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
                throws CertificateException {
            answer();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
                throws CertificateException {
            answer();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return CHAIN;
        }
    }
}
