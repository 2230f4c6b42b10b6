package io.github.pkceauth.config;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may see which pages.
 *
 * @param optional whether everybody may see the pages of which nothing else is said
 * @param silentLogin whether the provider is asked, without their noticing, about visitors who need not sign in
 * @param publicPaths the patterns of paths that need no login
 * @param atLogin how users must sign in; of it, the authentication context class is required of every page's user
 * @param stepUp how users must have signed in for some pages, beyond that
 * @param roles which roles some pages need, any of them
 */
public record Access(
        boolean optional,
        boolean silentLogin,
        List<String> publicPaths,
        AuthenticationRequirements atLogin,
        List<PathRule<AuthenticationRequirements>> stepUp,
        List<PathRule<Set<String>>> roles) {

    /** The role of everybody who is signed in (Jakarta Servlet 6.0, {@code isUserInRole}). */
    public static final String EVERYBODY = "**";

    /** The types of authorization details that some pages need, and no others. */
    Set<String> detailsOfRules() {
        return stepUp.stream().flatMap(rule -> rule.rule().details().stream()).collect(Collectors.toUnmodifiableSet());
    }
}
