package io.github.pkceauth.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together the plain values of a deployment; nothing of the JVM or the machine is touched. */
final class DeploymentBuilder {
    static final String ISSUER = "https://login.example.com";

    private final Map<Source.Kind, Map<String, String>> values = new EnumMap<>(Source.Kind.class);
    private final Map<String, Collection<String>> servlets = new LinkedHashMap<>();
    private String filterName = "login";
    private boolean nameTaken;
    private Set<String> otherFilters = Set.of();
    private Optional<Collection<String>> mappings = Optional.empty();
    private Optional<Duration> sessionTimeout = Optional.empty();
    private @Nullable ClassLoader loader;

    private DeploymentBuilder() {
        for (Source.Kind kind : Source.Kind.values()) {
            values.put(kind, new HashMap<>());
        }
    }

    /** A filter without any parameter. */
    static DeploymentBuilder empty() {
        return new DeploymentBuilder();
    }

    /** A filter with the two parameters that it cannot do without, as init-params. */
    static DeploymentBuilder minimal() {
        return empty().initParam("issuer", ISSUER).initParam("clientId", "the-client");
    }

    DeploymentBuilder property(String name, String value) {
        return with(Source.Kind.SYSTEM_PROPERTY, name, value);
    }

    DeploymentBuilder environment(String name, String value) {
        return with(Source.Kind.ENVIRONMENT, name, value);
    }

    DeploymentBuilder contextParam(String name, String value) {
        return with(Source.Kind.CONTEXT_PARAM, name, value);
    }

    DeploymentBuilder initParam(String name, String value) {
        return with(Source.Kind.INIT_PARAM, name, value);
    }

    DeploymentBuilder with(Source.Kind kind, String name, String value) {
        values.get(kind).put(name, value);
        return this;
    }

    DeploymentBuilder named(String name) {
        filterName = name;
        return this;
    }

    DeploymentBuilder nameTaken() {
        nameTaken = true;
        return this;
    }

    DeploymentBuilder besides(String... filters) {
        otherFilters = Set.of(filters);
        return this;
    }

    DeploymentBuilder mappedTo(String... patterns) {
        mappings = Optional.of(List.of(patterns));
        return this;
    }

    DeploymentBuilder servlet(String name, String... patterns) {
        servlets.put(name, List.of(patterns));
        return this;
    }

    DeploymentBuilder sessionTimeout(Duration timeout) {
        sessionTimeout = Optional.of(timeout);
        return this;
    }

    /** What the application brings along is found through this one. */
    DeploymentBuilder services(ClassLoader services) {
        loader = services;
        return this;
    }

    Deployment build() {
        List<Source> sources = Arrays.stream(Source.Kind.values())
                .map(kind -> new Source(kind, values.get(kind)))
                .toList();
        return new Deployment(filterName, nameTaken, sources, otherFilters, mappings, servlets, sessionTimeout, loader);
    }

    /** What the reader makes of it; fails the test where the reader finds problems. */
    ConfigReader.Reading read() {
        try {
            return ConfigReader.read(build());
        } catch (ConfigurationException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    Config config() {
        return read().config();
    }

    /** The whole message about what is wrong; fails the test where nothing is. */
    String message() {
        return assertThrows(ConfigurationException.class, () -> ConfigReader.read(build()))
                .getMessage();
    }

    /** The problems one by one, without the message's head and their numbers. */
    List<String> problems() {
        List<String> lines = message().lines().toList();
        return lines.subList(1, lines.size()).stream()
                .map(line -> line.replaceFirst("^  \\d+\\. ", ""))
                .toList();
    }

    /** The one problem; fails the test where there are none or more. */
    String problem() {
        List<String> all = problems();
        assertEquals(1, all.size(), all::toString);
        return all.get(0);
    }
}
