package io.github.pkceauth.web;

import io.github.pkceauth.config.PathRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rule of a path as containers find a path's servlet (Jakarta Servlet 6.0 section 12.1): an exact pattern goes
 * before the longest prefix, and that before an extension. A final slash makes no difference, as many a framework behind
 * the filter sees none. What a look-up costs does not grow with the number of rules. Immutable.
 *
 * @param <T> the kind of rule
 */
final class PathRules<T> {

    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> prefixes = new HashMap<>();
    private final Map<String, T> extensions = new HashMap<>();
    private final int longestPrefix;

    PathRules(List<PathRule<T>> rules) {
        for (PathRule<T> each : rules) {
            String pattern = each.pattern();
            if (pattern.startsWith("*.")) {
                extensions.put(pattern.substring(2), each.rule());
            } else if (pattern.endsWith("/*")) {
                prefixes.put(pattern.substring(0, pattern.length() - 2), each.rule());
            } else {
                exact.put(withoutFinalSlash(pattern), each.rule());
            }
        }
        longestPrefix =
                prefixes.keySet().stream().mapToInt(String::length).max().orElse(-1);
    }

    boolean isEmpty() {
        return exact.isEmpty() && prefixes.isEmpty() && extensions.isEmpty();
    }

    /** The rule of a path, or null. */
    @Nullable
    T of(String asked) {
        String path = withoutFinalSlash(asked);
        T rule = exact.get(path);
        // Nothing longer is looked up: a path of slashes alone would have thousands of prefixes.
        int end = path.length() > longestPrefix ? path.lastIndexOf('/', longestPrefix) : path.length();
        for (; rule == null && end >= 0; end = path.lastIndexOf('/', end - 1)) {
            rule = prefixes.get(path.substring(0, end));
        }
        int dot = path.lastIndexOf('.');
        return rule == null && dot > path.lastIndexOf('/') ? extensions.get(path.substring(dot + 1)) : rule;
    }

    private static String withoutFinalSlash(String path) {
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
