package io.github.pkceauth.oidc;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Claims as they were received, read exactly: a member of an unexpected type is no value, never
 * something that resembles one.
 *
 * @param values the claims by name, unmodifiable to their depth
 */
record Claims(Map<String, Object> values) {

    /** The last second of the year 9999; later times are nonsense, or an overflow in the making. */
    private static final double LATEST = 253_402_300_799d;

    static final Claims NONE = new Claims(Map.of());

    @Nullable
    Object get(String name) {
        return values.get(name);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A NumericDate (RFC 7519 section 2): a JSON number, finite and in range; a string is none. */
    Optional<Instant> time(String name) {
        if (!(values.get(name) instanceof Number number)) {
            return Optional.empty();
        }
        double seconds = number.doubleValue();
        return seconds >= 0 && seconds <= LATEST
                ? Optional.of(Instant.ofEpochSecond((long) seconds))
                : Optional.empty();
    }

    /** An audience: a string, or an array of strings (RFC 7519 section 4.1.3); else nobody. */
    List<String> audience() {
        Object audience = values.get("aud");
        if (audience instanceof String one) {
            return List.of(one);
        }
        if (audience instanceof List<?> several && several.stream().allMatch(String.class::isInstance)) {
            return several.stream().map(String.class::cast).toList();
        }
        return List.of();
    }

    @Override
    public String toString() {
        return "Claims" + values.keySet();
    }
}
