package io.github.pkceauth.oidc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pkceauth.fuzz.Fuzz;
import io.github.pkceauth.fuzz.Work;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a bundle of certificates holds, it is trusted as a whole or not at all. */
class PemBundleFuzzTest {

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN [^\\n]*?-----.*?-----END [^\\n]*?-----", Pattern.DOTALL);

    @Fuzz
    void aBundleIsTrustedAsAWholeOrNotAtAll(byte[] input) throws Exception {
        // A bundle that is trusted costs a look at all the authorities that the JVM trusts as well.
        boolean trusted = Work.bounded(input, 64_000_000, 10_000, () -> isTrusted(input));
        String text = new String(input, ISO_8859_1);
        if (trusted && BEGIN.matcher(text).find()) {
            List<String> blocks =
                    BLOCK.matcher(text).results().map(block -> block.group()).toList();
            assertEquals(BEGIN.matcher(text).results().count(), blocks.size(), "a block without an end");
            blocks.forEach(block -> assertTrue(isCertificate(block), () -> "no certificate: " + block));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\n",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
                "A",
                "0\u0080",
                "0\u0082\u007f\u00ff",
                "\n"
            })
    void longBundlesCostNoMoreThanTheirLength(String part) throws Exception {
        Work.linear(size -> part.repeat(size / part.length()), text -> isTrusted(text.getBytes(ISO_8859_1)));
    }

    private static boolean isTrusted(byte[] bundle) {
        try {
            return Tls.ofJvmAnd(bundle).context().isPresent();
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isCertificate(String block) {
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getBytes(ISO_8859_1)));
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }
}
