package io.github.pkceauth.web;

import io.github.pkceauth.api.AuthFailure;
import io.github.pkceauth.oidc.Login;
import org.jspecify.annotations.Nullable;

/**
 * What came of a refresh.
 *
 * @param login the login as it is now, or null where it has ended
 * @param failure why its tokens are the old ones, or why it has ended; or null
 */
record RefreshOutcome(@Nullable Login login, @Nullable AuthFailure failure) {

    static final RefreshOutcome ENDED = new RefreshOutcome(null, null);
}
