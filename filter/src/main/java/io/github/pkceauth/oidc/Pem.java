package io.github.pkceauth.oidc;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what stands between the BEGIN and END of PEM texts (RFC 7468); the rest of them is for people. */
final class Pem {

    private static final int DASHES = 5;
    private static final String BEGIN = "-----BEGIN ";
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]++)-----([^-]++)-----END \\1-----");

    private static final String CONVERSION =
            "only PKCS #8 without a password is read: openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem";

    private static final List<String> KINDS = List.of("RSA", "EC", "Ed25519");

    private Pem() {}

    /** A block: what it says that it is, and itself. */
    private record Block(String label, String body, String whole) {

        boolean isCertificate() {
            return label.endsWith("CERTIFICATE");
        }
    }

    /**
     * The certificates of a text that has nothing else in it.
     *
     * @throws GeneralSecurityException if there is anything else in it, or a certificate cannot be read
     */
    static List<X509Certificate> certificatesAlone(String text) throws GeneralSecurityException {
        for (Block block : blocks(text)) {
            if (!block.isCertificate()) {
                throw new GeneralSecurityException("a block in it is no certificate, but " + block.label());
            }
        }
        return certificates(text);
    }

    /**
     * The certificates, in their order. Nothing else reaches the JDK's parser: that would take text beginning with a zero
     * for a certificate in binary form, and of those some overflow its stack.
     */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        StringBuilder blocks = new StringBuilder();
        for (Block block : blocks(text)) {
            if (block.isCertificate()) {
                blocks.append(block.whole()).append('\n');
            }
        }
        byte[] bytes = blocks.toString().getBytes(StandardCharsets.ISO_8859_1);
        Collection<? extends Certificate> certificates =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        List<X509Certificate> all = new ArrayList<>();
        for (Certificate certificate : certificates) {
            if (certificate instanceof X509Certificate x509) {
                all.add(x509);
            }
        }
        return all;
    }

    /**
     * The private keys, in their order.
     *
     * @throws GeneralSecurityException if one cannot be read; the message says how to write it, and nothing of the key
     */
    static List<PrivateKey> privateKeys(String text) throws GeneralSecurityException {
        if (text.contains("Proc-Type: 4,ENCRYPTED")) {
            throw new GeneralSecurityException("a key in it has a password; " + CONVERSION);
        }
        List<PrivateKey> keys = new ArrayList<>();
        for (Block block : blocks(text)) {
            if (block.label().equals("PRIVATE KEY")) {
                keys.add(privateKey(block.body()));
            } else if (block.label().endsWith("PRIVATE KEY")) {
                throw new GeneralSecurityException("a key in it is a " + block.label() + "; " + CONVERSION);
            }
        }
        return keys;
    }

    private static PrivateKey privateKey(String body) throws GeneralSecurityException {
        PKCS8EncodedKeySpec encoded;
        try {
            encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("a private key in it is not written in base64");
        }
        for (String kind : KINDS) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // Of another kind, most likely.
            }
        }
        throw new GeneralSecurityException("a private key in it is none of " + KINDS + " that can be read");
    }

    private static List<Block> blocks(String text) throws GeneralSecurityException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        int end = 0;
        while (block.find()) {
            failOnBegin(text.substring(Math.max(0, end - DASHES), block.start()));
            blocks.add(new Block(block.group(1), block.group(2), block.group()));
            end = block.end();
        }
        failOnBegin(text.substring(Math.max(0, end - DASHES)));
        return blocks;
    }

    /** Half a bundle would be trust in fewer authorities than were named; the dashes of an END may be a BEGIN's too. */
    private static void failOnBegin(String between) throws GeneralSecurityException {
        if (between.contains(BEGIN)) {
            throw new GeneralSecurityException("a block in it has no end");
        }
    }
}
