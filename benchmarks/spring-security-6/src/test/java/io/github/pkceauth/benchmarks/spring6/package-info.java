/** Tests of what the other line of Spring Security is measured by. */
@NullMarked
package io.github.pkceauth.benchmarks.spring6;

import org.jspecify.annotations.NullMarked;
