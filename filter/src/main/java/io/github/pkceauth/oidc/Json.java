package io.github.pkceauth.oidc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes parsed JSON unmodifiable to its depth, out of classes that every session store can take. */
final class Json {

    private Json() {}

    static Map<String, Object> frozen(Map<String, Object> object) {
        Map<String, Object> copy = new LinkedHashMap<>();
        object.forEach((name, value) -> copy.put(name, frozenValue(value)));
        return Collections.unmodifiableMap(copy);
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // JSON objects have string names; null is JSON's null
    private static Object frozenValue(Object value) {
        if (value instanceof Map<?, ?> object) {
            return frozen((Map<String, Object>) object);
        }
        if (value instanceof List<?> array) {
            List<Object> copy = new ArrayList<>(array.size());
            array.forEach(element -> copy.add(frozenValue(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
