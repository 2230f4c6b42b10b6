package io.github.pkceauth.interop.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What {@code docs/proxies.md} shows to be pasted and calls tried, as it stands there but for addresses and files.
 *
 * @param text the snippet
 */
record Snippet(String text) {

    private static final Pattern TRIED =
            Pattern.compile("<!-- tried: ([\\w-]+) -->\n```\\w+\n(.*?)```\n", Pattern.DOTALL);

    /** The one of that name; fails the test when the page has none. */
    static Snippet named(String name) {
        String text = all().get(name);
        if (text == null) {
            throw new AssertionError("docs/proxies.md has no snippet " + name);
        }
        return new Snippet(text);
    }

    /** Every snippet that is called tried, by name. */
    static Map<String, String> all() {
        try {
            String page = Files.readString(Path.of("..", "docs", "proxies.md"));
            return TRIED.matcher(page)
                    .results()
                    .collect(Collectors.toMap(
                            tried -> tried.group(1), tried -> tried.group(2), (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With something in another form; fails the test when it is not there. */
    Snippet with(String shown, String here) {
        if (!text.contains(shown)) {
            throw new AssertionError("'" + shown + "' is not in the snippet:\n" + text);
        }
        return new Snippet(text.replace(shown, here));
    }

    /** With something in another form, wherever it is. */
    Snippet withAny(String shown, String here) {
        return new Snippet(text.replace(shown, here));
    }

    /** The lines as names and values. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        for (Matcher line = Pattern.compile("(?m)^(\\w+)=(.+)$").matcher(text); line.find(); ) {
            parameters.put(line.group(1), line.group(2));
        }
        return parameters;
    }
}
