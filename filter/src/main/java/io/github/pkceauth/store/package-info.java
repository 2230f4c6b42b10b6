/** Where the nodes of an application keep what they have to know together. */
@NullMarked
package io.github.pkceauth.store;

import org.jspecify.annotations.NullMarked;
