package io.github.pkceauth.benchmarks;

/** The verification of an ID token: signature and claims, with the provider's keys known already. */
@FunctionalInterface
public interface TokenCheck {

    /**
     * Verifies a token that came for an authorization request.
     *
     * @param idToken the token as it came
     * @param nonce what it must hold
     * @param accessToken what came with it
     * @return what was learnt
     * @throws Exception if it breaks a rule
     */
    Object verify(String idToken, String nonce, String accessToken) throws Exception;
}
