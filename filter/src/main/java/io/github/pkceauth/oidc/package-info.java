/**
 * The protocol: OAuth 2.0 Authorization Code with PKCE, and OpenID Connect, from the client's side.
 *
 * <p>Nothing here knows of servlets. A check that passed becomes a type that only the check can
 * make: {@code AuthorizationCode}, {@code IdToken}, and from these alone a user.
 */
@NullMarked
package io.github.pkceauth.oidc;

import org.jspecify.annotations.NullMarked;
