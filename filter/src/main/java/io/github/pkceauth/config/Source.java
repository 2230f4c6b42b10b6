package io.github.pkceauth.config;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A place that parameter values come from, as it was at the start.
 *
 * @param kind what place it is
 * @param values its values by name, those of others included
 */
public record Source(Kind kind, Map<String, String> values) {

    /** The JVM's system properties, as they are now. */
    public static Source ofSystemProperties() {
        Map<String, String> properties = new HashMap<>();
        System.getProperties()
                .stringPropertyNames()
                .forEach(name -> properties.put(name, System.getProperty(name, "")));
        return new Source(Kind.SYSTEM_PROPERTY, properties);
    }

    /** The environment of the process. */
    public static Source ofEnvironment() {
        return new Source(Kind.ENVIRONMENT, System.getenv());
    }

    /** The place alone: among the values may be secrets, others' included. */
    @Override
    public String toString() {
        return kind.label() + "s";
    }

    /** The kinds of places, the first to be asked first. */
    public enum Kind {
        SYSTEM_PROPERTY("system property", true),
        ENVIRONMENT("environment variable", true),
        CONTEXT_PARAM("context-param", false),
        INIT_PARAM("init-param", false);

        private final String label;
        private final boolean outside;

        Kind(String label, boolean outside) {
            this.label = label;
            this.outside = outside;
        }

        /** What messages call it. */
        String label() {
            return label;
        }

        /** Whether it lies outside the application, shared with others on the machine. */
        boolean isOutside() {
            return outside;
        }

        /** What every name of ours begins with in such a place. */
        String prefix() {
            return switch (this) {
                case SYSTEM_PROPERTY, CONTEXT_PARAM -> "pkce.";
                case ENVIRONMENT -> "PKCE_";
                case INIT_PARAM -> "";
            };
        }

        /** What stands behind a name whose value is in a file. */
        String fileSuffix() {
            return this == ENVIRONMENT ? "_FILE" : "File";
        }

        /** The names a parameter has here: for one filter first, then for all. */
        List<String> namesOf(Param param, String filterName) {
            return switch (this) {
                case SYSTEM_PROPERTY, CONTEXT_PARAM ->
                    List.of(prefix() + filterName + "." + param.parameter(), prefix() + param.parameter());
                case ENVIRONMENT ->
                    List.of(
                            prefix() + upperSnake(filterName) + "_" + param.environmentName(),
                            prefix() + param.environmentName());
                case INIT_PARAM -> List.of(param.parameter());
            };
        }

        private static String upperSnake(String filterName) {
            return filterName.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        }
    }
}
