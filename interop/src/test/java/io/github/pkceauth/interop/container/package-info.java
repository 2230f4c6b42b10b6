/**
 * The filter in containers of all kinds: one suite, run against each of them with the example's WAR, and with a web
 * application that has what the example lacks.
 */
@NullMarked
package io.github.pkceauth.interop.container;

import org.jspecify.annotations.NullMarked;
