package io.github.pkceauth.config;

import java.io.Serial;

/** A configuration that cannot be used; the message names every problem and its mend. */
public final class ConfigurationException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }
}
