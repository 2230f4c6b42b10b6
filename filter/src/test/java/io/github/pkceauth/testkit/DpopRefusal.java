package io.github.pkceauth.testkit;

/** Why a DPoP proof does not count, RFC 9449 sections 5, 7.1 and 8. */
final class DpopRefusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean forNonce;

    private DpopRefusal(boolean forNonce, String description) {
        super(description);
        this.forNonce = forNonce;
    }

    static DpopRefusal badProof(String description) {
        return new DpopRefusal(false, description);
    }

    static DpopRefusal withoutNonce() {
        return new DpopRefusal(true, "the proof must carry the nonce that was given out last");
    }

    String error() {
        return forNonce ? "use_dpop_nonce" : "invalid_dpop_proof";
    }

    /** What a token or a pushed request endpoint answers. */
    Reply atAuthorizationServer(DpopNonces nonces) {
        return withNonce(ClientForm.error(400, error(), String.valueOf(getMessage())), nonces);
    }

    /** What a protected resource answers. */
    Reply atResource(DpopNonces nonces) {
        return withNonce(
                ClientForm.error(401, error(), String.valueOf(getMessage()))
                        .withHeader(
                                "WWW-Authenticate", "DPoP error=\"" + error() + "\", algs=\"" + algorithms() + "\""),
                nonces);
    }

    private static String algorithms() {
        return String.join(" ", ReceivedJwt.ALGORITHMS);
    }

    private Reply withNonce(Reply reply, DpopNonces nonces) {
        return forNonce ? reply.withHeader("DPoP-Nonce", nonces.last()) : reply;
    }
}
