package io.github.pkceauth.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pkceauth.config.Source;
import io.github.pkceauth.testkit.ScriptedProvider;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A run of the doctor in this JVM, with an environment of its own. */
final class Visit {

    static final String BASE = "https://www.example.com/app";

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();

    private Visit() {}

    /** Without any parameter. */
    static Visit empty() {
        return new Visit();
    }

    /** A deployment with all that it needs for this provider. */
    static Visit to(ScriptedProvider provider) {
        Visit visit = to(provider.issuer()).with("clientId", provider.clientId());
        return provider.clientSecret().isEmpty() ? visit : visit.with("clientSecret", provider.clientSecret());
    }

    /** A deployment for whoever is there. */
    static Visit to(String issuer) {
        return empty().with("issuer", issuer).with("clientId", "the-client").with("baseUrl", BASE);
    }

    /** Sets a parameter, by a system property. */
    Visit with(String parameter, String value) {
        properties.put("pkce." + parameter, value);
        return this;
    }

    Visit without(String parameter) {
        properties.remove("pkce." + parameter);
        return this;
    }

    Visit environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Visit arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** What people are shown. */
    Outcome told() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Command.run(
                List.copyOf(arguments),
                List.of(
                        new Source(Source.Kind.SYSTEM_PROPERTY, properties),
                        new Source(Source.Kind.ENVIRONMENT, environment)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What machines are told. */
    Outcome examined() {
        arguments.add("--json");
        Outcome outcome = told();
        assertEquals("", outcome.err());
        assertEquals(outcome.exit(), ((Number) outcome.json().get("exit")).intValue());
        return outcome;
    }
}
