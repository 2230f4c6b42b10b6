package io.github.pkceauth.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that somebody probably meant. */
final class Suggestion {

    private Suggestion() {}

    /** A question to put behind a message, or nothing where no name is near. */
    static String of(String written, Collection<String> names) {
        int tolerated = Math.max(2, written.length() / 3);
        return names.stream()
                .filter(name -> Math.abs(name.length() - written.length()) <= tolerated) // else it is further away
                .min(Comparator.comparingInt(name -> distance(written, name)))
                .filter(name -> distance(written, name) <= tolerated)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** How many letters must be put in, taken out or replaced to get from one to the other. */
    private static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
