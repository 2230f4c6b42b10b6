package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The honest userinfo endpoint: a good access token, in the header only. */
record UserinfoService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        return new AccessCheck(provider).answer(request, this::claims);
    }

    private Reply claims(Grant grant) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", grant.user().subject());
        claims.putAll(grant.user().userinfoClaims());
        return Reply.json(200, provider.userinfo().bent(claims));
    }
}
