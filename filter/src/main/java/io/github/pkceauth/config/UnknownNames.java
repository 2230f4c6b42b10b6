package io.github.pkceauth.config;

import io.github.pkceauth.oidc.Printable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds names that look like parameters and are none, and filter names that make two parameters
 * share one name.
 */
final class UnknownNames {

    private final Deployment deployment;

    UnknownNames(Deployment deployment) {
        this.deployment = deployment;
    }

    /** Mistakes in the application are problems; the machine's places are shared, so there it warns. */
    void report(Problems problems, List<String> warnings) {
        for (Source source : deployment.sources()) {
            Set<String> known = namesIn(source.kind());
            for (String name : new TreeSet<>(source.values().keySet())) {
                if (name.startsWith(source.kind().prefix()) && !known.contains(name)) {
                    String message = source.kind().label() + " " + Printable.of(name) + " is no parameter"
                            + Suggestion.of(name, known);
                    if (source.kind().isOutside()) {
                        warnings.add(message);
                    } else {
                        problems.add(message);
                    }
                }
            }
        }
        reportCollisions(problems);
    }

    private void reportCollisions(Problems problems) {
        List<String> all = new ArrayList<>(generalNames());
        for (String filter : deployment.otherFilters()) {
            all.addAll(specificNames(filter));
        }
        Set<String> shared = new LinkedHashSet<>(specificNames(deployment.filterName()));
        shared.retainAll(all);
        if (!shared.isEmpty()) {
            problems.add("the filter's name '"
                    + deployment.filterName()
                    + "' makes the environment variable "
                    + shared.iterator().next()
                    + " mean two things: choose another <filter-name>");
        }
    }

    private Set<String> namesIn(Source.Kind kind) {
        Set<String> names = new LinkedHashSet<>();
        for (Param param : Param.values()) {
            for (String name : kind.namesOf(param, deployment.filterName())) {
                addWithFile(kind, name, names);
            }
            for (String filter : deployment.otherFilters()) {
                addWithFile(kind, kind.namesOf(param, filter).get(0), names);
            }
        }
        return names;
    }

    private static Set<String> generalNames() {
        Set<String> names = new LinkedHashSet<>();
        for (Param param : Param.values()) {
            addWithFile(
                    Source.Kind.ENVIRONMENT,
                    Source.Kind.ENVIRONMENT.namesOf(param, "any").get(1),
                    names);
        }
        return names;
    }

    private static Set<String> specificNames(String filter) {
        Set<String> names = new LinkedHashSet<>();
        for (Param param : Param.values()) {
            addWithFile(
                    Source.Kind.ENVIRONMENT,
                    Source.Kind.ENVIRONMENT.namesOf(param, filter).get(0),
                    names);
        }
        return names;
    }

    private static void addWithFile(Source.Kind kind, String name, Set<String> names) {
        names.add(name);
        names.add(name + kind.fileSuffix());
    }
}
