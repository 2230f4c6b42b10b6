package io.github.pkceauth.testkit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The honest userinfo endpoint: a known access token, in the header only. */
record UserinfoService(ScriptedProvider provider) {

    Reply answer(RecordedRequest request) {
        String header = request.headers().get("Authorization", "");
        String token = header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7) : "";
        Grant grant = provider.grants().ofAccessToken(token);
        if (grant == null || request.parameters().has("access_token")) {
            return Reply.json(401, Map.of("error", "invalid_token"))
                    .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        }
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("sub", grant.user().subject());
        claims.putAll(grant.user().userinfoClaims());
        return Reply.json(200, provider.userinfo().bent(claims));
    }
}
