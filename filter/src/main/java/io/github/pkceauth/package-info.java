/** The filter itself, to be mapped in {@code web.xml} or added to an embedded container. */
@NullMarked
package io.github.pkceauth;

import org.jspecify.annotations.NullMarked;
