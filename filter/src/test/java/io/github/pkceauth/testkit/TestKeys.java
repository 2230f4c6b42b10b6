package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;

/** Keys that are made once for all tests. */
public final class TestKeys {
    private TestKeys() {}

    /** The RSA key that an honest provider starts with. */
    public static SigningKey rsa() {
        return Rsa.KEY;
    }

    /** The RSA key that an honest provider turns to at rotation. */
    public static SigningKey otherRsa() {
        return OtherRsa.KEY;
    }

    /** An RSA key that no provider publishes. */
    public static SigningKey attackerRsa() {
        return AttackerRsa.KEY;
    }

    /** A P-256 key. */
    public static SigningKey p256() {
        return Small.P256;
    }

    /** A P-384 key. */
    public static SigningKey p384() {
        return Small.P384;
    }

    /** A P-521 key. */
    public static SigningKey p521() {
        return Small.P521;
    }

    /** An Ed25519 key. */
    public static SigningKey ed25519() {
        return Small.ED25519;
    }

    private static final class Rsa {
        static final SigningKey KEY = SigningKey.generate("rsa-1", JWSAlgorithm.RS256);
    }

    private static final class OtherRsa {
        static final SigningKey KEY = SigningKey.generate("rsa-2", JWSAlgorithm.RS256);
    }

    private static final class AttackerRsa {
        static final SigningKey KEY = SigningKey.generate("attacker", JWSAlgorithm.RS256);
    }

    private static final class Small {
        static final SigningKey P256 = SigningKey.generate("p-256", JWSAlgorithm.ES256);
        static final SigningKey P384 = SigningKey.generate("p-384", JWSAlgorithm.ES384);
        static final SigningKey P521 = SigningKey.generate("p-521", JWSAlgorithm.ES512);
        static final SigningKey ED25519 = SigningKey.generate("ed-25519", JWSAlgorithm.EdDSA);
    }
}
