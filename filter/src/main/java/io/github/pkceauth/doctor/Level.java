package io.github.pkceauth.doctor;

import java.util.Locale;

/** What a finding means for logins. */
public enum Level {
    /** As it should be, or worth knowing. */
    OK,
    /** Logins work, or may work, and something should be looked at. */
    WARN,
    /** Logins do not work. */
    FAIL;

    /** The word for it, for people and machines. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
