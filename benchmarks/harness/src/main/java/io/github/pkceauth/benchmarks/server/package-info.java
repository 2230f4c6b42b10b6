/** Programs that drive whole servers, each in a process of its own, over loopback. */
@NullMarked
package io.github.pkceauth.benchmarks.server;

import org.jspecify.annotations.NullMarked;
