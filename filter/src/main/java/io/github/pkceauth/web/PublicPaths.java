package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The paths that need no login. What a look-up costs does not grow with the number of patterns. A
 * path that anything behind the filter could read in another way is never public.
 */
final class PublicPaths {

    private final Set<String> exact = new HashSet<>();
    private final PathPrefixes prefixes;
    private final Set<String> extensions = new HashSet<>();

    PublicPaths(List<String> patterns) {
        Set<String> beforeStar = new HashSet<>();
        for (String pattern : patterns) {
            if (pattern.startsWith("*.")) {
                extensions.add(pattern.substring(2));
            } else if (pattern.endsWith("/*")) {
                beforeStar.add(pattern.substring(0, pattern.length() - 2));
            } else {
                exact.add(pattern);
            }
        }
        prefixes = new PathPrefixes(beforeStar);
    }

    /**
     * Whether a path is public.
     *
     * @param path the decoded path that the container maps on
     * @param request the request it is of
     */
    boolean contains(String path, HttpServletRequest request) {
        boolean matches = exact.contains(path)
                || prefixes.contain(path)
                || (!extensions.isEmpty() && request.getPathInfo() == null && hasExtension(path));
        return matches && DecodedPath.isPlain(path);
    }

    private boolean hasExtension(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') && extensions.contains(path.substring(dot + 1));
    }
}
