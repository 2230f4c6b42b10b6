package io.github.pkceauth.testkit;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The access tokens of a provider that are not revoked. Thread-safe. */
final class AccessTokens {
    private record Given(Grant grant, Instant expires) {}

    private final Map<String, Given> given = new ConcurrentHashMap<>();
    private final Set<String> endedGrants = ConcurrentHashMap.newKeySet();

    void add(String token, Grant grant, Instant expires) {
        given.put(token, new Given(grant, expires));
    }

    /** The grant behind a token that is good. */
    @Nullable
    Grant good(String token) {
        Given found = given.get(token);
        boolean good = found != null
                && Instant.now().isBefore(found.expires())
                && !endedGrants.contains(found.grant().id());
        return good ? found.grant() : null;
    }

    /** Whether there was such a token to revoke, be it expired. */
    boolean revoke(String token) {
        return given.remove(token) != null;
    }

    /** Also a token of this grant that is yet to be given out will be good for nothing. */
    void end(Grant grant) {
        endedGrants.add(grant.id());
    }
}
