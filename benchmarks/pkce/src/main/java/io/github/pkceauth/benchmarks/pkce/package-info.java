/** This filter as a contestant. */
@NullMarked
package io.github.pkceauth.benchmarks.pkce;

import org.jspecify.annotations.NullMarked;
