/**
 * The doctor: looks at a deployment and its provider from the command line, and tells what it finds. It knows no
 * servlets.
 */
@NullMarked
package io.github.pkceauth.doctor;

import org.jspecify.annotations.NullMarked;
