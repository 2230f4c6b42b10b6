package io.github.pkceauth.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How and where the filter is deployed, in plain values.
 *
 * @param filterName the filter's name
 * @param nameTaken whether another filter of this kind runs in the application under that name
 * @param sources where parameter values come from, the first to be asked first
 * @param otherFilters the names of further filters of this kind in the same application
 * @param filterMappings the URL patterns that lead to the filter, if the container tells
 * @param servletMappings the URL patterns of the application's servlets by servlet name, as far as
 *     the container tells
 * @param sessionTimeout how long a session lives that nobody uses, if it ever ends and the container
 *     tells
 * @param services what sees the application's classes, or null for the thread's own class loader
 */
public record Deployment(
        String filterName,
        boolean nameTaken,
        List<Source> sources,
        Set<String> otherFilters,
        Optional<Collection<String>> filterMappings,
        Map<String, Collection<String>> servletMappings,
        Optional<Duration> sessionTimeout,
        @Nullable ClassLoader services) {

    /** What a filter is called that was given no name. */
    public static final String UNNAMED = "pkce";
}
