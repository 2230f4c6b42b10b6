package io.github.pkceauth.interop.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.JWKGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64;
import io.github.pkceauth.testkit.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;

/**
 * The keys of clients, made once, in each of the forms in which the filter takes them: private in a file for the
 * application, public for the provider.
 */
enum ClientKeys {
    /** A JWK that signs, and is free to decrypt as well. */
    ES256 {
        @Override
        JWKSet keys() throws JOSEException {
            return new JWKSet(p256(KeyUse.SIGNATURE).generate());
        }

        @Override
        String secret(JWKSet keys) {
            return new ECKey.Builder(keys.getKeys().get(0).toECKey())
                    .keyUse(null)
                    .build()
                    .toJSONString();
        }
    },

    /** A JWK set: an RSA key that signs, and one for decryption. */
    PS256 {
        @Override
        JWKSet keys() throws JOSEException {
            return new JWKSet(List.of(
                    new RSAKeyGenerator(2048)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(JWSAlgorithm.PS256)
                            .keyID("ps256")
                            .generate(),
                    new RSAKeyGenerator(2048)
                            .keyUse(KeyUse.ENCRYPTION)
                            .algorithm(JWEAlgorithm.RSA_OAEP_256)
                            .keyID("rsa-oaep-256")
                            .generate()));
        }
    },

    /** A JWK set: a key on P-256 that signs, and one for decryption. */
    ECDH {
        @Override
        JWKSet keys() throws JOSEException {
            return new JWKSet(List.of(
                    p256(KeyUse.SIGNATURE).generate(),
                    p256(KeyUse.ENCRYPTION)
                            .algorithm(JWEAlgorithm.ECDH_ES_A256KW)
                            .generate()));
        }
    },

    /** PEM, which does not tell the key's name. */
    EDDSA {
        @Override
        JWKSet keys() throws ParseException {
            return new JWKSet(JWK.parse(Edwards.KEY.publicJwk()));
        }

        @Override
        String secret(JWKSet keys) {
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.encode(Edwards.KEY.privateKey().getEncoded()) + "\n-----END PRIVATE KEY-----\n";
        }
    };

    private final Path file = Scratch.folder("client-keys").resolve(name().toLowerCase(Locale.ROOT));
    private final String published;

    ClientKeys() {
        try {
            JWKSet keys = keys();
            published = keys.toString();
            Files.writeString(file, secret(keys));
        } catch (JOSEException | ParseException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys, as far as they can be told by JWKs. */
    abstract JWKSet keys() throws JOSEException, ParseException;

    /** What the application is told. */
    String secret(JWKSet keys) {
        return keys.toString(false);
    }

    private static JWKGenerator<ECKey> p256(KeyUse use) {
        return new ECKeyGenerator(Curve.P_256).keyUse(use).keyID("p-256-" + use);
    }

    /** Where the private keys are. */
    String file() {
        return file.toString();
    }

    /** The set of the public keys. */
    String published() {
        return published;
    }

    /** The set of a public key by its certificate, for a client that shows that. */
    static String published(X509Certificate certificate) {
        try {
            return new JWKSet(new ECKey.Builder(Curve.P_256, (ECPublicKey) certificate.getPublicKey())
                            .x509CertChain(List.of(Base64.encode(certificate.getEncoded())))
                            .build())
                    .toString();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Apart, since the constants are made before their own fields. */
    private static final class Edwards {
        static final SigningKey KEY = SigningKey.generate("eddsa", JWSAlgorithm.EdDSA);
    }
}
