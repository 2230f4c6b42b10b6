package io.github.pkceauth.web;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.oidc.IssuedTokens;
import io.github.pkceauth.oidc.Login;
import java.time.Instant;

/** Logins for tests, made at the beginning of 2026. */
final class Logins {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Logins() {}

    static Login of(PkceUser user) {
        return of(user, new IssuedTokens("an-access-token", null, "openid", null, null, START));
    }

    static Login of(PkceUser user, IssuedTokens tokens) {
        return new Login("a-client", "the id of a login", user, tokens, "a-nonce", START, 0, null, null);
    }
}
