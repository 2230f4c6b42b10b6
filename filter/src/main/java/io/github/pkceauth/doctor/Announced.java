package io.github.pkceauth.doctor;

import io.github.pkceauth.oidc.Printable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider's metadata say of what it can do.
 *
 * @param members the metadata
 */
record Announced(Map<String, Object> members) {

    /** The strings of a list, or empty where there is none. */
    Optional<List<String>> list(String member) {
        return members.get(member) instanceof List<?> values
                ? Optional.of(values.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList())
                : Optional.empty();
    }

    boolean says(String member) {
        return Boolean.TRUE.equals(members.get(member));
    }

    /** Names in the order of the alphabet, as many as a line can bear. */
    static String shown(Collection<String> names) {
        return names.isEmpty()
                ? "nothing"
                : Printable.of(String.join(", ", names.stream().sorted().toList()));
    }
}
