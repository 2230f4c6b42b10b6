package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.Printable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line's arguments.
 *
 * @param webXml the deployment descriptor
 * @param filter the filter's name
 * @param json whether machines read the report
 * @param help whether somebody wants to know what can be written here
 */
record Arguments(Optional<String> webXml, Optional<String> filter, boolean json, boolean help) {

    static final String JSON = "--json";

    static final String USAGE = """
            Examines a deployment of PkceAuthFilter: its configuration, its provider, and the way there.

              java -cp pkce-auth-filter.jar:nimbus-jose-jwt.jar io.github.pkceauth.Doctor [options]

            The configuration comes from system properties (-Dpkce.issuer=...), the environment (PKCE_ISSUER=...)
            and, if it is named, the application's web.xml, as it does in the application.

              --web-xml FILE   the application's web.xml, for its init-params and context-params
              --filter NAME    which filter, where web.xml has several; without web.xml, the filter's name,
                               for settings that hold for it alone (PKCE_<NAME>_ISSUER)
              --json           writes one JSON object
              --help           writes this

            Exit code 0: nothing is wrong (warnings may be there). 1: something is wrong at the provider or on
            the way to it. 2: the configuration or the command line cannot be used.
            """;

    static Arguments of(List<String> words) throws Unusable {
        Optional<String> webXml = Optional.empty();
        Optional<String> filter = Optional.empty();
        boolean json = false;
        boolean help = false;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "--web-xml" -> webXml = once(word, webXml, rest);
                case "--filter" -> filter = once(word, filter, rest);
                case JSON -> json = true;
                case "--help" -> help = true;
                default ->
                    throw new Unusable("'" + Printable.of(word)
                            + "' is no option: --web-xml FILE, --filter NAME, --json and --help are");
            }
        }
        return new Arguments(webXml, filter, json, help);
    }

    private static Optional<String> once(String option, Optional<String> before, Iterator<String> rest)
            throws Unusable {
        if (before.isPresent()) {
            throw new Unusable(option + " is there twice: keep one");
        }
        String value = rest.hasNext() ? rest.next() : "";
        if (value.isBlank() || value.startsWith("--")) {
            throw new Unusable(option + " needs a value behind it");
        }
        return Optional.of(value);
    }
}
