/** The example application at providers as they are: products, in processes of their own. */
@NullMarked
package io.github.pkceauth.interop.provider;

import org.jspecify.annotations.NullMarked;
