/**
 * The configuration: one table of parameters, read once from every source, all mistakes told at
 * once, and an immutable {@code Config} for everything after.
 */
@NullMarked
package io.github.pkceauth.config;

import org.jspecify.annotations.NullMarked;
