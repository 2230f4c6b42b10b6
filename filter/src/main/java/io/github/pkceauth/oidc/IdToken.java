package io.github.pkceauth.oidc;

/** An ID token that passed every check; only {@link IdTokenVerifier} makes one. */
final class IdToken {

    private final String issuer;
    private final String subject;
    private final Claims claims;

    IdToken(String issuer, String subject, Claims claims) {
        this.issuer = issuer;
        this.subject = subject;
        this.claims = claims;
    }

    String issuer() {
        return issuer;
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
