package io.github.pkceauth.example;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads the pages of this module, which are plain enough for it. */
final class Html5 {

    private static final Pattern ADDRESS = Pattern.compile("(?:href|action|src)=\"([^\"]*)\"");

    private Html5() {}

    /** Every address that a page links to, but for the empty icon. */
    static List<String> addresses(String page) {
        return ADDRESS.matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(address -> !address.equals("data:,"))
                .toList();
    }
}
