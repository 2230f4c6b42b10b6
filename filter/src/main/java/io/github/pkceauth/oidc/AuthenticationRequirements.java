package io.github.pkceauth.oidc;

import java.io.Serializable;
import java.util.List;

/**
 * How a user must have signed in at the provider: asked for in the authorization request, and checked in the ID token
 * (OpenID Connect Core 3.1.2.1 and 3.1.3.7, rules 12 and 13; RFC 9470). Its serialized form is a part of {@link
 * KeptAttempt}'s.
 *
 * @param acrValues the authentication context classes, any of which will do, in the order of preference and with a
 *     space between them; empty where any class at all will do
 * @param maxAge how long ago the user may have signed in, in seconds; {@link #ANY_AGE} for any time
 */
public record AuthenticationRequirements(String acrValues, long maxAge) implements Serializable {

    /** No limit to how long ago the user may have signed in. */
    public static final long ANY_AGE = -1;

    /** Whatever the provider takes for a sign-in. */
    public static final AuthenticationRequirements NONE = new AuthenticationRequirements("", ANY_AGE);

    /** Whether there is nothing to check. */
    public boolean isNone() {
        return acrValues.isEmpty() && maxAge == ANY_AGE;
    }

    /** The requirements of a part, which go before those of the whole that it belongs to. */
    public AuthenticationRequirements within(AuthenticationRequirements whole) {
        return new AuthenticationRequirements(
                acrValues.isEmpty() ? whole.acrValues : acrValues, maxAge == ANY_AGE ? whole.maxAge : maxAge);
    }

    /** Whether the age of the sign-in counts. */
    public boolean limitsAge() {
        return maxAge != ANY_AGE;
    }

    /** Whether whoever meets this on age was asked for as much as the other wants. */
    public boolean isAsStrictOnAge(AuthenticationRequirements other) {
        return limitsAge() && maxAge <= other.maxAge;
    }

    boolean admits(String acr) {
        return List.of(acrValues.split(" ")).contains(acr);
    }
}
