package io.github.pkceauth.oidc;

import java.util.List;

/**
 * How claims become a user.
 *
 * @param principal where the user's name is
 * @param roles where roles are
 * @param userinfo when the userinfo endpoint is asked
 */
public record ClaimRules(ClaimPath principal, List<ClaimPath> roles, UserinfoUse userinfo) {

    /** When the userinfo endpoint is asked. */
    public enum UserinfoUse {
        /** When there is no ID token, or it lacks a claim that is needed. */
        AUTO,
        /** At every login. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    /** Whether some path names this source. */
    boolean namesSource(ClaimPath.Source source) {
        return roles.stream().anyMatch(role -> role.source() == source);
    }

    /** Whether every claim that may stand in an ID token does stand in this one. */
    boolean satisfiedBy(Claims idToken) {
        return principal.in(idToken) != null
                && roles.stream()
                        .filter(role -> role.source() == ClaimPath.Source.USER)
                        .allMatch(role -> role.in(idToken) != null);
    }
}
