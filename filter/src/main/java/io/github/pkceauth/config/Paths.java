package io.github.pkceauth.config;

import java.util.Optional;

/**
 * The filter's own paths, relative to the application's context.
 *
 * @param callback where the provider's answers arrive
 * @param login starts a login
 * @param logout ends a login
 * @param afterLogout where the user arrives after a logout
 * @param backchannelLogout where the provider posts notices of logouts
 * @param frontchannelLogout what the provider shows in a frame after a logout
 */
public record Paths(
        String callback,
        String login,
        String logout,
        String afterLogout,
        Optional<String> backchannelLogout,
        Optional<String> frontchannelLogout) {}
