/** The filter among others as they are: each package of this module has it meet another kind of neighbour. */
@NullMarked
package io.github.pkceauth.interop;

import org.jspecify.annotations.NullMarked;
