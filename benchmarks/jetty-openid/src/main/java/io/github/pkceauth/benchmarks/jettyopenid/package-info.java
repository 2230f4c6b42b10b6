/** Jetty's own OpenID module as a contestant. */
@NullMarked
package io.github.pkceauth.benchmarks.jettyopenid;

import org.jspecify.annotations.NullMarked;
