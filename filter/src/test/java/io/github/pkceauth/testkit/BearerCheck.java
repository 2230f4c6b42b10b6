package io.github.pkceauth.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who comes with an access token, in the header only: RFC 6750 section 2.1. */
record BearerCheck(Grants grants) {

    /** The grant behind the request's token; null where there is no good one, or one too many. */
    @Nullable
    Grant grant(RecordedRequest request) {
        List<String> headers = request.headers().all("Authorization");
        if (headers.size() != 1 || request.parameters().has("access_token")) {
            return null;
        }
        String header = headers.get(0);
        return header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? grants.accessTokens().good(header.substring(7))
                : null;
    }

    /** The answer to whoever has no good token. */
    static Reply refusal() {
        return Reply.json(401, Map.of("error", "invalid_token"))
                .withHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
    }
}
