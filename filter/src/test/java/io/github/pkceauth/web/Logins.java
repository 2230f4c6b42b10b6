package io.github.pkceauth.web;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.pkceauth.api.PkceUser;
import io.github.pkceauth.oidc.AuthenticationContext;
import io.github.pkceauth.oidc.IssuedTokens;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.LogoutNotice;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Logins for tests, made at the beginning of 2026. */
final class Logins {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Logins() {}

    static Login of(String subject, @Nullable String sid) {
        PkceUser user = mock(PkceUser.class);
        when(user.subject()).thenReturn(subject);
        when(user.sid()).thenReturn(sid);
        return of(user);
    }

    /** The provider's notice that they have ended. */
    static LogoutNotice notice(Instant issued, @Nullable String subject, @Nullable String sid) {
        return new LogoutNotice(
                "a-jti", issued, issued.plusSeconds(120), Optional.ofNullable(subject), Optional.ofNullable(sid));
    }

    static Login of(PkceUser user) {
        return of(user, new IssuedTokens("an-access-token", null, "openid", null, null, START, null, null));
    }

    static Login of(PkceUser user, IssuedTokens tokens) {
        return of(user, tokens, null);
    }

    static Login signedIn(AuthenticationContext context) {
        IssuedTokens tokens = new IssuedTokens("an-access-token", null, "openid", null, null, START, null, null);
        return of(mock(PkceUser.class), tokens, context);
    }

    private static Login of(PkceUser user, IssuedTokens tokens, @Nullable AuthenticationContext context) {
        return new Login("a-client", "the id of a login", user, tokens, "a-nonce", START, 0, null, null, context);
    }
}
