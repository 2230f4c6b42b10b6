package io.github.pkceauth.web;

import io.github.pkceauth.oidc.Tls;

/**
 * What the requests of signed-in users need of the filter that they passed, the same for all of them.
 *
 * @param userAttribute the request attribute that is this filter's user, where several filters have one each
 * @param signOut ends logins
 * @param challenge asks for them
 * @param tls how connections for calls with the users' tokens are made
 */
record FilterSide(String userAttribute, SignOut signOut, Challenge challenge, Tls tls) {}
