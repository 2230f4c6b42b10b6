package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Printable;

/**
 * A value of a parameter, and where it is from.
 *
 * @param param the parameter
 * @param value the value
 * @param origin where it is from, for messages
 * @param rank how early its place is asked: the lower, the earlier
 * @param outside whether its place lies outside the application
 * @param own whether its name there is of this filter alone, and not of all filters
 */
record Setting(Param param, String value, String origin, int rank, boolean outside, boolean own) {

    /** The same place, with another value. */
    Setting with(String other) {
        return new Setting(param, other, origin, rank, outside, own);
    }

    /** The value for messages. */
    String shown() {
        return Sensitivity.isSecret(param) ? "[hidden]" : "'" + Printable.of(value) + "'";
    }

    @Override
    public String toString() {
        return param.parameter() + " = " + shown() + " (" + origin + ")";
    }
}
