/** A servlet container of hash maps, so light that what stands on it is what is measured. */
@NullMarked
package io.github.pkceauth.benchmarks.stub;

import org.jspecify.annotations.NullMarked;
