/** Tests of the doctor, on real sockets as everything that crosses HTTP. */
@NullMarked
package io.github.pkceauth.doctor;

import org.jspecify.annotations.NullMarked;
