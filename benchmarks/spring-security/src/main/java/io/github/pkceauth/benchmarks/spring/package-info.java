/** Spring Security as a contestant. */
@NullMarked
package io.github.pkceauth.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
