package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The honest userinfo endpoint: a good access token, in the header only. */
record UserinfoService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        Grant grant = new BearerCheck(provider.grants()).grant(request);
        if (grant == null) {
            return BearerCheck.refusal();
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", grant.user().subject());
        claims.putAll(grant.user().userinfoClaims());
        return Reply.json(200, provider.userinfo().bent(claims));
    }
}
