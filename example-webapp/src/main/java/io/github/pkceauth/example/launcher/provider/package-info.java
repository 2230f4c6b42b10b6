/** The development provider: a real authorization server with two users and one client, new at each start. */
@NullMarked
package io.github.pkceauth.example.launcher.provider;

import org.jspecify.annotations.NullMarked;
