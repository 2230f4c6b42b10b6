package io.github.pkceauth.oidc;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.RSADecrypter;
import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens what the provider has encrypted to this client (RFC 7516). That something could be opened says nothing of who
 * closed it: everybody has the public keys. Safe for use by several threads.
 */
public final class Decryption {

    /** By SHA-1, which is no weakness here, and the only one that some providers have; the library's constant is deprecated. */
    private static final JWEAlgorithm RSA_OAEP = JWEAlgorithm.parse("RSA-OAEP");

    /** RSA1_5 is not among them, which lets whoever may try often enough decrypt (RFC 8725 section 3.2). */
    private static final Set<JWEAlgorithm> BY_RSA = Set.of(RSA_OAEP, JWEAlgorithm.RSA_OAEP_256);

    private static final Set<JWEAlgorithm> BY_EC =
            Set.of(JWEAlgorithm.ECDH_ES, JWEAlgorithm.ECDH_ES_A128KW, JWEAlgorithm.ECDH_ES_A256KW);

    private static final Set<EncryptionMethod> METHODS = Set.of(
            EncryptionMethod.A128CBC_HS256,
            EncryptionMethod.A192CBC_HS384,
            EncryptionMethod.A256CBC_HS512,
            EncryptionMethod.A128GCM,
            EncryptionMethod.A192GCM,
            EncryptionMethod.A256GCM);

    private static final int PARTS = 5;

    private final List<ClientKey> keys;

    Decryption(ClientKeys keys) {
        this.keys = keys.decrypting();
    }

    /** The algorithms that some key of these can decrypt by. */
    public static Set<JWEAlgorithm> algorithms(ClientKeys keys) {
        boolean rsa = keys.decrypting().stream().anyMatch(key -> key.privateKey() instanceof RSAPrivateKey);
        boolean ec = keys.decrypting().stream().anyMatch(key -> key.privateKey() instanceof ECPrivateKey);
        return rsa && ec ? all() : rsa ? BY_RSA : ec ? BY_EC : Set.of();
    }

    /** All that can be decrypted by, given the right key. */
    public static Set<JWEAlgorithm> all() {
        return Stream.concat(BY_RSA.stream(), BY_EC.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a text has the form of something encrypted. */
    static boolean isEncrypted(String text) {
        return text.split("\\.", PARTS + 1).length == PARTS;
    }

    /**
     * What is in something that is encrypted to this client.
     *
     * @param what what it is, for messages
     * @param text the JWE in compact form
     * @param agreed the algorithms that the key may be encrypted by
     * @param unusable what it means if it cannot be opened
     * @throws AuthFailure if it cannot be opened
     */
    String opened(String what, String text, Set<JWEAlgorithm> agreed, Reason unusable) throws AuthFailure {
        JWEObject jwe;
        try {
            jwe = JWEObject.parse(text);
        } catch (ParseException | RuntimeException e) {
            // Its message may quote the token, so it goes no further.
            throw new AuthFailure(unusable, what + " is no JWE in compact form");
        }
        JWEHeader header = jwe.getHeader();
        if (!agreed.contains(header.getAlgorithm()) || !METHODS.contains(header.getEncryptionMethod())) {
            throw new AuthFailure(
                    unusable,
                    what + " is encrypted by " + Printable.of(header.getAlgorithm()) + " and "
                            + Printable.of(header.getEncryptionMethod()) + ", and taken are "
                            + agreed.stream()
                                    .map(JWEAlgorithm::getName)
                                    .sorted()
                                    .toList()
                            + (agreed.isEmpty() ? ": give clientKey the private key that it is encrypted to" : ""));
        }
        if (header.getCriticalParams() != null || header.getCompressionAlgorithm() != null) {
            // What is compressed may be any size once it is not; no provider does it.
            throw new AuthFailure(unusable, what + "'s encryption has crit or zip, which is not supported");
        }
        for (ClientKey key : keys) {
            if (fits(key, header) && isOpenedBy(key, jwe)) {
                return jwe.getPayload().toString();
            }
        }
        throw new AuthFailure(
                unusable,
                what + " is encrypted to no key of clientKey: its kid is " + Printable.of(header.getKeyID())
                        + "; keep a key there for as long as the provider may use it");
    }

    /** Whether a key is of the kind that an algorithm takes. */
    static boolean isOfKind(PrivateKey key, JWEAlgorithm algorithm) {
        return key instanceof RSAPrivateKey
                ? BY_RSA.contains(algorithm)
                : key instanceof ECPrivateKey && BY_EC.contains(algorithm);
    }

    private static boolean fits(ClientKey key, JWEHeader header) {
        return isOfKind(key.privateKey(), header.getAlgorithm())
                && (key.id() == null || header.getKeyID() == null || key.id().equals(header.getKeyID()));
    }

    private static boolean isOpenedBy(ClientKey key, JWEObject jwe) {
        try {
            jwe.decrypt(decrypter(key));
            return true;
        } catch (JOSEException | RuntimeException e) {
            return false; // of another key, or changed on its way
        }
    }

    private static JWEDecrypter decrypter(ClientKey key) throws JOSEException {
        return key.privateKey() instanceof ECPrivateKey ec ? new ECDHDecrypter(ec) : new RSADecrypter(key.privateKey());
    }
}
