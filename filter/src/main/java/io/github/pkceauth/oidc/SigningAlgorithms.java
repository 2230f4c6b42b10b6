package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The signature algorithms that a provider's published keys may verify (RFC 7518, RFC 8037). */
public final class SigningAlgorithms {

    /** RFC 7518 section 3.3, FAPI 2.0 Security Profile 5.4.1. */
    static final int MIN_RSA_BITS = 2048;

    static final Set<JWSAlgorithm> RSA = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);

    private static final Map<Curve, Set<JWSAlgorithm>> BY_CURVE = Map.of(
            Curve.P_256, Set.of(JWSAlgorithm.ES256),
            Curve.P_384, Set.of(JWSAlgorithm.ES384),
            Curve.P_521, Set.of(JWSAlgorithm.ES512),
            Curve.Ed25519, Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519));

    /** All of them; none is symmetric, and none is {@code none}. */
    public static final Set<JWSAlgorithm> ASYMMETRIC = Stream.concat(
                    RSA.stream(), BY_CURVE.values().stream().flatMap(Set::stream))
            .collect(Collectors.toUnmodifiableSet());

    /** Those that FAPI 2.0 Security Profile section 5.4.1 lets sign; Ed25519 is EdDSA by the name of RFC 9864. */
    public static final Set<JWSAlgorithm> FAPI =
            Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private SigningAlgorithms() {}

    /** Those that may be used at all. */
    static Set<JWSAlgorithm> allowed(boolean fapi2) {
        return fapi2 ? FAPI : ASYMMETRIC;
    }

    /** The algorithms of keys on a curve, none where the curve is not supported. */
    static Set<JWSAlgorithm> ofCurve(Curve curve) {
        return BY_CURVE.getOrDefault(curve, Set.of());
    }

    /** The algorithm of that name, if it is one of {@link #ASYMMETRIC}. */
    static Optional<JWSAlgorithm> asymmetric(@Nullable Object name) {
        return name instanceof String text
                ? Optional.of(JWSAlgorithm.parse(text)).filter(ASYMMETRIC::contains)
                : Optional.empty();
    }
}
