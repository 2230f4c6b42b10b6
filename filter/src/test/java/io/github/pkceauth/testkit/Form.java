package io.github.pkceauth.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first form of an HTML page: where it goes, and its named inputs with their values.
 *
 * @param action as written in the page, empty for the page itself
 * @param method upper case
 */
public record Form(String action, String method, Parameters fields) {
    private static final Pattern FORM =
            Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INPUT =
            Pattern.compile("<input\\b([^>]*)>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    static Form firstOf(String html) {
        Matcher form = FORM.matcher(html);
        if (!form.find()) {
            throw new AssertionError("No form in the page: " + html);
        }
        Parameters fields = Parameters.none();
        Matcher input = INPUT.matcher(form.group(2));
        while (input.find()) {
            String name = attribute(input.group(1), "name");
            if (!name.isEmpty()) {
                fields = fields.plus(name, attribute(input.group(1), "value"));
            }
        }
        boolean post = attribute(form.group(1), "method").equalsIgnoreCase("post");
        return new Form(attribute(form.group(1), "action"), post ? "POST" : "GET", fields);
    }

    /** The same form with a field filled in. */
    public Form filledIn(String name, String value) {
        return new Form(action, method, fields.with(name, value));
    }

    private static String attribute(String attributes, String name) {
        Matcher value = Pattern.compile("\\b" + name + "\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')", Pattern.CASE_INSENSITIVE)
                .matcher(attributes);
        if (!value.find()) {
            return "";
        }
        return Html.unescape(value.group(1) == null ? value.group(2) : value.group(1));
    }
}
