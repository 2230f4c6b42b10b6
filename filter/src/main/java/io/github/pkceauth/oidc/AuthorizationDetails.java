package io.github.pkceauth.oidc;

import java.text.ParseException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Rich authorization requests as they are written (RFC 9396 section 2). */
public final class AuthorizationDetails {

    private AuthorizationDetails() {}

    /**
     * The types of the details that a text has.
     *
     * @param text maybe a JSON array of objects, each of a type
     * @return their types, or empty where the text is no such array, or has nothing in it
     */
    public static Optional<Set<String>> typesOf(String text) {
        Set<String> types = new LinkedHashSet<>();
        try {
            for (Map<String, Object> detail : Json.objects(text)) {
                if (!(detail.get("type") instanceof String type) || type.isEmpty()) {
                    return Optional.empty();
                }
                types.add(type);
            }
        } catch (ParseException e) {
            return Optional.empty();
        }
        return types.isEmpty() ? Optional.empty() : Optional.of(types);
    }
}
