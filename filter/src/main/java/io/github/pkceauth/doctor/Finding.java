package io.github.pkceauth.doctor;

import java.util.Optional;

/**
 * Something that was found out.
 *
 * @param code what it is
 * @param message what was seen, in a line
 * @param mend what to do about it, unless it is as it should be
 */
record Finding(Code code, String message, Optional<String> mend) {}
