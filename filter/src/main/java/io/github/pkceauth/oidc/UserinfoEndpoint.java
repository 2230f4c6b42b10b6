package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.api.Tokens;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads claims about the user (OpenID Connect Core 5.3). Safe for use by several threads. */
final class UserinfoEndpoint {

    private final Http http;

    UserinfoEndpoint(Http http) {
        this.http = http;
    }

    /**
     * The claims about the owner of the access token.
     *
     * @param address the endpoint
     * @param tokens holds the access token, which travels in a header and nowhere else
     * @param verified the ID token that came with it, or null in plain OAuth 2.0
     * @throws AuthFailure if there are none, or they are about somebody else
     */
    Claims claims(URI address, Tokens tokens, @Nullable IdToken verified) throws AuthFailure {
        HttpAnswer answer =
                http.get("userinfo endpoint", address, Map.of("Authorization", "Bearer " + tokens.accessToken()));
        if (answer.status() / 100 == 5) {
            throw answer.unexpected(Reason.PROVIDER_UNREACHABLE);
        }
        answer.orFail(Reason.USERINFO_INVALID);
        if (!answer.isJson()) {
            throw new AuthFailure(
                    Reason.USERINFO_INVALID,
                    answer.from()
                            + " answered with content type '"
                            + Printable.of(answer.contentType())
                            + "' instead of application/json; register the client for plain, unsigned userinfo");
        }
        Claims claims = new Claims(answer.json(Reason.USERINFO_INVALID));
        // OpenID Connect Core 5.3.2: without an equal sub, the claims must not be used.
        if (verified != null && !verified.subject().equals(claims.get("sub"))) {
            throw new AuthFailure(
                    Reason.USERINFO_SUBJECT, answer.from() + " answered with another sub than the ID token's");
        }
        return claims;
    }
}
