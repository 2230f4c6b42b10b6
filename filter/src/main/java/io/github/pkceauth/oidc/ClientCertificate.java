package io.github.pkceauth.oidc;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that this client shows to servers that ask for one, with its key (RFC 8705). It is shown whatever
 * authorities a server names: one that knows self-signed certificates names none of theirs. Safe for use by several threads.
 */
public final class ClientCertificate {

    private static final String BEGIN = "-----BEGIN";

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private ClientCertificate(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * A certificate out of a file, or out of PEM text.
     *
     * @param place the name of a key store (PKCS #12 or JKS) or of a PEM file; or PEM text
     * @param password the key store's and the key's password, if they have one
     * @throws IOException if there is no such file, or it cannot be opened with the password
     * @throws GeneralSecurityException if there is not exactly one certificate with its key in it
     */
    public static ClientCertificate of(String place, Optional<Secret> password)
            throws IOException, GeneralSecurityException {
        if (place.contains(BEGIN)) {
            return ofPem(place);
        }
        byte[] content = Files.readAllBytes(Path.of(place));
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.contains(BEGIN)) {
            return ofPem(text);
        }
        char[] characters = password.map(Secret::reveal).orElse("").toCharArray();
        return ofStore(KeyStore.getInstance(new File(place), characters), characters);
    }

    private static ClientCertificate ofPem(String text) throws GeneralSecurityException {
        List<PrivateKey> keys = Pem.privateKeys(text);
        List<X509Certificate> certificates = Pem.certificates(text);
        if (keys.size() != 1 || certificates.isEmpty()) {
            throw new GeneralSecurityException(
                    "PEM must have the certificate, those between it and its authority, and the"
                            + " one private key; this has " + certificates.size() + " certificates and " + keys.size()
                            + " keys");
        }
        return of(keys.get(0), certificates);
    }

    private static ClientCertificate ofStore(KeyStore store, char[] password) throws GeneralSecurityException {
        List<String> aliases = Collections.list(store.aliases());
        aliases.removeIf(alias -> !isKey(store, alias));
        if (aliases.size() != 1) {
            throw new GeneralSecurityException(
                    "there must be one private key in the key store, and there are " + aliases.size());
        }
        Key key;
        try {
            key = store.getKey(aliases.get(0), password);
        } catch (UnrecoverableKeyException e) {
            throw new GeneralSecurityException("the key has another password than the key store");
        }
        Certificate @Nullable [] chain = store.getCertificateChain(aliases.get(0));
        if (!(key instanceof PrivateKey privateKey) || chain == null) {
            throw new GeneralSecurityException("the key in the key store has no certificate");
        }
        return of(
                privateKey,
                Arrays.stream(chain).map(X509Certificate.class::cast).toList());
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static ClientCertificate of(PrivateKey key, List<X509Certificate> chain) throws GeneralSecurityException {
        String kind = chain.get(0).getPublicKey().getAlgorithm();
        if (!kind.equals(key.getAlgorithm())) {
            throw new GeneralSecurityException("the first certificate is for a key of the kind " + kind
                    + ", and the key is " + key.getAlgorithm());
        }
        try {
            chain.get(0).checkValidity();
        } catch (CertificateException e) {
            throw new GeneralSecurityException("the certificate is valid from "
                    + chain.get(0).getNotBefore().toInstant() + " to "
                    + chain.get(0).getNotAfter().toInstant() + ", which is not now");
        }
        if (key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() < SigningAlgorithms.MIN_RSA_BITS) {
            throw new GeneralSecurityException(
                    "an RSA key of less than " + SigningAlgorithms.MIN_RSA_BITS + " bits is too weak");
        }
        checkPair(key, chain.get(0).getPublicKey());
        return new ClientCertificate(key, List.copyOf(chain));
    }

    /** A server would refuse the handshake, and hardly say why. */
    private static void checkPair(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = key instanceof RSAPrivateKey
                ? "SHA256withRSA"
                : key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : key.getAlgorithm();
        byte[] anything = {1, 2, 3};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(anything);
        byte[] signature = signing.sign();
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certified);
        verifying.update(anything);
        if (!verifying.verify(signature)) {
            throw new GeneralSecurityException("the private key is not that of the first certificate");
        }
    }

    KeyManager keyManager() {
        return new OnlyKey(key, chain.toArray(X509Certificate[]::new));
    }

    @Override
    public String toString() {
        return "ClientCertificate[" + Printable.of(chain.get(0).getSubjectX500Principal()) + "]";
    }

    /** Knows one key, and offers it to everybody who can use its kind. */
    private static final class OnlyKey extends X509ExtendedKeyManager {

        private static final String ALIAS = "client";

        private final PrivateKey key;
        private final X509Certificate[] chain;

        OnlyKey(PrivateKey key, X509Certificate[] chain) {
            this.key = key;
            this.chain = chain;
        }

        private @Nullable String alias(String... keyTypes) {
            return Arrays.asList(keyTypes).contains(key.getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return alias(keyTypes);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return alias(keyTypes);
        }

        @Override
        public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return alias(keyType) == null ? null : new String[] {ALIAS};
        }

        @Override
        public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return null; // this is a client's
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
