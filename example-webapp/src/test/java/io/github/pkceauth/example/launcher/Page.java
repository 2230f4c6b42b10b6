package io.github.pkceauth.example.launcher;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a tab shows, after all redirects. Several of one {@link Browser} are several tabs. */
record Page(URI uri, int status, HttpHeaders headers, String body) {

    private static final Pattern FORM = Pattern.compile("<form([^>]*)>(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input([^>]*)>");
    private static final Pattern ATTRIBUTE = Pattern.compile("([\\w-]+)=\"([^\"]*)\"");

    /** The form that posts to a path. */
    Form form(String action) {
        Matcher form = FORM.matcher(body);
        while (form.find()) {
            Map<String, String> attributes = attributes(form.group(1));
            if (action.equals(attributes.get("action")) && "post".equals(attributes.get("method"))) {
                Map<String, String> fields = new LinkedHashMap<>();
                INPUT.matcher(form.group(2))
                        .results()
                        .map(input -> attributes(input.group(1)))
                        .forEach(input -> fields.put(input.get("name"), input.getOrDefault("value", "")));
                return new Form(uri, uri.resolve(action), fields);
            }
        }
        throw new AssertionError("No form for " + action + " at " + uri + ":\n" + body);
    }

    boolean has(String text) {
        return body.contains(text);
    }

    private static Map<String, String> attributes(String tag) {
        return ATTRIBUTE
                .matcher(tag)
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> unescape(match.group(2))));
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** A form, filled in. */
    record Form(URI page, URI action, Map<String, String> fields) {

        Form with(String name, String value) {
            Map<String, String> filled = new LinkedHashMap<>(fields);
            if (filled.put(name, value) == null) {
                throw new AssertionError(
                        "The form for " + action + " has no field " + name + ", but " + fields.keySet());
            }
            return new Form(page, action, filled);
        }

        String body() {
            return fields.entrySet().stream()
                    .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                    .collect(Collectors.joining("&"));
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
