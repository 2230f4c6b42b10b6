package io.github.pkceauth.config;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;

/** A configuration that cannot be used; the message names every problem and its mend. */
public final class ConfigurationException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    ConfigurationException(String message, List<String> problems) {
        super(message);
        this.problems = new ArrayList<>(problems);
    }

    /** What is wrong, one by one, as in the message. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
