package io.github.pkceauth.oidc;

import java.util.List;
import java.util.regex.Pattern;

/** What a protected resource says to a call with a proof that it does not like (RFC 9449 sections 8.2 and 9). */
final class DpopChallenge {

    private static final int UNAUTHORIZED = 401;

    /** Whatever its scheme is called: names in challenges are of either case (RFC 9110 section 11). */
    private static final Pattern NONCE_WANTED =
            Pattern.compile("\\berror\\s*=\\s*\"?use_dpop_nonce\\b", Pattern.CASE_INSENSITIVE);

    private DpopChallenge() {}

    /**
     * Whether a call was refused for the want of a nonce.
     *
     * @param status the HTTP status of the answer
     * @param challenges its {@code WWW-Authenticate} headers
     */
    static boolean wantsNonce(int status, List<String> challenges) {
        return status == UNAUTHORIZED
                && challenges.stream()
                        .anyMatch(challenge -> NONCE_WANTED.matcher(challenge).find());
    }
}
