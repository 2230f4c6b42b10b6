package io.github.pkceauth.oidc;

import com.nimbusds.jose.JWEAlgorithm;
import java.util.Optional;

/**
 * How much more than usual is done for requests, answers and tokens to be whose they say they are.
 *
 * @param pushing when authorization requests are pushed (RFC 9126)
 * @param signsRequests whether authorization requests are signed (RFC 9101)
 * @param constraint what tokens are bound to
 * @param keys the client's own keys
 * @param idTokenEncryption how ID tokens must be encrypted, if they must
 * @param fapi2 whether FAPI 2.0 is held to in everything
 */
public record Assurance(
        Pushing pushing,
        boolean signsRequests,
        SenderConstraint constraint,
        ClientKeys keys,
        Optional<JWEAlgorithm> idTokenEncryption,
        boolean fapi2) {

    /** Nothing beyond what is always done. */
    public static final Assurance USUAL =
            new Assurance(Pushing.AUTO, false, SenderConstraint.NONE, ClientKeys.NONE, Optional.empty(), false);
}
