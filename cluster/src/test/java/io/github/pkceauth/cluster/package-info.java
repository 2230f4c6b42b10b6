/** The example application on three nodes that share their sessions: no request knows which node it will meet. */
@NullMarked
package io.github.pkceauth.cluster;

import org.jspecify.annotations.NullMarked;
