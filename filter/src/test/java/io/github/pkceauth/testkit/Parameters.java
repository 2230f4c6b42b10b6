package io.github.pkceauth.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names and values of a query or a form, in order and with repeats. Immutable. */
public final class Parameters {
    private final List<Map.Entry<String, String>> entries;

    private Parameters(List<Map.Entry<String, String>> entries) {
        this.entries = List.copyOf(entries);
    }

    /** No parameters. */
    public static Parameters none() {
        return new Parameters(List.of());
    }

    /** One parameter for each entry of the map. */
    public static Parameters of(Map<String, String> values) {
        return new Parameters(values.entrySet().stream()
                .map(e -> Map.entry(e.getKey(), e.getValue()))
                .toList());
    }

    /** Reads {@code application/x-www-form-urlencoded} text. */
    public static Parameters parse(String encoded) {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                found.add(Map.entry(decode(name), decode(value)));
            }
        }
        return new Parameters(found);
    }

    /** The one value of a parameter; fails the test when it is absent or repeated. */
    public String get(String name) {
        List<String> values = all(name);
        if (values.size() != 1) {
            throw new AssertionError("Parameter " + name + " comes " + values.size() + " times: " + this);
        }
        return values.get(0);
    }

    /** All values of a parameter, none when it is absent. */
    public List<String> all(String name) {
        return entries.stream()
                .filter(e -> e.getKey().equals(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Whether the parameter is there, with any value. */
    public boolean has(String name) {
        return !all(name).isEmpty();
    }

    /** The names, each once, in the order of their first appearance. */
    public Set<String> names() {
        return entries.stream().map(Map.Entry::getKey).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Name and value pairs in order. */
    public List<Map.Entry<String, String>> entries() {
        return entries;
    }

    /** A copy with one more, whether or not the name is there already. */
    public Parameters plus(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(entries);
        more.add(Map.entry(name, value));
        return new Parameters(more);
    }

    /** A copy without any of that name. */
    public Parameters without(String name) {
        return new Parameters(
                entries.stream().filter(e -> !e.getKey().equals(name)).toList());
    }

    /** A copy in which the name has this one value. */
    public Parameters with(String name, String value) {
        return without(name).plus(name, value);
    }

    /** As {@code application/x-www-form-urlencoded} text. */
    public String encoded() {
        return entries.stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The address with these parameters behind what it has. */
    public String appendTo(String address) {
        if (entries.isEmpty()) {
            return address;
        }
        return address + (address.contains("?") ? "&" : "?") + encoded();
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
