package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes access tokens, ID tokens, logout tokens and other signed messages, honest but for what the scripts say. */
record TokenMint(ScriptedProvider provider) {
    private static final String LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

    /** Two minutes are the most that OpenID Connect Back-Channel Logout 1.0 section 4 recommends. */
    private static final long LOGOUT_TOKEN_SECONDS = 120;

    /** Ten minutes are the most that JARM section 2.1 recommends. */
    private static final long RESPONSE_SECONDS = 600;

    String accessToken(Grant grant) {
        Duration life = provider.honesty().accessTokenLife;
        Instant issued = Instant.now();
        String token = provider.honesty().jwtAccessTokens
                ? jwtAccessToken(grant, issued.getEpochSecond(), life)
                : provider.grants().invent("access");
        return provider.grants().newAccessToken(token, grant, issued.plus(life));
    }

    private String jwtAccessToken(Grant grant, long now, Duration life) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", provider.issuer());
        claims.put("sub", grant.user().subject());
        claims.put("aud", "https://api.example.com");
        claims.put("client_id", provider.clientId());
        claims.put("iat", now);
        claims.put("exp", now + life.toSeconds());
        claims.put("jti", provider.grants().invent("jti"));
        claims.put("scope", grant.scope());
        if (!grant.details().isEmpty()) {
            claims.put("authorization_details", Json.array(grant.details()));
        }
        if (!grant.bound().isNone()) {
            claims.put("cnf", grant.bound().claim());
        }
        claims.putAll(grant.user().idTokenClaims());
        return provider.accessToken().mint("at+jwt", claims, algorithm(), keyring());
    }

    String idToken(Grant grant, String accessToken, TokenScript script) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", provider.issuer());
        claims.put("sub", grant.user().subject());
        claims.put("aud", provider.clientId());
        claims.put("iat", now);
        claims.put("exp", now + provider.honesty().idTokenLife.toSeconds());
        claims.put("auth_time", grant.authTime());
        if (!grant.acr().isEmpty()) {
            claims.put("acr", grant.acr());
        }
        claims.put("sid", grant.sid());
        if (!grant.nonce().isEmpty()) {
            claims.put("nonce", grant.nonce());
        }
        JWSAlgorithm used = script.algorithm(algorithm());
        claims.put("at_hash", Jws.leftHalfHash(used, accessToken));
        claims.putAll(grant.user().idTokenClaims());
        String token = script.mint("JWT", claims, algorithm(), keyring());
        provider.grants().newIdToken(token, grant);
        Encryption encryption = provider.honesty().assurance.idTokens;
        return encryption == null ? token : provider.grants().newIdToken(encryption.ofJwt(token), grant);
    }

    /** The claims of a user as a JWT, OpenID Connect Core 1.0 section 5.3.2; null where they are plain JSON. */
    @Nullable
    String userinfo(Map<String, ?> userClaims) {
        Assurance assurance = provider.honesty().assurance;
        Encryption encryption = assurance.userinfo;
        if (!assurance.signsUserinfo) {
            return encryption == null ? null : encryption.ofText(Json.text(userClaims));
        }
        Map<String, @Nullable Object> claims = new LinkedHashMap<>(userClaims);
        claims.put("iss", provider.issuer());
        claims.put("aud", provider.clientId());
        String signed = provider.userinfoJwt().mint("JWT", claims, algorithm(), keyring());
        return encryption == null ? signed : encryption.ofJwt(signed);
    }

    /** The parameters of an authorization response as a JWT, JARM section 2.1. */
    String authorizationResponse(Parameters result) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", provider.issuer());
        claims.put("aud", provider.clientId());
        claims.put("exp", Instant.now().getEpochSecond() + RESPONSE_SECONDS);
        result.entries().forEach(entry -> claims.put(entry.getKey(), entry.getValue()));
        String response = provider.authorizationJwt().mint("JWT", claims, algorithm(), keyring());
        provider.grants().learn(SecretKind.CODE, response);
        return response;
    }

    /**
     * @param subject empty for a token without one; so is the sid
     */
    String logoutToken(String subject, String sid) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", provider.issuer());
        if (!subject.isEmpty()) {
            claims.put("sub", subject);
        }
        claims.put("aud", provider.clientId());
        claims.put("iat", now);
        claims.put("exp", now + LOGOUT_TOKEN_SECONDS);
        claims.put("jti", provider.grants().invent("jti"));
        claims.put("events", Map.of(LOGOUT_EVENT, Map.of()));
        if (!sid.isEmpty()) {
            claims.put("sid", sid);
        }
        String token = provider.logoutToken().mint("logout+jwt", claims, algorithm(), keyring());
        provider.grants().learn(SecretKind.LOGOUT_TOKEN, token);
        return token;
    }

    private JWSAlgorithm algorithm() {
        return provider.honesty().signingAlgorithm;
    }

    private Keyring keyring() {
        return new Keyring(provider.keys(), provider.clientSecret());
    }
}
