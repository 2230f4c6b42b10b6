package io.github.pkceauth.testkit;

import com.nimbusds.jose.util.JSONArrayUtils;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON in and out, failing the test where the text is not what was expected. */
public final class Json {
    private Json() {}

    /** The JSON object that the text holds. */
    public static Map<String, Object> object(String text) {
        try {
            return JSONObjectUtils.parse(text);
        } catch (ParseException e) {
            throw new AssertionError("Not a JSON object: " + text, e);
        }
    }

    /** The JSON array that the text holds. */
    public static List<Object> array(String text) {
        try {
            return JSONArrayUtils.parse(text);
        } catch (ParseException e) {
            throw new AssertionError("Not a JSON array: " + text, e);
        }
    }

    /** The map as JSON text; a null value becomes JSON's null. */
    public static String text(Map<String, ?> members) {
        return JSONObjectUtils.toJSONString(members);
    }

    /** The member as a string; fails when it is absent or of another type. */
    public static String string(Map<String, ?> members, String name) {
        return typed(members, name, String.class);
    }

    /** The member as a list; fails when it is absent or of another type. */
    public static List<?> list(Map<String, ?> members, String name) {
        return typed(members, name, List.class);
    }

    /** The member as an object; fails when it is absent or of another type. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(Map<String, ?> members, String name) {
        return (Map<String, Object>) typed(members, name, Map.class);
    }

    private static <T> T typed(Map<String, ?> members, String name, Class<T> type) {
        @Nullable Object value = members.get(name);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw new AssertionError("Member " + name + " is not a " + type.getSimpleName() + " in " + members);
    }
}
