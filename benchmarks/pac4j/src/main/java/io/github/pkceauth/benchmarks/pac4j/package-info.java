/** The library pac4j as a contestant. */
@NullMarked
package io.github.pkceauth.benchmarks.pac4j;

import org.jspecify.annotations.NullMarked;
