/** What every measuring program has in common: the contestants, and how they are deployed. */
@NullMarked
package io.github.pkceauth.benchmarks;

import org.jspecify.annotations.NullMarked;
