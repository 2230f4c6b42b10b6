package io.github.pkceauth.oidc;

import io.github.pkceauth.api.PkceUser;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user made of verified claims; {@link Users} alone makes one. */
record VerifiedUser(
        String name,
        String subject,
        String issuer,
        @Nullable String sid,
        Set<String> roles,
        Map<String, Object> claims,
        Instant loginTime)
        implements PkceUser {

    /** The same as one of a login that is older and goes on. */
    VerifiedUser since(PkceUser before) {
        return new VerifiedUser(
                name, subject, issuer, sid == null ? before.sid() : sid, roles, claims, before.loginTime());
    }

    @Override
    public String getName() {
        return name;
    }

    /** The name and where it is from; claims may be personal and stay out of logs. */
    @Override
    public String toString() {
        return "PkceUser[" + name + " of " + issuer + "]";
    }
}
