package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.api.AuthFailure.Reason;
import io.github.pkceauth.oidc.AuthenticationContext;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.Login;
import io.github.pkceauth.oidc.Printable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Holds signed-in users to what the page asks for: by another sign-in if theirs was not strong or recent enough (RFC 9470),
 * and by a refusal if they lack the role. Safe for use by several threads.
 */
final class PageGuard {

    /** A browser that is back from the provider asks for its page within this time. */
    private static final Duration LANDING = Duration.ofSeconds(5);

    private final PageRules rules;
    private final Challenge challenge;
    private final Duration skew;
    private final InstantSource clock;

    PageGuard(PageRules rules, Challenge challenge, Duration skew, InstantSource clock) {
        this.rules = rules;
        this.challenge = challenge;
        this.skew = skew;
        this.clock = clock;
    }

    /**
     * Answers a request for a page that its user may not see, or not yet.
     *
     * @return whether it has been answered
     * @throws AuthFailure if the user may not see it, and no sign-in would change that
     */
    boolean answer(HttpServletRequest request, HttpServletResponse response, Login login)
            throws AuthFailure, IOException {
        if (rules.areNone()) {
            return false;
        }
        PagePath path = PagePath.of(request);
        @Nullable AuthenticationRequirements unmet = unmet(path, login);
        if (unmet != null) {
            if (RequestKind.of(request).isPage()) {
                refuseCircle(login, unmet, path);
            }
            // With what other pages needed before: the new tokens come in place of those that have it.
            challenge.stepUp(
                    request,
                    response,
                    unmet.withDetailsOf(login.authentication().asked()));
            return true;
        }
        @Nullable Set<String> missing = rules.missing(path, login.user().roles());
        if (missing != null) {
            throw new AuthFailure(
                    Reason.ROLE_MISSING,
                    login.user() + " has the roles "
                            + Printable.of(new TreeSet<>(login.user().roles()))
                            + ", and roleRules asks here for one of " + Printable.of(new TreeSet<>(missing))
                            + "; where that is a surprise, see rolesClaim");
        }
        return false;
    }

    /** What a path of the application asks of how its users have signed in and this one does not meet, or null. */
    @Nullable
    AuthenticationRequirements unmet(PagePath path, Login login) {
        return rules.unmet(path, login, clock.instant(), skew);
    }

    /** A login that was made for the page, and did not do when it arrived, would not do the next time either. */
    private void refuseCircle(Login login, AuthenticationRequirements unmet, PagePath path) throws AuthFailure {
        AuthenticationContext context = login.authentication();
        // Without the details that it was for there would be no login.
        if (!login.isGranted(unmet)
                || !clock.instant().isBefore(login.user().loginTime().plus(LANDING))) {
            return;
        }
        if (context.meetsAcr(unmet) && context.asked().isAsStrictOnAge(unmet)) {
            throw new AuthFailure(
                    Reason.AUTH_TIME_NOT_MET,
                    "the user has just signed in for this page, at " + context.authTime()
                            + ", and that is longer ago already than the max_age of " + unmet.maxAge()
                            + " seconds and clockSkew allow: allow more in stepUp, or set both clocks right");
        }
        if (!context.meetsAcr(unmet) && !context.asked().acrValues().isEmpty() && path.isAmbiguous()) {
            throw new AuthFailure(
                    Reason.ACR_NOT_MET,
                    "the path can be read in two ways, and the user has just signed in as stepUp asks for one of them;"
                            + " for the other it asks for one of '" + unmet.acrValues() + "'");
        }
    }
}
