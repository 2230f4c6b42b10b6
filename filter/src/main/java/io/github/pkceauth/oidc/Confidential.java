package io.github.pkceauth.oidc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What was sent in confidence, and must not be printed when it comes back: providers like to quote in
 * their errors what they were sent, decoded or as it was on the wire.
 */
final class Confidential {

    private static final String HIDDEN = Matcher.quoteReplacement("[hidden]");

    private final List<String> secrets;

    Confidential(Collection<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    /** The same and one more. */
    Confidential and(String secret) {
        List<String> more = new ArrayList<>(secrets);
        more.add(secret);
        return new Confidential(more);
    }

    /** The text with every spelling of every secret replaced. */
    String hiddenIn(String text) {
        // The longest first, so that none is cut in two by another that is a part of it; escapes have either case.
        List<Pattern> spellings = secrets.stream()
                .filter(secret -> !secret.isEmpty())
                .flatMap(Confidential::spellings)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .map(spelling -> Pattern.compile(spelling, Pattern.LITERAL | Pattern.CASE_INSENSITIVE))
                .toList();
        String clean = text;
        for (Pattern spelling : spellings) {
            clean = spelling.matcher(clean).replaceAll(HIDDEN);
        }
        return clean;
    }

    private static Stream<String> spellings(String secret) {
        String form = Parameters.formEncode(secret);
        return Stream.of(secret, form, form.replace("+", "%20"));
    }

    @Override
    public String toString() {
        return "Confidential[hidden]";
    }
}
