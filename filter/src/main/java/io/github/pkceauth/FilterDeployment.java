package io.github.pkceauth;

import io.github.pkceauth.config.Deployment;
import io.github.pkceauth.config.Source;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Describes in plain values how a container deploys the filter. Containers may keep registrations to
 * themselves, and tests may have none: what is not told is not compared.
 */
final class FilterDeployment {

    private static final String NAME_CLAIM = "io.github.pkceauth.filter.";

    private final FilterConfig filterConfig;
    private final @Nullable ServletContext context;
    private final String filterName;

    private FilterDeployment(FilterConfig filterConfig) {
        this.filterConfig = filterConfig;
        this.context = filterConfig.getServletContext();
        this.filterName = named(filterConfig.getFilterName());
    }

    static FilterDeployment of(FilterConfig filterConfig) {
        return new FilterDeployment(filterConfig);
    }

    String filterName() {
        return filterName;
    }

    /** Jetty invents a name out of the class's and a hash, which is another one at each start. */
    private static String named(@Nullable String given) {
        return given == null || given.isBlank() || given.startsWith(PkceAuthFilter.class.getName())
                ? Deployment.UNNAMED
                : given;
    }

    /** Keeps the name from any further filter of the application. */
    void claimName() {
        if (context != null) {
            context.setAttribute(NAME_CLAIM + filterName, true);
        }
    }

    void releaseName() {
        if (context != null) {
            context.removeAttribute(NAME_CLAIM + filterName);
        }
    }

    Deployment describe() {
        return new Deployment(
                filterName,
                context != null && context.getAttribute(NAME_CLAIM + filterName) != null,
                sources(),
                otherFilters(),
                filterMappings(),
                servletMappings(),
                sessionTimeout(),
                context == null ? null : context.getClassLoader());
    }

    /** In whole minutes; zero or less is a session that never ends (Jakarta Servlet 6.0 section 4.4.4). */
    private Optional<Duration> sessionTimeout() {
        try {
            int minutes = context == null ? 0 : context.getSessionTimeout();
            return minutes > 0 ? Optional.of(Duration.ofMinutes(minutes)) : Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private List<Source> sources() {
        return List.of(
                Source.ofSystemProperties(),
                Source.ofEnvironment(),
                new Source(
                        Source.Kind.CONTEXT_PARAM,
                        context == null
                                ? Map.of()
                                : values(context.getInitParameterNames(), context::getInitParameter)),
                new Source(
                        Source.Kind.INIT_PARAM,
                        values(filterConfig.getInitParameterNames(), filterConfig::getInitParameter)));
    }

    private static Map<String, String> values(
            @Nullable Enumeration<String> names, Function<String, @Nullable String> valueOf) {
        Map<String, String> values = new LinkedHashMap<>();
        if (names != null) {
            for (String name : Collections.list(names)) {
                String value = valueOf.apply(name);
                if (value != null) {
                    values.put(name, value);
                }
            }
        }
        return values;
    }

    private Set<String> otherFilters() {
        Set<String> names = new LinkedHashSet<>();
        registrations(ServletContext::getFilterRegistrations).forEach((name, registration) -> {
            if (PkceAuthFilter.class.getName().equals(registration.getClassName())) {
                names.add(named(name));
            }
        });
        names.remove(filterName);
        return names;
    }

    private Optional<Collection<String>> filterMappings() {
        String registered = filterConfig.getFilterName();
        FilterRegistration registration = registered == null
                ? null
                : registrations(ServletContext::getFilterRegistrations).get(registered);
        if (registration == null) {
            return Optional.empty();
        }
        List<String> mappings = new ArrayList<>(orEmpty(registration.getUrlPatternMappings()));
        Map<String, Collection<String>> ofServlets = servletMappings();
        for (String servlet : orEmpty(registration.getServletNameMappings())) {
            for (String mapping : ofServlets.getOrDefault(servlet, List.of())) {
                // Jakarta Servlet 6.0 section 12.2: "/" of a servlet is whatever no other servlet has.
                mappings.add(mapping.equals("/") ? "/*" : mapping);
            }
        }
        return mappings.isEmpty() ? Optional.empty() : Optional.of(mappings);
    }

    private Map<String, Collection<String>> servletMappings() {
        Map<String, Collection<String>> mappings = new LinkedHashMap<>();
        Map<String, ? extends ServletRegistration> servlets = registrations(ServletContext::getServletRegistrations);
        servlets.forEach((name, servlet) -> mappings.put(name, orEmpty(servlet.getMappings())));
        return mappings;
    }

    private <R> Map<String, R> registrations(Function<ServletContext, @Nullable Map<String, ? extends R>> kind) {
        try {
            Map<String, ? extends R> registrations = context == null ? null : kind.apply(context);
            return registrations == null ? Map.of() : new LinkedHashMap<>(registrations);
        } catch (UnsupportedOperationException | IllegalStateException e) {
            return Map.of(); // in a context that was set up by a listener, the specification wants this
        }
    }

    private static Collection<String> orEmpty(@Nullable Collection<String> strings) {
        return strings == null ? List.of() : strings;
    }
}
