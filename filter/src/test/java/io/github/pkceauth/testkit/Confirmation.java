package io.github.pkceauth.testkit;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * To whose key tokens are bound, as the {@code cnf} claim of RFC 7800 has it.
 *
 * @param member {@code jkt} for a DPoP key, {@code x5t#S256} for a certificate; empty where tokens are their bearer's
 * @param value the thumbprint
 */
record Confirmation(String member, String value) {
    /** Whoever bears the token may use it. */
    static final Confirmation NONE = new Confirmation("", "");

    private static final String DPOP = "jkt";

    /** By the key of DPoP proofs, RFC 9449 section 6. */
    static Confirmation dpop(String thumbprint) {
        return new Confirmation(DPOP, thumbprint);
    }

    /** By the client's certificate, RFC 8705 section 3.1; by none where there is none. */
    static Confirmation certificate(@Nullable X509Certificate certificate) {
        if (certificate == null) {
            return NONE;
        }
        try {
            return new Confirmation("x5t#S256", Sha256.of(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isNone() {
        return equals(NONE);
    }

    boolean isDpop() {
        return member.equals(DPOP);
    }

    /** The token type of what is bound so. */
    String tokenType() {
        return isDpop() ? "DPoP" : "Bearer";
    }

    Map<String, String> claim() {
        return Map.of(member, value);
    }
}
