/** JMH benchmarks of one request through a contestant's filter, without a server. */
@NullMarked
package io.github.pkceauth.benchmarks.hotpath;

import org.jspecify.annotations.NullMarked;
