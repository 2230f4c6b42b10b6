package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The honest userinfo endpoint: a good access token, in the header only. */
record UserinfoService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        return new AccessCheck(provider).answer(request, this::claims);
    }

    private Reply claims(Grant grant) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", grant.user().subject());
        claims.putAll(grant.user().userinfoClaims());
        Map<String, @Nullable Object> bent = provider.userinfo().bent(claims);
        String jwt = new TokenMint(provider).userinfo(bent);
        return jwt == null
                ? Reply.json(200, bent)
                : Reply.of(200, "application/jwt", jwt).withHeader("Cache-Control", "no-store");
    }
}
