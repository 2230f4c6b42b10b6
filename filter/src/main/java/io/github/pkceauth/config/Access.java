package io.github.pkceauth.config;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import java.util.List;
import java.util.Set;

/**
 * Who may see which pages.
 *
 * @param publicPaths the patterns of paths that need no login
 * @param atLogin how users must sign in; of it, the authentication context class is required of every page's user
 * @param stepUp how users must have signed in for some pages, beyond that
 * @param roles which roles some pages need, any of them
 */
public record Access(
        List<String> publicPaths,
        AuthenticationRequirements atLogin,
        List<PathRule<AuthenticationRequirements>> stepUp,
        List<PathRule<Set<String>>> roles) {}
