/** Runs the example from the command line: the very WAR on an embedded Jetty, beside a development provider. */
@NullMarked
package io.github.pkceauth.example.launcher;

import org.jspecify.annotations.NullMarked;
