package io.github.pkceauth.oidc;

import io.github.pkceauth.api.Tokens;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one answer of the token endpoint (RFC 6749 5.1), all of them hidden from {@code
 * toString()}. The serialized form is a part of {@link Login}'s.
 *
 * @param receivedAt when they were asked for, by this server's clock
 * @param dpopKey the key that the access token is bound to, or null for a bearer token
 * @param authorizationDetails what was granted in detail, a JSON array (RFC 9396 section 7), or null
 */
public record IssuedTokens(
        String accessToken,
        @Nullable Instant accessTokenExpiresAt,
        String scope,
        @Nullable String refreshToken,
        @Nullable String idToken,
        Instant receivedAt,
        @Nullable DpopKey dpopKey,
        @Nullable String authorizationDetails)
        implements Tokens {

    private static final String DPOP = "DPoP";
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");

    /** These, and what a refresh need not send again out of those before (RFC 6749 section 6). */
    IssuedTokens after(IssuedTokens before) {
        return new IssuedTokens(
                accessToken,
                accessTokenExpiresAt,
                scope,
                refreshToken == null ? before.refreshToken : refreshToken,
                idToken == null ? before.idToken : idToken,
                receivedAt,
                dpopKey,
                authorizationDetails == null ? before.authorizationDetails : authorizationDetails);
    }

    IssuedTokens withRefreshTokenOf(IssuedTokens newer) {
        return new IssuedTokens(
                accessToken,
                accessTokenExpiresAt,
                scope,
                newer.refreshToken == null ? refreshToken : newer.refreshToken,
                idToken,
                receivedAt,
                dpopKey,
                authorizationDetails);
    }

    /** These with the ID token in another form of it. */
    IssuedTokens withIdToken(@Nullable String other) {
        return new IssuedTokens(
                accessToken,
                accessTokenExpiresAt,
                scope,
                refreshToken,
                other,
                receivedAt,
                dpopKey,
                authorizationDetails);
    }

    /** The type of tokens that are bound to a key, or to none. */
    static String typeOf(@Nullable DpopKey key) {
        return key == null ? "Bearer" : DPOP;
    }

    @Override
    public String tokenType() {
        return typeOf(dpopKey);
    }

    @Override
    public Map<String, String> headers(String method, URI address) {
        if (!METHOD.matcher(method).matches()) {
            throw new IllegalArgumentException("write the method in upper case, as it is sent: " + method);
        }
        if (address.getHost() == null || address.getRawUserInfo() != null) {
            throw new IllegalArgumentException("write the absolute address, without a name or password in it");
        }
        return headers(method, address, Instant.now(), dpopKey == null ? null : ApiNonces.next(dpopKey, address));
    }

    Map<String, String> headers(String method, URI address, Instant now, @Nullable String nonce) {
        String authorization = tokenType() + " " + accessToken;
        return dpopKey == null
                ? Map.of("Authorization", authorization)
                : Map.of("Authorization", authorization, DPOP, dpopKey.proof(method, address, now, nonce, accessToken));
    }

    @Override
    public boolean heedNonce(URI address, int status, Map<String, List<String>> headers) {
        List<String> nonces = values(headers, "DPoP-Nonce");
        if (dpopKey == null || nonces.size() != 1 || !ApiNonces.note(address, nonces.get(0))) {
            return false;
        }
        boolean isWanted = DpopChallenge.wantsNonce(status, values(headers, "WWW-Authenticate"));
        if (isWanted) {
            ApiNonces.want(dpopKey, address, nonces.get(0));
        }
        return isWanted;
    }

    private static List<String> values(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey())) // a status line may stand by null among them
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    @Override
    public String toString() {
        return "Tokens[hidden, access token expires at " + accessTokenExpiresAt + "]";
    }
}
