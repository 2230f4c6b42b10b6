package io.github.pkceauth.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The client's own keys, the one in use first: that one signs, and all decrypt, so that a key can go out of use without
 * anybody's noticing. Safe for use by several threads.
 *
 * @param all the keys, empty where the client has none
 */
public record ClientKeys(List<ClientKey> all) {

    /** No keys. */
    public static final ClientKeys NONE = new ClientKeys(List.of());

    /** What RSA keys are registered for most often first; then what FAPI wants. */
    private static final List<JWSAlgorithm> BY_RSA = List.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.PS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.PS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS512);

    /** EdDSA is what nearly all say still of what RFC 9864 calls Ed25519. */
    private static final List<JWSAlgorithm> BY_EDWARDS = List.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    /**
     * Keys as they stand in a file: a JWK, a JWK set (RFC 7517), or PEM blocks (RFC 7468) of PKCS #8.
     *
     * @param text the keys
     * @throws GeneralSecurityException if there is none, or one that cannot be used; the message says why, and nothing of the
     *     key
     */
    public static ClientKeys of(String text) throws GeneralSecurityException {
        List<ClientKey> keys = new ArrayList<>();
        if (text.contains("-----BEGIN")) {
            for (PrivateKey key : Pem.privateKeys(text)) {
                keys.add(key(null, key, null, true));
            }
        } else {
            for (Object member : members(text)) {
                keys.add(key(jwk(member)));
            }
        }
        if (keys.isEmpty()) {
            throw new GeneralSecurityException("there is no private key in it");
        }
        return new ClientKeys(List.copyOf(keys));
    }

    private static List<?> members(String text) throws GeneralSecurityException {
        try {
            Map<String, Object> object = Json.object(text);
            return object.get("keys") instanceof List<?> several ? several : List.of(object);
        } catch (ParseException e) {
            throw new GeneralSecurityException("it is neither a JWK nor a JWK set nor PEM");
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have string names
    private static JWK jwk(Object member) throws GeneralSecurityException {
        try {
            if (member instanceof Map<?, ?> object) {
                return JWK.parse((Map<String, Object>) object);
            }
        } catch (ParseException | RuntimeException e) {
            // Its message may quote the key, so it goes no further.
        }
        throw new GeneralSecurityException("one of its keys is no JWK that can be read");
    }

    private static ClientKey key(JWK jwk) throws GeneralSecurityException {
        if (!jwk.isPrivate()) {
            throw new GeneralSecurityException("the JWK has no private part; give the private key");
        }
        PrivateKey privateKey = privateKey(jwk);
        @Nullable
        String named = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
        boolean forEncryption = KeyUse.ENCRYPTION.equals(jwk.getKeyUse())
                || (named != null && Decryption.isOfKind(privateKey, JWEAlgorithm.parse(named)));
        ClientKey key = key(
                jwk.getKeyID(),
                privateKey,
                named == null || forEncryption ? null : JWSAlgorithm.parse(named),
                !KeyUse.SIGNATURE.equals(jwk.getKeyUse()));
        return forEncryption ? key.restrictedTo(Set.of()) : key;
    }

    private static PrivateKey privateKey(JWK jwk) throws GeneralSecurityException {
        try {
            if (jwk instanceof RSAKey rsa) {
                return rsa.toPrivateKey();
            }
            if (jwk instanceof ECKey ec) {
                return ec.toECPrivateKey();
            }
            if (jwk instanceof OctetKeyPair okp && Curve.Ed25519.equals(okp.getCurve())) {
                return KeyFactory.getInstance("Ed25519")
                        .generatePrivate(new EdECPrivateKeySpec(
                                NamedParameterSpec.ED25519, okp.getD().decode()));
            }
        } catch (JOSEException | RuntimeException e) {
            throw new GeneralSecurityException("the JWK is no key that this Java platform understands");
        }
        throw new GeneralSecurityException(
                "the JWK is of a kind that is not supported; write RSA, EC or OKP (Ed25519)");
    }

    private static ClientKey key(@Nullable String id, PrivateKey key, @Nullable JWSAlgorithm named, boolean mayDecrypt)
            throws GeneralSecurityException {
        List<JWSAlgorithm> fitting = fitting(key);
        if (named != null && !fitting.contains(named)) {
            throw new GeneralSecurityException(
                    "the alg of the JWK, " + Printable.of(named) + ", does not fit its kind");
        }
        return new ClientKey(id, key, named == null ? fitting : List.of(named), mayDecrypt);
    }

    private static List<JWSAlgorithm> fitting(PrivateKey key) throws GeneralSecurityException {
        if (key instanceof RSAPrivateKey rsa) {
            if (rsa.getModulus().bitLength() < SigningAlgorithms.MIN_RSA_BITS) {
                throw new GeneralSecurityException("an RSA key of less than " + SigningAlgorithms.MIN_RSA_BITS
                        + " bits is too weak; make a longer one");
            }
            return BY_RSA;
        }
        if (key instanceof ECPrivateKey ec) {
            @Nullable Curve curve = Curve.forECParameterSpec(ec.getParams());
            List<JWSAlgorithm> ofCurve = curve == null ? List.of() : List.copyOf(SigningAlgorithms.ofCurve(curve));
            if (ofCurve.isEmpty()) {
                throw new GeneralSecurityException("an EC key must be on P-256, P-384 or P-521");
            }
            return ofCurve;
        }
        if (Objects.equals(key.getAlgorithm(), "EdDSA") || Objects.equals(key.getAlgorithm(), "Ed25519")) {
            return BY_EDWARDS;
        }
        throw new GeneralSecurityException("the key must be of the RSA, EC or Ed25519 kind");
    }

    /** The key that signs, if there is one. */
    public Optional<ClientKey> signing() {
        return all.stream().filter(key -> !key.algorithms().isEmpty()).findFirst();
    }

    /** The keys that decrypt, the one in use first. */
    List<ClientKey> decrypting() {
        return all.stream().filter(ClientKey::mayDecrypt).toList();
    }

    /** The same, held to what FAPI 2.0 lets sign; a key that can sign by nothing of that still decrypts. */
    public ClientKeys forFapi() {
        return new ClientKeys(all.stream()
                .map(key -> key.restrictedTo(SigningAlgorithms.FAPI))
                .toList());
    }
}
