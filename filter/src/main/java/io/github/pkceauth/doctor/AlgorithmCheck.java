package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.Examination;
import java.util.List;

/** Whether the provider signs ID tokens by an algorithm that is taken. */
final class AlgorithmCheck implements Check {

    private static final String MEMBER = "id_token_signing_alg_values_supported";

    @Override
    public void look(Case examined, Findings findings) {
        List<String> announced = examined.announced().list(MEMBER).orElse(List.of());
        boolean isSet = examined.config().client().idTokenAlgorithm().isPresent();
        boolean isKnown = isSet || examined.hasMetadata() || examined.metadata().areGood();
        boolean isNone = examined.idTokenAlgorithms().isEmpty(); // which is told with what wants others
        if (!isKnown || isNone || !examined.config().client().usesOpenId()) {
            return;
        }
        String taken = Announced.shown(examined.idTokenAlgorithms());
        if (isSet && !announced.isEmpty() && !announced.containsAll(examined.idTokenAlgorithms())) {
            findings.add(
                    Code.ID_TOKEN_ALGORITHM_NOT_ANNOUNCED,
                    "idTokenSignedResponseAlg is " + taken + ", and the provider announces "
                            + Announced.shown(announced),
                    "write the one that the client is registered for, or take idTokenSignedResponseAlg out");
        } else if (!isSet && !announced.isEmpty() && announced.stream().noneMatch(Examination::isAlgorithm)) {
            findings.add(
                    Code.ID_TOKEN_ALGORITHMS_UNUSABLE,
                    "the provider announces ID tokens signed by " + Announced.shown(announced)
                            + ", none of which is taken by itself",
                    "have the client registered for RS256 or ES256; where there is HS256 alone, write"
                            + " idTokenSignedResponseAlg=HS256, with a clientSecret of 32 bytes at the least");
        } else {
            findings.add(Code.ID_TOKEN_ALGORITHMS, "ID tokens are taken that are signed by " + taken);
        }
    }
}
