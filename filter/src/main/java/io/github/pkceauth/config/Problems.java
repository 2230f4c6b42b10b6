package io.github.pkceauth.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it can be mended at once. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    void add(String problem) {
        found.add(problem);
    }

    /** A value that cannot be used, with what to write instead. */
    void add(Setting setting, String mend) {
        found.add(setting + ": " + mend);
    }

    /** A parameter that must be there and is not. */
    void missing(Param param, String mend) {
        found.add(param.parameter() + " is missing: " + mend);
    }

    /** Fails with everything that was found, if anything was. */
    void failIfAny(String filterName) throws ConfigurationException {
        if (found.isEmpty()) {
            return;
        }
        StringBuilder message = new StringBuilder("PkceAuthFilter '")
                .append(filterName)
                .append("' does not start, because of ")
                .append(found.size())
                .append(found.size() == 1 ? " problem" : " problems")
                .append(" in its configuration:");
        for (int i = 0; i < found.size(); i++) {
            message.append("\n  ").append(i + 1).append(". ").append(found.get(i));
        }
        throw new ConfigurationException(message.toString(), found);
    }
}
