package io.github.pkceauth.oidc;

import io.github.pkceauth.api.AuthFailure;
import org.jspecify.annotations.Nullable;

/**
 * What came of a refresh that the provider did not refuse.
 *
 * @param login the login from now on, which must be kept: its refresh token may be a new one
 * @param failure why its tokens are the old ones all the same, or null where they are new
 */
public record Renewal(Login login, @Nullable AuthFailure failure) {}
