package io.github.pkceauth.testkit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The refresh tokens of a provider. Those of one grant are a family: whoever comes with one that has
 * been used up ends them all, as RFC 9700 section 4.14.2 has it, for nobody can tell the thief from
 * the client. Thread-safe.
 */
final class RefreshTokens {
    private final Map<String, Grant> given = new HashMap<>();
    private final Set<String> usedUp = new HashSet<>();
    private final Set<String> endedGrants = new HashSet<>();
    private boolean reuseEndsGrant = true;
    private int reuses;

    synchronized void add(String token, Grant grant) {
        given.put(token, grant);
    }

    /** The grant behind a token that is good; where tokens rotate, it is used up by this. */
    synchronized @Nullable Grant use(String token, boolean rotates) {
        Grant grant = given.get(token);
        if (grant != null && usedUp.contains(token)) {
            reuses++;
            if (reuseEndsGrant) {
                end(grant);
            }
            return null;
        }
        Grant good = good(token);
        if (good != null && rotates) {
            usedUp.add(token);
        }
        return good;
    }

    /** The grant behind a token that is good, which it remains. */
    synchronized @Nullable Grant good(String token) {
        Grant grant = given.get(token);
        return grant == null || usedUp.contains(token) || endedGrants.contains(grant.id()) ? null : grant;
    }

    /** Also a token of this grant that is yet to be given out will be good for nothing. */
    synchronized void end(Grant grant) {
        endedGrants.add(grant.id());
    }

    synchronized void endAll() {
        given.values().forEach(this::end);
    }

    synchronized void forgiveReuse() {
        reuseEndsGrant = false;
    }

    synchronized int reuses() {
        return reuses;
    }
}
