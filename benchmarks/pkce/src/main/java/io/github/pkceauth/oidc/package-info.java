/** A door into the package of the same name, for what is measured and no application's business. */
@NullMarked
package io.github.pkceauth.oidc;

import org.jspecify.annotations.NullMarked;
