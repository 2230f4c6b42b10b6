package io.github.pkceauth.testkit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** The codes and tokens that the provider has given out, each recognisable by its first letters. */
final class Grants {
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Grant> codes = new ConcurrentHashMap<>();
    private final RefreshTokens refreshTokens = new RefreshTokens();
    private final AccessTokens accessTokens = new AccessTokens();
    private final Map<String, Grant> idTokens = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();
    private final Queue<String> secrets = new ConcurrentLinkedQueue<>();

    String newCode(Grant grant) {
        return put(codes, SecretKind.CODE, invent("code"), grant);
    }

    String newRefreshToken(Grant grant) {
        String token = invent("refresh");
        refreshTokens.add(token, grant);
        learn(SecretKind.REFRESH_TOKEN, token);
        return token;
    }

    String newAccessToken(String token, Grant grant, Instant expires) {
        accessTokens.add(token, grant, expires);
        learn(SecretKind.ACCESS_TOKEN, token);
        return token;
    }

    String newIdToken(String token, Grant grant) {
        return put(idTokens, SecretKind.ID_TOKEN, token, grant);
    }

    /** The grant behind a code, once. */
    @Nullable
    Grant takeCode(String code) {
        return codes.remove(code);
    }

    RefreshTokens refreshTokens() {
        return refreshTokens;
    }

    AccessTokens accessTokens() {
        return accessTokens;
    }

    /**
     * Ends a token of either kind. The access tokens of a grant go with its refresh token, as RFC 7009
     * section 2.1 wants it, and not the other way round. A token that is no good any more is nobody's.
     */
    void revoke(String token) {
        Grant grant = refreshTokens.good(token);
        if (grant != null) {
            refreshTokens.end(grant);
            accessTokens.end(grant);
            revoked.add(token);
        } else if (accessTokens.revoke(token)) {
            revoked.add(token);
        }
    }

    boolean isRevoked(String token) {
        return revoked.contains(token);
    }

    boolean knowsIdToken(String token) {
        return idTokens.containsKey(token);
    }

    /** A string that nobody can guess and that begins with the given word. */
    String invent(String word) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return word + "-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Remembers something that must appear in no log. */
    void learn(SecretKind kind, String secret) {
        secrets.add(secret);
        Canary.RUN.learn(kind, secret);
    }

    List<String> secrets() {
        return List.copyOf(secrets);
    }

    private String put(Map<String, Grant> where, SecretKind kind, String token, Grant grant) {
        where.put(token, grant);
        learn(kind, token);
        return token;
    }
}
