package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import java.net.URI;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads claims about the user (OpenID Connect Core 5.3), plain, signed, encrypted, or first signed and then encrypted. Safe
 * for use by several threads.
 */
final class UserinfoEndpoint {

    private static final String WHAT = "userinfo endpoint";

    private final Http http;
    private final JwtRules rules;
    private final Issuers issuers;
    private final ClientKeys keys;
    private final DpopNonces nonces;
    private final InstantSource clock;

    /**
     * What it takes to read them.
     *
     * @param http the door to the network
     * @param rules what is asked of signed claims
     * @param issuers whom they may be from
     * @param keys the client's own keys
     * @param nonces the provider's nonces
     * @param clock tells the time
     */
    UserinfoEndpoint(
            Http http, JwtRules rules, Issuers issuers, ClientKeys keys, DpopNonces nonces, InstantSource clock) {
        this.http = http;
        this.rules = rules;
        this.issuers = issuers;
        this.keys = keys;
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * The claims about the owner of the access token.
     *
     * @param provider the provider
     * @param address the endpoint
     * @param tokens holds the access token, which travels in a header and nowhere else
     * @param verified the ID token that came with it, or null in plain OAuth 2.0
     * @throws AuthFailure if there are none, or they are about somebody else
     */
    Claims claims(Provider provider, URI address, IssuedTokens tokens, @Nullable IdToken verified) throws AuthFailure {
        HttpAnswer answer = answer(address, tokens);
        if (answer.status() / 100 == 5) {
            throw answer.unexpected(Reason.PROVIDER_UNREACHABLE);
        }
        answer.orFail(Reason.USERINFO_INVALID);
        Claims claims = claims(answer, provider);
        // OpenID Connect Core 5.3.2: without an equal sub, the claims must not be used.
        if (verified != null && !verified.subject().equals(claims.get("sub"))) {
            throw new AuthFailure(
                    Reason.USERINFO_SUBJECT, answer.from() + " answered with another sub than the ID token's");
        }
        return claims;
    }

    private HttpAnswer answer(URI address, IssuedTokens tokens) throws AuthFailure {
        if (tokens.dpopKey() == null) {
            return http.get(WHAT, address, tokens.headers("GET", address, clock.instant(), null));
        }
        @Nullable String first = nonces.of(address);
        HttpAnswer answer = http.get(WHAT, address, tokens.headers("GET", address, clock.instant(), first));
        @Nullable String wanted = nonces.note(address, answer.dpopNonce());
        if (wanted == null
                || wanted.equals(first)
                || !DpopChallenge.wantsNonce(answer.status(), List.of(answer.challenge()))) {
            return answer;
        }
        HttpAnswer second = http.get(WHAT, address, tokens.headers("GET", address, clock.instant(), wanted));
        nonces.note(address, second.dpopNonce());
        return second;
    }

    private Claims claims(HttpAnswer answer, Provider provider) throws AuthFailure {
        if (answer.isJson()) {
            return new Claims(answer.json(Reason.USERINFO_INVALID));
        }
        if (!answer.isJwt()) {
            throw new AuthFailure(
                    Reason.USERINFO_INVALID,
                    answer.from()
                            + " answered with content type '"
                            + Printable.of(answer.contentType())
                            + "' instead of application/json or application/jwt");
        }
        String body = answer.body().strip();
        if (!Decryption.isEncrypted(body)) {
            return signed(body, provider);
        }
        String content =
                new Decryption(keys).opened("userinfo", body, Decryption.algorithms(keys), Reason.USERINFO_INVALID);
        return content.stripLeading().startsWith("{") ? plain(content) : signed(content, provider);
    }

    private static Claims plain(String content) throws AuthFailure {
        try {
            return new Claims(Json.object(content));
        } catch (ParseException e) {
            throw new AuthFailure(Reason.USERINFO_INVALID, "what is encrypted in userinfo is no JSON object");
        }
    }

    private Claims signed(String jwt, Provider provider) throws AuthFailure {
        try {
            Claims claims = rules.signed(
                    SignedJwt.parse(jwt), provider, provider.algorithms().userinfo());
            // OpenID Connect Core 5.3.2 recommends both.
            if (claims.has("iss")) {
                rules.checkIssuer(claims, issuers);
            }
            if (claims.has("aud")) {
                rules.checkAudience(claims);
            }
            return claims;
        } catch (AuthFailure e) {
            if (e.reason() == Reason.PROVIDER_UNREACHABLE || e.reason() == Reason.METADATA_INVALID) {
                throw e;
            }
            throw new AuthFailure(Reason.USERINFO_INVALID, "signed userinfo cannot be used: " + e.getMessage(), e);
        }
    }
}
