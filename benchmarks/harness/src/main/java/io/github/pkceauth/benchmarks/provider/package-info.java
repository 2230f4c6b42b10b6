/** A provider that costs the contestants nothing but the calls they make to it. */
@NullMarked
package io.github.pkceauth.benchmarks.provider;

import org.jspecify.annotations.NullMarked;
