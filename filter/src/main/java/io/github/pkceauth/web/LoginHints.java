package io.github.pkceauth.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a link to the login is handed on to the provider: nothing but what the deployment names, and nothing that
 * depends on who wrote the link. Immutable.
 */
final class LoginHints {

    /** Printable, and no longer than any name of a user or list of languages is. */
    private static final Pattern HINT = Pattern.compile("[^\\p{Cntrl}\\p{Zl}\\p{Zp}]{1,256}");

    private final Set<String> names;

    LoginHints(Set<String> names) {
        this.names = names;
    }

    List<Map.Entry<String, String>> of(OwnParameters parameters) {
        List<Map.Entry<String, String>> hints = new ArrayList<>();
        for (String name : names) {
            String[] values = parameters.values().get(name);
            if (values != null && values.length == 1 && HINT.matcher(values[0]).matches()) {
                hints.add(Map.entry(name, values[0]));
            }
        }
        return hints;
    }
}
