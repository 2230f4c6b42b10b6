package io.github.pkceauth.config;

import io.github.pkceauth.oidc.AuthenticationRequirements;
import io.github.pkceauth.oidc.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes rules by path out of text: rules between semicolons, each a pattern and then what holds for it. */
final class PathRuleParsers {

    private static final String ACR = "acr=";
    private static final String MAX_AGE = "max_age=";
    private static final String DETAILS = "authorization_details=";

    /** Ten years, which no sign-in lasts. */
    private static final long LONGEST = 315_360_000;

    private PathRuleParsers() {}

    /** Makes a rule out of the words behind a pattern, of which there is at least one. */
    private interface RuleParser<T> {
        T parse(List<String> words) throws BadValue;
    }

    static List<PathRule<Set<String>>> roles(String text) throws BadValue {
        return rules(
                text,
                words -> {
                    for (String word : words) {
                        if (word.contains(",")) {
                            throw new BadValue("write roles separated by spaces, not commas");
                        }
                        if (word.equals("*")) {
                            throw new BadValue("nobody has the role '*'; write ** for everybody who is signed in");
                        }
                    }
                    return Set.copyOf(new LinkedHashSet<>(words));
                },
                "/admin/* admin; /reports/* auditor admin");
    }

    static List<PathRule<AuthenticationRequirements>> stepUp(String text) throws BadValue {
        return rules(text, PathRuleParsers::requirements, "/payments/* acr=gold max_age=300; /admin/* max_age=600");
    }

    /** The values as they are sent, in the order of preference (OpenID Connect Core 3.1.2.1). */
    static String acrValues(String text) throws BadValue {
        List<String> values = Parsers.words(text);
        for (String value : values) {
            if (!value.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+") || value.contains(",")) {
                throw new BadValue(
                        "write authentication context classes separated by spaces, without commas or quotes");
            }
        }
        return String.join(" ", values);
    }

    private static <T> List<PathRule<T>> rules(String text, RuleParser<T> parser, String example) throws BadValue {
        List<PathRule<T>> rules = new ArrayList<>();
        Set<String> patterns = new HashSet<>();
        for (String part : text.split(";", -1)) {
            if (part.isBlank() && !rules.isEmpty()) {
                continue; // behind the last semicolon
            }
            List<String> words = Parsers.words(part);
            if (words.size() < 2) {
                throw new BadValue("'" + Printable.of(part.strip()) + "' is no pattern with something behind it; write "
                        + example);
            }
            String pattern = words.get(0);
            Parsers.pathPattern(pattern);
            if (pattern.startsWith("*.") && pattern.indexOf('.', 2) >= 0) {
                throw new BadValue("'" + Printable.of(pattern) + "' would hold for no path, since an extension is what"
                        + " stands behind the last dot; write that");
            }
            if (!patterns.add(
                    pattern.length() > 1 && pattern.endsWith("/")
                            ? pattern.substring(0, pattern.length() - 1)
                            : pattern)) {
                throw new BadValue("'" + Printable.of(pattern) + "' has two rules: write one");
            }
            rules.add(new PathRule<>(pattern, parser.parse(words.subList(1, words.size()))));
        }
        return List.copyOf(rules);
    }

    private static AuthenticationRequirements requirements(List<String> words) throws BadValue {
        List<String> classes = new ArrayList<>();
        List<String> details = new ArrayList<>();
        long maxAge = AuthenticationRequirements.ANY_AGE;
        for (String word : words) {
            if (word.startsWith(ACR) && word.length() > ACR.length()) {
                classes.add(acrValues(word.substring(ACR.length())));
            } else if (word.startsWith(MAX_AGE) && maxAge == AuthenticationRequirements.ANY_AGE) {
                maxAge = seconds(word.substring(MAX_AGE.length()));
            } else if (word.startsWith(DETAILS) && word.length() > DETAILS.length()) {
                details.add(word.substring(DETAILS.length()));
            } else {
                throw new BadValue("'" + Printable.of(word)
                        + "' is neither acr=… nor authorization_details=… nor, once, max_age=… in seconds");
            }
        }
        return new AuthenticationRequirements(String.join(" ", classes), maxAge, String.join(" ", details));
    }

    private static long seconds(String text) throws BadValue {
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 0 && seconds <= LONGEST) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Told below, together with numbers out of range.
        }
        throw new BadValue("write max_age as a whole number of seconds up to " + LONGEST);
    }
}
