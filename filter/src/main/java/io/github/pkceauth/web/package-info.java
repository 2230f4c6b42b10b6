/**
 * The servlet side: one handler a route, each of which either hands back the request to pass on, or
 * has answered it.
 */
@NullMarked
package io.github.pkceauth.web;

import org.jspecify.annotations.NullMarked;
