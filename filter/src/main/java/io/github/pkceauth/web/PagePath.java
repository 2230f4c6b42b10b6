package io.github.pkceauth.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The path of a page in all the ways in which the container and the application may read it: nearly always there is one.
 *
 * @param readings the ways, the container's first; none empty
 */
record PagePath(List<String> readings) {

    /** The path of a request; some containers name a folder by the file that they show for it, so what was asked for counts too. */
    static PagePath of(HttpServletRequest request) {
        String path = DecodedPath.of(request);
        return (isWritten(path, request) && DecodedPath.isPlain(path))
                ? new PagePath(List.of(path))
                : of(path, DecodedPath.asked(request));
    }

    /** A path that somebody names. */
    static PagePath named(String path) {
        return of(path, path);
    }

    private static PagePath of(String path, String asked) {
        Set<String> readings = new LinkedHashSet<>();
        readings.add(path.isEmpty() ? DecodedPath.FRONT_PAGE : path);
        readings.add(DecodedPath.readAgain(path));
        readings.add(asked.isEmpty() ? DecodedPath.FRONT_PAGE : asked);
        return new PagePath(List.copyOf(readings));
    }

    /** Whether that is how the visitor wrote it, byte for byte. */
    private static boolean isWritten(String path, HttpServletRequest request) {
        String raw = request.getRequestURI();
        String context = request.getContextPath();
        return !path.isEmpty()
                && raw.length() == context.length() + path.length()
                && raw.startsWith(context)
                && raw.endsWith(path);
    }

    /** The container's reading. */
    String first() {
        return readings.get(0);
    }

    boolean isAmbiguous() {
        return readings.size() > 1;
    }
}
