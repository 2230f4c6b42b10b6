package io.github.pkceauth.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A form that a page of ours sends by itself, by POST.
 *
 * @param action where it goes
 * @param charset what its fields are encoded in
 * @param fields names and values in order, repeated ones as often as they are there
 */
record PageForm(String action, String charset, List<Map.Entry<String, String>> fields) {

    static List<Map.Entry<String, String>> fields(Map<String, String[]> parameters) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        parameters.forEach((name, values) -> {
            for (String value : values) {
                fields.add(Map.entry(name, value));
            }
        });
        return fields;
    }

    String html() {
        StringBuilder html = new StringBuilder("<form id=\"form\" method=\"post\" action=\"")
                .append(Page.escape(action))
                .append("\" accept-charset=\"")
                .append(Page.escape(charset))
                .append("\">\n");
        for (Map.Entry<String, String> field : fields) {
            html.append("<input type=\"hidden\" name=\"")
                    .append(Page.escape(field.getKey()))
                    .append("\" value=\"")
                    .append(Page.escape(field.getValue()))
                    .append("\">\n");
        }
        return html.append("<noscript><button>Continue</button></noscript>\n</form>\n")
                .toString();
    }
}
