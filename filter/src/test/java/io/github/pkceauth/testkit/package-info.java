/**
 * What every functional test stands on: a scripted provider, a browser, applications on two
 * containers, and a look at the logs. Nothing in here knows the filter but by its class name.
 */
@NullMarked
package io.github.pkceauth.testkit;

import org.jspecify.annotations.NullMarked;
