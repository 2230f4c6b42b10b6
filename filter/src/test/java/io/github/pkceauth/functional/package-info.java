/** The filter in a real container, over real sockets, against a scripted provider and browser. */
@NullMarked
package io.github.pkceauth.functional;

import org.jspecify.annotations.NullMarked;
