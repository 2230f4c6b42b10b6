/**
 * What an application may touch: who is signed in, with which tokens, and why a login failed.
 *
 * <p>Nothing here needs to be used for a login to work: {@code getUserPrincipal()}, {@code
 * getRemoteUser()} and {@code isUserInRole()} of the request already tell the truth.
 */
@NullMarked
package io.github.pkceauth.api;

import org.jspecify.annotations.NullMarked;
