package io.github.pkceauth.config;

import java.util.EnumSet;
import java.util.Set;

/** Which parameters must never be shown, and which are told loudly when they come from outside the application. */
final class Sensitivity {

    private static final Set<Param> SECRETS = EnumSet.of(
            Param.CLIENT_SECRET,
            Param.CLIENT_KEY,
            Param.KEY_STORE, // which may be PEM itself
            Param.KEY_STORE_PASSWORD,
            Param.COOKIE_KEY);

    private static final Set<Param> SWITCHES = EnumSet.of(
            Param.PUBLIC_PATHS,
            Param.MODE,
            Param.ROLE_RULES,
            Param.STEP_UP,
            Param.ACR_VALUES,
            Param.MAX_AGE,
            Param.AFTER_LOGOUT_PATH, // which makes a page public, too
            Param.FORWARDED_HEADERS,
            Param.TRUSTED_PROXIES,
            Param.ALLOW_INSECURE_HTTP,
            Param.TRUSTED_CERTIFICATES);

    private Sensitivity() {}

    /** Whether the value must never be shown. */
    static boolean isSecret(Param param) {
        return SECRETS.contains(param);
    }

    /** Whether it weakens or widens what is trusted, whatever its value is. */
    static boolean isSecuritySwitch(Param param) {
        return SWITCHES.contains(param);
    }

    /** Whether that value switches off what the application may have switched on for its users' security. */
    static boolean isSwitchedOff(Param param, String value) {
        return switch (param) {
            case PROFILE, SENDER_CONSTRAINT, REQUEST_OBJECT -> value.equals("none");
            case PUSHED_AUTHORIZATION -> value.equals("never");
            default -> false;
        };
    }
}
