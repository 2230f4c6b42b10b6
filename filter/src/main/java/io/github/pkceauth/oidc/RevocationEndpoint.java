package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the provider that tokens are not needed any longer (RFC 7009). Nobody waits for it: a logout
 * is no less a logout where it fails. Safe for use by several threads.
 */
final class RevocationEndpoint {

    private static final Logger LOG = System.getLogger("io.github.pkceauth");

    private static final String ACCESS_TOKEN = "access_token";

    private final AuthenticatedCalls calls;
    private final Http http;

    RevocationEndpoint(AuthenticatedCalls calls, Http http) {
        this.calls = calls;
        this.http = http;
    }

    void revoke(IssuedTokens tokens, URI address, Provider provider) {
        // Section 2.1: with the refresh token its access tokens should go, too, but need not.
        if (tokens.refreshToken() != null) {
            send(address, provider, tokens.refreshToken(), "refresh_token");
        }
        send(address, provider, tokens.accessToken(), ACCESS_TOKEN);
    }

    private void send(URI address, Provider provider, String token, String hint) {
        Parameters form = new Parameters().add("token", token).add("token_type_hint", hint);
        AuthenticatedCalls.Signed signed = calls.signed(provider, form, List.of(token));
        http.postAside(
                "revocation endpoint",
                address,
                signed.headers(),
                signed.form(),
                (answer, failure) -> log(hint, answer, failure));
    }

    private static void log(String hint, @Nullable HttpAnswer answer, @Nullable AuthFailure failure) {
        if (answer == null || answer.status() != 200) {
            // Section 2.2.1: a provider need not revoke access tokens, which is no alarm at each logout.
            boolean unsupported = answer != null && answer.status() == 400 && hint.equals(ACCESS_TOKEN);
            // The body may quote the token, so it goes no further.
            LOG.log(
                    unsupported ? Level.DEBUG : Level.WARNING,
                    "the {0} of a login that has ended could not be revoked: {1}",
                    hint,
                    answer == null
                            ? String.valueOf(failure == null ? null : failure.getMessage())
                            : answer.from() + " answered with status " + answer.status());
        }
    }
}
