package io.github.pkceauth.config;

import java.io.Serial;

/** A value that cannot be used; the message says what to write instead. */
public final class BadValue extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    BadValue(String mend) {
        super(mend);
    }
}
