package io.github.pkceauth.config;

/**
 * The filter's own paths, relative to the application's context.
 *
 * @param callback where the provider's answers arrive
 * @param login starts a login
 * @param logout ends a login
 * @param afterLogout where the user arrives after a logout
 */
public record Paths(String callback, String login, String logout, String afterLogout) {}
