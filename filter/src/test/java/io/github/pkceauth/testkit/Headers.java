package io.github.pkceauth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Header fields in order, with repeats; names are compared without case. Immutable. */
public final class Headers {
    private final List<Map.Entry<String, String>> fields;

    private Headers(List<Map.Entry<String, String>> fields) {
        this.fields = List.copyOf(fields);
    }

    /** No fields. */
    public static Headers none() {
        return new Headers(List.of());
    }

    /** Fields given as {@code Name: value} lines. */
    public static Headers of(String... lines) {
        Headers headers = none();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("Not a header line: " + line);
            }
            headers = headers.plus(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** The one value of a field; fails the test when it is absent or repeated. */
    public String get(String name) {
        List<String> values = all(name);
        if (values.size() != 1) {
            throw new AssertionError("Header " + name + " comes " + values.size() + " times: " + this);
        }
        return values.get(0);
    }

    /** The first value of a field, or what to take where it is absent. */
    public String get(String name, String otherwise) {
        List<String> values = all(name);
        return values.isEmpty() ? otherwise : values.get(0);
    }

    /** All values of a field, none when it is absent. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(e -> e.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether the field is there. */
    public boolean has(String name) {
        return !all(name).isEmpty();
    }

    /** Name and value pairs in order. */
    public List<Map.Entry<String, String>> fields() {
        return fields;
    }

    /** A copy with one more field, whether or not the name is there already. */
    public Headers plus(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(fields);
        more.add(Map.entry(name, value));
        return new Headers(more);
    }

    /** A copy without any of that name. */
    public Headers without(String name) {
        return new Headers(
                fields.stream().filter(e -> !e.getKey().equalsIgnoreCase(name)).toList());
    }

    /** A copy in which the field has this one value. */
    public Headers with(String name, String value) {
        return without(name).plus(name, value);
    }

    /** As they go over the wire, each line ended by CR LF. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        fields.forEach(
                e -> lines.append(e.getKey()).append(": ").append(e.getValue()).append("\r\n"));
        return lines.toString();
    }
}
