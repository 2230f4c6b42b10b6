package io.github.pkceauth.oidc;

/** An ID token that passed every check; only {@link IdTokenVerifier} makes one. */
final class IdToken {

    private final String subject;
    private final Claims claims;

    IdToken(String subject, Claims claims) {
        this.subject = subject;
        this.claims = claims;
    }

    String subject() {
        return subject;
    }

    Claims claims() {
        return claims;
    }

    @Override
    public String toString() {
        return "IdToken[hidden]";
    }
}
