package io.github.pkceauth.oidc;

import com.nimbusds.jose.util.JSONArrayUtils;
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

    /** The objects of an array that the text is. */
    static List<Map<String, Object>> objects(String text) throws ParseException {
        if (!text.stripLeading().startsWith("[")) {
            throw new ParseException("no JSON array", 0);
        }
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Object element : JSONArrayUtils.parse(text)) {
            if (!(frozenValue(element) instanceof Map<?, ?> object)) {
                throw new ParseException("an element is no JSON object", 0);
            }
            objects.add(named(object));
        }
        return List.copyOf(objects);
    }

    @SuppressWarnings("unchecked") // JSON objects have string names
    private static Map<String, Object> named(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    /** An array as text. */
    static String text(List<?> array) {
        return JSONArrayUtils.toJSONString(array);
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
