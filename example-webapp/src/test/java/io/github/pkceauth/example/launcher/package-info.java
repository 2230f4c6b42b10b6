/** The launcher and the provider, and the finished WAR and jar. */
@NullMarked
package io.github.pkceauth.example.launcher;

import org.jspecify.annotations.NullMarked;
