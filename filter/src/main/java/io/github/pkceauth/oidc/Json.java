package io.github.pkceauth.oidc;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON into objects that are unmodifiable to their depth, of classes that every session store can take. */
final class Json {

    private Json() {}

    /** The object that the text is; the parser also takes "null" for one, and an array of pairs. */
    static Map<String, Object> object(String text) throws ParseException {
        if (!text.stripLeading().startsWith("{")) {
            throw new ParseException("no JSON object", 0);
        }
        return frozen(JSONObjectUtils.parse(text));
    }

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
