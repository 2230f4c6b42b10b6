package io.github.pkceauth.config;

import io.github.pkceauth.oidc.SealingKeys;
import java.util.Optional;

/**
 * Where pending logins are kept.
 *
 * @param cookieKeys what seals the cookies of pending logins; empty where they are kept in sessions
 */
public record PendingState(Optional<SealingKeys> cookieKeys) {}
