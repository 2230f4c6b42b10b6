package io.github.pkceauth.web;

import io.github.pkceauth.config.Access;
import io.github.pkceauth.config.PathRule;
import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pages ask of their users beyond a login. A path that could be read in two ways has the rules of both: what the
 * container and the application make of it cannot be a way round them. Immutable.
 */
final class PageRules {

    private final AuthenticationRequirements atLogin;
    private final AuthenticationRequirements everywhere;
    private final PathRules<AuthenticationRequirements> stepUp;
    private final PathRules<Set<String>> roles;
    private final PathRules<Boolean> covered;
    private final boolean none;

    PageRules(Access access) {
        this.atLogin = access.atLogin();
        this.everywhere = new AuthenticationRequirements(atLogin.acrValues(), AuthenticationRequirements.ANY_AGE);
        this.stepUp = new PathRules<>(access.stepUp());
        this.roles = new PathRules<>(access.roles());
        this.covered = new PathRules<>(covered(access));
        this.none = everywhere.isNone() && stepUp.isEmpty() && roles.isEmpty();
    }

    /** Whether no page asks for anything. */
    boolean areNone() {
        return none;
    }

    /** Public paths and rules have one order: what says more of a page holds, and where both say the same, the rule. */
    private static List<PathRule<Boolean>> covered(Access access) {
        List<PathRule<Boolean>> patterns = new ArrayList<>();
        access.publicPaths().forEach(pattern -> patterns.add(new PathRule<>(pattern, false)));
        access.stepUp().forEach(rule -> patterns.add(new PathRule<>(rule.pattern(), true)));
        access.roles().forEach(rule -> patterns.add(new PathRule<>(rule.pattern(), true)));
        return patterns;
    }

    /** Whether a page has a rule of its own, so that it cannot be for everybody. */
    boolean cover(PagePath path) {
        return of(covered, path).contains(true);
    }

    /** How somebody who is not signed in must do so for a page. */
    AuthenticationRequirements atLogin(PagePath path) {
        AuthenticationRequirements required = AuthenticationRequirements.NONE;
        for (AuthenticationRequirements rule : of(stepUp, path)) {
            required = required.within(rule);
        }
        return required.within(atLogin);
    }

    /** What a page asks of how its users have signed in and this one does not meet, or null. */
    @Nullable
    AuthenticationRequirements unmet(PagePath path, Login login, Instant now, Duration skew) {
        List<AuthenticationRequirements> rules = of(stepUp, path);
        for (AuthenticationRequirements rule : rules.isEmpty() ? List.of(everywhere) : rules) {
            AuthenticationRequirements required = rule.within(everywhere);
            if (!login.meets(required, now, skew)) {
                return required;
            }
        }
        return null;
    }

    /** The roles of which a page needs one and the user has none, or null. */
    @Nullable
    Set<String> missing(PagePath path, Set<String> held) {
        for (Set<String> any : of(roles, path)) {
            if (!any.contains(Access.EVERYBODY) && Collections.disjoint(any, held)) {
                return any;
            }
        }
        return null;
    }

    private static <T> List<T> of(PathRules<T> rules, PagePath path) {
        if (rules.isEmpty()) {
            return List.of();
        }
        return path.readings().stream()
                .map(rules::of)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
