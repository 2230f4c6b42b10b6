package io.github.pkceauth.oidc;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a user must have signed in at the provider, and what must have been granted: asked for in the authorization request,
 * and checked in the ID token (OpenID Connect Core 3.1.2.1 and 3.1.3.7, rules 12 and 13; RFC 9470) or in the answer of the
 * token endpoint (RFC 9396 section 7). Its serialized form is a part of {@link
 * KeptAttempt}'s.
 *
 * @param acrValues the authentication context classes, any of which will do, in the order of preference and with a
 *     space between them; empty where any class at all will do
 * @param maxAge how long ago the user may have signed in, in seconds; {@link #ANY_AGE} for any time
 * @param detailTypes the types of authorization details of which each must have been granted, with a space between them;
 *     empty where there need not be any
 */
public record AuthenticationRequirements(String acrValues, long maxAge, String detailTypes) implements Serializable {

    /** No limit to how long ago the user may have signed in. */
    public static final long ANY_AGE = -1;

    /** Whatever the provider takes for a sign-in. */
    public static final AuthenticationRequirements NONE = new AuthenticationRequirements("", ANY_AGE);

    /** These requirements; a record that was serialized before there were details in it has none. */
    @SuppressWarnings("NullAway") // which is why it is asked
    public AuthenticationRequirements {
        detailTypes = detailTypes == null ? "" : detailTypes;
    }

    /** Requirements of the sign-in alone. */
    public AuthenticationRequirements(String acrValues, long maxAge) {
        this(acrValues, maxAge, "");
    }

    /** Whether there is nothing to check. */
    public boolean isNone() {
        return acrValues.isEmpty() && maxAge == ANY_AGE && detailTypes.isEmpty();
    }

    /** The same with what others want to be granted as well. */
    public AuthenticationRequirements withDetailsOf(AuthenticationRequirements others) {
        Set<String> both = new LinkedHashSet<>(details());
        both.addAll(others.details());
        return new AuthenticationRequirements(acrValues, maxAge, String.join(" ", both));
    }

    /** The types of authorization details of which each must have been granted. */
    public Set<String> details() {
        return detailTypes.isEmpty()
                ? Set.of()
                : Collections.unmodifiableSet(new LinkedHashSet<>(List.of(detailTypes.split(" "))));
    }

    /** The requirements of a part, which go before those of the whole that it belongs to; details are of both. */
    public AuthenticationRequirements within(AuthenticationRequirements whole) {
        return new AuthenticationRequirements(
                        acrValues.isEmpty() ? whole.acrValues : acrValues,
                        maxAge == ANY_AGE ? whole.maxAge : maxAge,
                        detailTypes)
                .withDetailsOf(whole);
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
