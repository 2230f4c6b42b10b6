package io.github.pkceauth.testkit;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes access tokens and ID tokens, honest but for what the scripts say. */
record TokenMint(ScriptedProvider provider) {

    String accessToken(Grant grant) {
        if (!provider.honesty().jwtAccessTokens) {
            return provider.grants().newAccessToken(provider.grants().invent("access"), grant);
        }
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", provider.issuer());
        claims.put("sub", grant.user().subject());
        claims.put("aud", "https://api.example.com");
        claims.put("client_id", provider.clientId());
        claims.put("iat", now);
        claims.put("exp", now + provider.honesty().accessTokenLife.toSeconds());
        claims.put("jti", provider.grants().invent("jti"));
        claims.put("scope", grant.scope());
        claims.putAll(grant.user().idTokenClaims());
        String token = provider.accessToken().mint("at+jwt", claims, algorithm(), keyring());
        return provider.grants().newAccessToken(token, grant);
    }

    String idToken(Grant grant, String accessToken) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", provider.issuer());
        claims.put("sub", grant.user().subject());
        claims.put("aud", provider.clientId());
        claims.put("iat", now);
        claims.put("exp", now + provider.honesty().idTokenLife.toSeconds());
        claims.put("auth_time", grant.authTime());
        claims.put("sid", grant.sid());
        if (!grant.nonce().isEmpty()) {
            claims.put("nonce", grant.nonce());
        }
        JWSAlgorithm used = provider.idToken().algorithm(algorithm());
        claims.put("at_hash", Jws.leftHalfHash(used, accessToken));
        claims.putAll(grant.user().idTokenClaims());
        String token = provider.idToken().mint("JWT", claims, algorithm(), keyring());
        return provider.grants().newIdToken(token, grant);
    }

    private JWSAlgorithm algorithm() {
        return provider.honesty().signingAlgorithm;
    }

    private Keyring keyring() {
        return new Keyring(provider.keys(), provider.clientSecret());
    }
}
