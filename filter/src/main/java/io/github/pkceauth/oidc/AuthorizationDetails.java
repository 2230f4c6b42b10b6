package io.github.pkceauth.oidc;

import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for in detail (RFC 9396 section 2): at every login, or only where it is needed. Immutable.
 *
 * @param all the details, each of a type
 * @param onlyWhereNeeded the types of those that are asked for only by logins that need them
 */
public record AuthorizationDetails(List<Map<String, Object>> all, Set<String> onlyWhereNeeded) {

    /**
     * Details as they are written.
     *
     * @param text maybe a JSON array of objects, each of a type
     * @return the details, all of them for every login; or empty where the text is no such array, or has nothing in it
     */
    public static Optional<AuthorizationDetails> of(String text) {
        try {
            List<Map<String, Object>> all = Json.objects(text);
            // A type with a space in it could not be told from two in a rule.
            boolean areTyped =
                    all.stream().allMatch(detail -> detail.get("type") instanceof String type && type.matches("\\S+"));
            return areTyped && !all.isEmpty() ? Optional.of(new AuthorizationDetails(all, Set.of())) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** The same, with these types asked for only by logins that need them. */
    public AuthorizationDetails asking(Set<String> typesWhereNeeded) {
        return new AuthorizationDetails(all, Set.copyOf(typesWhereNeeded));
    }

    /** All types. */
    public Set<String> types() {
        return typesOf(all);
    }

    /** What a login asks for that needs these types, as a JSON array; or empty where that is nothing. */
    Optional<String> askedBy(Set<String> needed) {
        List<Map<String, Object>> asked = all.stream()
                .filter(detail -> !onlyWhereNeeded.contains(detail.get("type")) || needed.contains(detail.get("type")))
                .toList();
        return asked.isEmpty() ? Optional.empty() : Optional.of(Json.text(asked));
    }

    /** The types of what was granted. */
    static Set<String> granted(@Nullable String details) {
        try {
            return details == null ? Set.of() : typesOf(Json.objects(details));
        } catch (ParseException e) {
            return Set.of(); // the provider's answer had something else in it
        }
    }

    private static Set<String> typesOf(List<Map<String, Object>> details) {
        return details.stream()
                .map(detail -> String.valueOf(detail.get("type")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
